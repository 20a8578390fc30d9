// The facts of a channel: what it may carry, whom it reaches, what its addresses look like, and its
// settings in tocsin.yaml. They stand in one table, contact/channels.h; channel/make.h makes the
// channels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/id.h"

namespace tocsin::contact {

using ChannelId = base::Id<struct ChannelTag>;  // "relay", "phone", "sms", …

// What a channel may carry, by who can read it on the way.
enum class Class : std::uint8_t {
  sealed,             // carries an envelope that only the device can open
  end_to_end,         // carries the text, encrypted by the provider's protocol
  provider_readable,  // carries a nudge, which strangers may read
  human,              // a person rings a person
};

enum class Reaches : std::uint8_t {
  devices,         // of the membership list, so that nobody types an address
  contact_points,  // of the roster
  beside_relay,    // nobody by itself: wakes devices for which a message waits at the relay
};

// What an address looks like. Form::none for channels without addresses that people type.
enum class Form : std::uint8_t {
  none,
  telephone,
  mobile,
  email,
  threema_id,
  telegram_chat,
  viber_id,
  matrix_id,
  ntfy_topic,
  free_text,  // what a program of the organisation's own takes for one
};

// How many columns of a staff list may hold addresses of a channel.
enum class Columns : std::uint8_t { one, several };

// The type of a setting in tocsin.yaml.
enum class Holds : std::uint8_t {
  path,         // of a folder or a file; a secret stands in a file, never here
  web_address,  // https://, or http:// on this machine
  text,         // one line
  pins,         // of a server's public key: "sha256//…", one or several; in the value as lines
  word,         // one of `words`
  lines,        // a list of lines of text; each is followed by a line feed in the value
};

struct Setting {
  std::string_view key;
  Holds holds = Holds::path;
  bool is_required = false;
  std::array<std::string_view, 4> words{};  // empty ones do not count
  // The word of `provider` that it belongs to; empty: all. That setting stands before it.
  std::string_view of{};
};

enum class Spoken : std::uint8_t { not_yet, yes };  // whether lib/channel implements it

struct Channel {
  std::string_view name;
  Class carries = Class::provider_readable;
  Reaches reaches = Reaches::contact_points;
  Spoken spoken = Spoken::not_yet;
  bool needs_relay = false;  // in tocsin.yaml
  // People link accounts of their own to it (tocsin-staff(1), LINKING AN ACCOUNT): their provider
  // says which account a message comes from.
  bool links = false;
  Form form = Form::none;
  Columns columns = Columns::one;
  std::array<std::string_view, 8>
      headings{};                      // of columns in a staff list; empty ones do not count
  std::array<Setting, 13> settings{};  // those with an empty key do not count

  constexpr bool is_spoken() const noexcept { return spoken == Spoken::yes; }
  // Whether a playbook's cascade may name it. A channel beside another cannot be tried alone.
  constexpr bool is_tried() const noexcept { return reaches != Reaches::beside_relay; }
};

// Null when there is no channel of this name. An old journal may name one that was removed.
const Channel* find(std::string_view name) noexcept;
inline const Channel* find(const ChannelId& id) noexcept { return find(id.str()); }

// False for channels with contact points, and for a channel that was removed.
bool reaches_devices(const ChannelId& id) noexcept;

// One channel's settings in a home's tocsin.yaml, by key.
using Settings = std::map<std::string, std::string, std::less<>>;

}  // namespace tocsin::contact
