// What tocsin.yaml says: the organisation, its relay, its channels in order, its store, and the
// files with keys. It holds no secret. Format: tocsin-home(5).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contact/channel.h"
#include "document/finding.h"

namespace tocsin::home {

struct Relay {
  std::string url;                // "https://relay.example.nhs.uk"
  std::vector<std::string> pins;  // "sha256//…": base64 of a public key's SHA-256, as for curl
};

// A channel of this home. contact/channel.h says which settings it may have.
struct Channel {
  contact::ChannelId id;
  contact::Settings settings{};

  // The value of a setting; empty when it is not set.
  std::string_view setting(std::string_view key) const;
};

enum class StoreKind { sqlite };

// What a device with a valid invitation still needs to get onto the membership list: somebody who
// compares its words, or nothing.
enum class Acceptance { compared, automatic };
std::string_view to_text(Acceptance acceptance) noexcept;

// Relative to the home folder unless they begin with "/", so that the organisation's key can be
// kept elsewhere.
struct KeyPaths {
  std::filesystem::path organisation = "organisation.key";
  std::filesystem::path coordinator = "coordinator.key";
};

struct Settings {
  std::string organisation;
  std::string site;       // ODS code; empty when not stated
  std::string time_zone;  // "Europe/London"; empty: the machine's
  std::optional<Relay> relay;
  std::vector<Channel> channels;  // in the order to try them when a playbook names none
  StoreKind store = StoreKind::sqlite;
  Acceptance enrolment = Acceptance::compared;
  KeyPaths keys;
};

// Reports every fault with its place. Use the result only when there were no errors.
Settings parse_settings(std::string_view text, std::string_view file, document::Findings& findings);

// A new tocsin.yaml with comments. parse_settings reads the same settings back.
std::string settings_text(const Settings& settings);

}  // namespace tocsin::home
