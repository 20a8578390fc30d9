// The table of all channels: what each may carry, whom it reaches, what its addresses look like,
// and its settings in tocsin.yaml. It holds no addresses and sends nothing; channel/make.h makes
// the channels.
#pragma once

#include <algorithm>
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
  matrix_id,
  ntfy_topic
};

// How many columns of a staff list may hold addresses of a channel.
enum class Columns : std::uint8_t { one, several };

// The type of a setting in tocsin.yaml.
enum class Holds : std::uint8_t { path, web_address };

struct Setting {
  std::string_view key;
  Holds holds = Holds::path;
  bool is_required = false;
};

enum class Spoken : std::uint8_t { not_yet, yes };  // whether lib/channel implements it

struct Channel {
  std::string_view name;
  Class carries = Class::provider_readable;
  Reaches reaches = Reaches::contact_points;
  Spoken spoken = Spoken::not_yet;
  bool needs_relay = false;  // in tocsin.yaml
  Form form = Form::none;
  Columns columns = Columns::one;
  std::array<std::string_view, 8>
      headings{};                     // of columns in a staff list; empty ones do not count
  std::array<Setting, 8> settings{};  // those with an empty key do not count

  constexpr bool is_spoken() const noexcept { return spoken == Spoken::yes; }
  // Whether a playbook's cascade may name it. A channel beside another cannot be tried alone.
  constexpr bool is_tried() const noexcept { return reaches != Reaches::beside_relay; }
};

// In the order in which people see them.
inline constexpr auto kChannels = std::to_array<Channel>({
    {.name = "relay",
     .carries = Class::sealed,
     .reaches = Reaches::devices,
     .spoken = Spoken::yes,
     .needs_relay = true},
    {.name = "spool",
     .carries = Class::sealed,
     .reaches = Reaches::devices,
     .spoken = Spoken::yes,
     .settings = {{{.key = "folder", .holds = Holds::path, .is_required = true}}}},
    {.name = "phone",
     .carries = Class::human,
     .spoken = Spoken::yes,
     .form = Form::telephone,
     .columns = Columns::several,
     .headings = {"Telephone", "Phone", "Telephone Number", "Phone Number", "Home Phone",
                  "Home Telephone", "Work Phone", "Work Telephone"}},
    {.name = "push",
     .carries = Class::provider_readable,
     .reaches = Reaches::beside_relay,
     .spoken = Spoken::yes,
     .needs_relay = true,
     .settings = {{{.key = "service", .holds = Holds::web_address}}}},
    {.name = "sms", .form = Form::mobile, .columns = Columns::several, .headings = {"SMS"}},
    {.name = "email",
     .form = Form::email,
     .columns = Columns::several,
     .headings = {"Email", "Email Address", "Work Email", "Home Email"}},
    {.name = "signal",
     .carries = Class::end_to_end,
     .form = Form::telephone,
     .headings = {"Signal"}},
    {.name = "threema",
     .carries = Class::end_to_end,
     .form = Form::threema_id,
     .headings = {"Threema", "Threema ID"}},
    {.name = "whatsapp", .form = Form::telephone, .headings = {"WhatsApp"}},
    {.name = "telegram", .form = Form::telegram_chat, .headings = {"Telegram", "Telegram Chat ID"}},
    {.name = "viber", .form = Form::telephone, .headings = {"Viber"}},
    {.name = "ntfy", .form = Form::ntfy_topic, .headings = {"ntfy", "ntfy Topic"}},
    {.name = "matrix", .form = Form::matrix_id, .headings = {"Matrix", "Matrix ID"}},
});

// Null when there is no channel of this name. An old journal may name one that was removed.
constexpr const Channel* find(std::string_view name) noexcept {
  const auto found = std::find_if(kChannels.begin(), kChannels.end(),
                                  [&](const Channel& channel) { return channel.name == name; });
  return found == kChannels.end() ? nullptr : &*found;
}
inline const Channel* find(const ChannelId& id) noexcept { return find(id.str()); }

// False for channels with contact points, and for a channel that was removed.
inline bool reaches_devices(const ChannelId& id) noexcept {
  const Channel* channel = find(id);
  return channel != nullptr && channel->reaches == Reaches::devices;
}

// The names of the channels for which `kIs` is true: names_of<&Channel::is_spoken>.
template <bool (Channel::*kIs)() const noexcept>
inline constexpr auto names_of = [] {
  constexpr auto is = [](const Channel& channel) { return (channel.*kIs)(); };
  std::array<std::string_view,
             static_cast<std::size_t>(std::count_if(kChannels.begin(), kChannels.end(), is))>
      names{};
  std::size_t count = 0;
  for (const Channel& channel : kChannels)
    if (is(channel)) names[count++] = channel.name;
  return names;
}();

// One channel's settings in a home's tocsin.yaml, by key.
using Settings = std::map<std::string, std::string, std::less<>>;

}  // namespace tocsin::contact
