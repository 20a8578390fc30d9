// The parts of the home and the incident from which channels are made. Each channel takes what it
// needs. Everything referred to must outlive the channel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "seal/certificate.h"
#include "seal/key.h"
#include "seal/p256.h"

namespace tocsin::channel {

struct RelayAddress {
  std::string url;                // "https://relay.example": scheme, host and port only
  std::vector<std::string> pins;  // as HttpSettings
};

enum class Listen : std::uint8_t {
  when_asked,  // `collect` asks the other end itself, without a thread: for drills and single
               // commands
  background,  // a thread waits for replies, so that `collect` returns them at once
};

struct Parts {
  std::filesystem::path home;  // relative paths begin here
  RelayAddress relay;
  const seal::Identity& coordinator;
  const seal::Certificate& certificate;
  const seal::Identity& incident;
  const base::Clock& clock;
  Listen listen = Listen::when_asked;
  std::string turn_to{};  // a contact for providers: an https: or mailto: address, or empty
  std::function<seal::P256Key()> push_key{};  // the home's, made when there is none yet
  // The home's key of a hook. Faults when nobody has made it.
  std::function<seal::Identity(std::string_view hook)> hook_key{};
};

}  // namespace tocsin::channel
