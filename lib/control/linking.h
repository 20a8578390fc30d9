// Links accounts at messengers to people by codes that work once (roster/membership/link_code.h):
// who was invited, and what becomes of a code that somebody sends. All that is sent is hostile.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "channel/said.h"
#include "control/lone_channel.h"
#include "playbook/nudge.h"
#include "roster/membership/link_code.h"

namespace tocsin::control {

struct LinkInvitation {
  std::string code;  // secret until it is used
  std::string link;  // that opens the messenger with the code; empty when nothing says which
  std::string whom;  // to send the code to, in words: "the bot @StElsewhereBot"
  base::Instant expires;
};

// The channel of tocsin.yaml to which people link accounts. Faults (usage) when it is none.
const home::Channel& need_link_channel(const home::Home& home, std::string_view name);

// The person's earlier codes for the channel end.
LinkInvitation invite_account(const home::Home& home, const seal::StoreKey& store,
                              const home::Channel& channel, const roster::PersonId& person,
                              base::Instant now, std::chrono::minutes life, base::Random& random);

std::vector<roster::PendingLink> read_links(const home::Home& home, const seal::StoreKey& store);

enum class LinkOutcome : std::uint8_t {
  linked,
  was_linked,  // the same account of the same person, by a code that was used for it
  unknown,     // nobody was given this code
  used,
  expired,
  elsewhere,  // a code for another messenger
  gone,       // the person has left the roster
  taken,      // the account is another person's
};
std::string_view to_text(LinkOutcome outcome) noexcept;

struct LinkTried {
  LinkOutcome outcome = LinkOutcome::unknown;
  contact::ChannelId channel;
  roster::PersonId person;  // whose code it is; empty when that is not known
  roster::PersonId holder;  // whose account it is, when it is taken
};

// nullopt when it is no code. What it changes is kept when it returns.
std::optional<LinkTried> take_link(const home::Home& home, const seal::StoreKey& store,
                                   const contact::ChannelId& channel, const channel::Said& said,
                                   base::Instant now, base::Random& random);

// "Ana Bell (E1): linked by telegram". Names people, and no account.
std::string to_sentence(const LinkTried& tried, const roster::Roster& roster);

// Whoever has no account there any more gets no messages there. Returns how many contact points of
// the person on the channel were in use.
std::size_t withdraw(const home::Home& home, const seal::StoreKey& store,
                     const roster::PersonId& person, const contact::ChannelId& channel,
                     base::Instant now, base::Random& random);

// What hears codes among what people say on a channel (testing.h): `tell` is told of each, and
// whoever sent it is answered, a wrong one not without end.
std::function<std::optional<playbook::Nudge>(const channel::Said&)> link_hearer(
    const home::Home& home, const seal::StoreKey& store, const contact::ChannelId& channel,
    const base::Clock& clock, base::Random& random, std::function<void(const LinkTried&)> tell);

struct LinkListening {
  const home::Home& home;
  const home::Unlocked& keys;
  std::vector<const home::Channel*> channels;
  base::Milliseconds wait;
};
struct LinksHeard {
  std::size_t stopped = 0;             // addresses at which somebody wants no more messages
  std::vector<std::string> trouble{};  // why a channel cannot be used or read
  bool is_cut_short = false;           // by an incident that was declared
};
// Listens on some channels for accounts that are linked. Faults (usage) while an incident is open.
// `tell` is told of each code; `pause` waits, and returns true when it shall end.
LinksHeard listen_for_links(const LinkListening& order, const base::Clock& clock,
                            base::Random& random, const std::function<void(const LinkTried&)>& tell,
                            const std::function<bool(base::Milliseconds)>& pause);

}  // namespace tocsin::control
