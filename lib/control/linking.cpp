#include "control/linking.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "contact/address.h"
#include "contact/telephone.h"
#include "control/people.h"
#include "control/testing.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;
using contact::ChannelId;
using std::chrono::days;

constexpr std::string_view kLinks = "links";
constexpr days kLinksKept{30};  // after they have expired
// Of wrong codes that are answered in one listening: whoever guesses gets no more messages.
constexpr std::size_t kMostRefusalsSaid = 20;
constexpr base::Milliseconds kBetweenLinkTurns = std::chrono::milliseconds{500};
constexpr base::Milliseconds kLeastListening = std::chrono::minutes{1};

void write_links(const home::Home& home, const seal::StoreKey& store,
                 std::vector<roster::PendingLink> links, Instant now, base::Random& random) {
  std::erase_if(links, [&](const auto& one) { return one.expires + kLinksKept < now; });
  home.write_sealed(store, kLinks, roster::encode(links), random);
}

bool is_of(std::string_view text, std::string_view marks) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
}

// A setting that says how people find the organisation's account; empty when it is not set.
std::string named_account(const home::Channel& channel, std::string_view key,
                          std::string_view marks) {
  const std::string_view value = channel.setting(key);
  if (value.empty() || is_of(value, marks)) return std::string{value};
  throw Fault(
      Exit::invalid,
      fmt::format("\"{}\" of {} in tocsin.yaml is no name of an account", key, channel.id.str()),
      "write it as its provider shows it, without @ and without https://");
}

std::string number_of(const home::Channel& channel, std::string_view key) {
  const std::string_view value = channel.setting(key);
  if (value.empty()) return {};
  const auto read = contact::parse_telephone(value);
  if (const auto* number = std::get_if<contact::Telephone>(&read)) return number->e164;
  throw Fault(
      Exit::invalid,
      fmt::format("\"{}\" of {} in tocsin.yaml is no telephone number", key, channel.id.str()),
      "write it as +442079460000");
}

// How the person gets there with the code.
void address_invitation(const home::Channel& channel, LinkInvitation& invitation) {
  const std::string_view name = channel.id.str();
  invitation.whom = fmt::format("the organisation's account at {}", name);
  if (name == "telegram") {
    if (const std::string bot = named_account(channel, "bot", "_"); !bot.empty()) {
      invitation.whom = fmt::format("the bot @{} at telegram", bot);
      invitation.link = fmt::format("https://t.me/{}?start={}", bot, invitation.code);
    }
  } else if (name == "viber") {
    if (const std::string chat = named_account(channel, "chat", "_.-"); !chat.empty())
      invitation.link = fmt::format("viber://pa?chatURI={}&text={}", chat, invitation.code);
  } else if (name == "whatsapp") {
    if (const std::string number = number_of(channel, "from"); !number.empty()) {
      invitation.whom = fmt::format("{} at whatsapp", number);
      invitation.link = fmt::format("https://wa.me/{}?text={}", number.substr(1), invitation.code);
    }
  } else if (const std::string number = number_of(channel, "account"); !number.empty()) {
    invitation.whom = fmt::format("{} at {}", number, name);
  }
}

roster::ContactPoint* account_of(roster::Responder& person, const ChannelId& channel,
                                 std::string_view address) {
  const auto at = std::ranges::find_if(person.contacts, [&](const roster::ContactPoint& one) {
    return one.channel == channel && one.address == address;
  });
  return at == person.contacts.end() ? nullptr : &*at;
}

// Whose account it is on the roster. What somebody linked and gave up is nobody's.
const roster::Responder* holder_of(const roster::Roster& roster, const ChannelId& channel,
                                   std::string_view address, const roster::PersonId& but) {
  for (const roster::Responder& person : roster.responders()) {
    if (person.id == but) continue;
    for (const roster::ContactPoint& contact : person.contacts)
      if (contact.channel == channel && contact.address == address &&
          !(contact.linked && contact.withdrawn))
        return &person;
  }
  return nullptr;
}

// The account is this person's from `now` on, instead of the one that they linked before.
std::vector<roster::Responder> with_account(const roster::Roster& roster,
                                            const roster::PersonId& whose, const ChannelId& channel,
                                            const std::string& address, Instant now) {
  std::vector<roster::Responder> people = roster.responders();
  for (roster::Responder& person : people) {
    const bool is_theirs = person.id == whose;
    std::erase_if(person.contacts, [&](const roster::ContactPoint& one) {
      return one.channel == channel && one.linked && (one.address == address) != is_theirs;
    });
    if (!is_theirs) continue;
    roster::ContactPoint* account = account_of(person, channel, address);
    if (account == nullptr) {
      person.contacts.push_back({channel, address, {}, {}});
      account = &person.contacts.back();
    }
    account->linked = now;
    account->consented = std::chrono::floor<days>(now);
    account->withdrawn.reset();
    account->working = true;
  }
  return people;
}

LinkOutcome refusal_of(const roster::PendingLink& link, const ChannelId& channel, Instant sent) {
  if (link.channel != channel) return LinkOutcome::elsewhere;
  if (link.used) return LinkOutcome::used;
  if (sent >= link.expires) return LinkOutcome::expired;
  return LinkOutcome::linked;
}

}  // namespace

const home::Channel& need_link_channel(const home::Home& home, std::string_view name) {
  const contact::Channel* known = contact::find(name);
  if (known != nullptr && !known->links)
    throw Fault(Exit::usage, fmt::format("nobody links an account by {}", name),
                "telegram, viber, signal and whatsapp need it; other addresses stand in the staff "
                "list, and devices are invited without --channel");
  return need_lone_channel(home, name, "linked");
}

std::vector<roster::PendingLink> read_links(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kLinks);
  if (!bytes) return {};
  auto links = roster::decode_links(*bytes);
  if (!links)
    throw Fault(Exit::untrusted,
                "the codes for accounts were written by another version, or changed",
                "remove links.sealed and links.kept, and invite people again");
  return *std::move(links);
}

LinkInvitation invite_account(const home::Home& home, const seal::StoreKey& store,
                              const home::Channel& channel, const roster::PersonId& person,
                              Instant now, std::chrono::minutes life, base::Random& random) {
  LinkInvitation invitation{roster::make_link_code(random), {}, {}, now + life};
  address_invitation(channel, invitation);
  const base::FileLock held = hold_people(home);
  std::vector<roster::PendingLink> links = read_links(home, store);
  for (roster::PendingLink& one : links)
    if (one.person == person && one.channel == channel.id && !one.used)
      one.expires = std::min(one.expires, now);
  links.push_back(roster::pending_link(invitation.code, person, channel.id, invitation.expires));
  write_links(home, store, std::move(links), now, random);
  return invitation;
}

std::string_view to_text(LinkOutcome outcome) noexcept {
  switch (outcome) {
    case LinkOutcome::linked:
      return "linked";
    case LinkOutcome::was_linked:
      return "linked before";
    case LinkOutcome::unknown:
      return "a code that nobody was given";
    case LinkOutcome::used:
      return "a code that was used before";
    case LinkOutcome::expired:
      return "a code that has expired";
    case LinkOutcome::elsewhere:
      return "a code for another channel";
    case LinkOutcome::gone:
      return "a code of somebody who has left the roster";
    case LinkOutcome::taken:
      break;
  }
  return "an account that is another person's";
}

std::optional<LinkTried> take_link(const home::Home& home, const seal::StoreKey& store,
                                   const ChannelId& channel, const channel::Said& said, Instant now,
                                   base::Random& random) {
  const auto code = roster::link_code_in(said.words);
  if (!code) return std::nullopt;
  const auto address = contact::parse_address(contact::find(channel)->form, said.from);
  if (!std::holds_alternative<contact::Address>(address)) return std::nullopt;
  LinkTried tried{LinkOutcome::unknown, channel, {}, {}};
  const base::FileLock held = hold_people(home);
  std::vector<roster::PendingLink> links = read_links(home, store);
  const auto found = roster::find_link(links, *code);
  if (!found) return tried;
  roster::PendingLink& link = links[*found];
  tried.person = link.person;
  tried.outcome = refusal_of(link, channel, std::min(said.at, now));
  const roster::Roster roster = read_roster(home, store);
  const roster::Responder* person = roster.find(link.person);
  if (person == nullptr) {
    tried.outcome = LinkOutcome::gone;
    return tried;
  }
  if (tried.outcome == LinkOutcome::used) {
    // The same message again, after a crash or from a provider that lists it for days.
    for (const roster::ContactPoint& one : person->contacts)
      if (one.channel == channel && one.address == said.from && one.linked && !one.withdrawn)
        tried.outcome = LinkOutcome::was_linked;
    return tried;
  }
  if (tried.outcome != LinkOutcome::linked) return tried;
  if (const auto* holder = holder_of(roster, channel, said.from, link.person)) {
    tried.outcome = LinkOutcome::taken;
    tried.holder = holder->id;
    return tried;
  }
  // The roster first: killed in between, the same message links the same account again.
  write_roster(home, store,
               {roster.revision(), roster.imported(),
                with_account(roster, link.person, channel, said.from, now)},
               random, held);
  link.used = now;
  write_links(home, store, std::move(links), now, random);
  return tried;
}

std::string to_sentence(const LinkTried& tried, const roster::Roster& roster) {
  const auto name = [&](const roster::PersonId& id) {
    const roster::Responder* person = roster.find(id);
    return person == nullptr ? base::printable(id.str())
                             : fmt::format("{} ({})", base::printable(person->name), id.str());
  };
  const std::string whose = tried.person.empty() ? std::string{"somebody"} : name(tried.person);
  std::string what{to_text(tried.outcome)};
  if (tried.outcome == LinkOutcome::taken) what = "not linked: the account is that of ";
  const std::string holder = tried.holder.empty() ? std::string{} : name(tried.holder);
  const bool is_well =
      tried.outcome == LinkOutcome::linked || tried.outcome == LinkOutcome::was_linked;
  if (!is_well && tried.outcome != LinkOutcome::taken) what = "not linked: " + what;
  return fmt::format("{}: {}{} by {}", whose, what, holder, tried.channel.str());
}

std::size_t withdraw(const home::Home& home, const seal::StoreKey& store,
                     const roster::PersonId& person, const ChannelId& channel, Instant now,
                     base::Random& random) {
  std::size_t count = 0;
  change_contacts(home, store, random,
                  [&](const roster::PersonId& whose, roster::ContactPoint& contact) {
                    if (whose != person || contact.channel != channel || contact.withdrawn) return;
                    contact.withdrawn = std::chrono::floor<days>(now);
                    ++count;
                  });
  return count;
}

std::function<std::optional<playbook::Nudge>(const channel::Said&)> link_hearer(
    const home::Home& home, const seal::StoreKey& store, const ChannelId& channel,
    const base::Clock& clock, base::Random& random, std::function<void(const LinkTried&)> tell) {
  if (!contact::find(channel)->links) return {};
  const auto refused = std::make_shared<std::set<std::string>>();
  return [&home, &store, channel, &clock, &random, tell = std::move(tell),
          refused](const channel::Said& said) -> std::optional<playbook::Nudge> {
    const auto tried = take_link(home, store, channel, said, clock.now(), random);
    if (!tried) return std::nullopt;
    tell(*tried);
    const std::string& organisation = home.settings().organisation;
    if (tried->outcome == LinkOutcome::linked)
      return playbook::Nudge::of(playbook::Errand::linked, organisation);
    if (tried->outcome == LinkOutcome::was_linked || refused->size() >= kMostRefusalsSaid ||
        !refused->insert(said.from).second)
      return playbook::Nudge{};
    return playbook::Nudge::of(playbook::Errand::not_linked, organisation);
  };
}

namespace {

// One channel that is listened to: a test of nobody.
struct Listened {
  base::FileLock held;
  std::unique_ptr<LoneChannel> lone;
  std::unique_ptr<Testing> ear;
};

}  // namespace

LinksHeard listen_for_links(const LinkListening& order, const base::Clock& clock,
                            base::Random& random, const std::function<void(const LinkTried&)>& tell,
                            const std::function<bool(base::Milliseconds)>& pause) {
  const home::Home& home = order.home;
  const home::Unlocked& keys = order.keys;
  const base::Milliseconds wait = order.wait;
  need_quiet(home, keys);
  const roster::Roster roster = need_roster(home, keys.store);
  LinksHeard heard;
  std::vector<Listened> all;
  for (const home::Channel* channel : order.channels) {
    base::FileLock held = home.hold(fmt::format("channel-{}", channel->id.str()));
    auto lone =
        std::make_unique<LoneChannel>(home, keys, *channel, clock, random, listen_for(wait));
    Testing::Hearers hearers{
        .stop = [&, id = channel->id](
                    const std::string& address,
                    Instant at) { return note_stop(home, keys.store, id, address, at, random); },
        .keep = [](const std::vector<TestedPoint>&) {},
        .other = link_hearer(home, keys.store, channel->id, clock, random, tell)};
    auto ear = std::make_unique<Testing>(**lone, roster, std::vector<TestTarget>{},
                                         home.settings().organisation, wait, clock, random,
                                         std::move(hearers));
    all.push_back({std::move(held), std::move(lone), std::move(ear)});
  }
  const base::Milliseconds begun = clock.steady();
  base::Pace looks{std::chrono::seconds{1}};
  for (;;) {
    if (looks.take(clock.now()) && !open_incident(home, keys).empty()) {
      heard.is_cut_short = true;
      break;
    }
    bool any = false;
    for (const Listened& one : all) any = one.ear->turn() || any;
    const base::Milliseconds passed = clock.steady() - begun;
    if ((!any && passed >= wait) || passed >= std::max(wait, kLeastListening)) break;
    if (pause(any ? base::Milliseconds{0} : kBetweenLinkTurns)) break;
  }
  for (const Listened& one : all) {
    heard.stopped += one.ear->stopped();
    if (std::string trouble = (**one.lone).trouble(); !trouble.empty())
      heard.trouble.push_back(std::move(trouble));
  }
  return heard;
}

}  // namespace tocsin::control
