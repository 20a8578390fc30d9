#include "control/people.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;

// Names of the home's files.
constexpr std::string_view kRoster = "roster";
constexpr std::string_view kRota = "rota";
constexpr std::string_view kMeanings = "rota-words";
constexpr std::string_view kMembership = "membership";
constexpr std::string_view kMembershipSeen = "membership-seen";
constexpr std::string_view kInvitations = "invitations";

Fault unreadable(std::string_view what) {
  return {Exit::untrusted, fmt::format("the {} was written by another version, or changed", what),
          fmt::format("import the {} again", what)};
}

// The highest number of a membership list that this home has seen.
std::uint64_t read_seen(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kMembershipSeen);
  if (!bytes) return 0;
  base::ByteReader in{*bytes};
  const std::uint64_t number = in.u64();
  if (!in.done()) throw unreadable("number of the membership");
  return number;
}

}  // namespace

roster::Roster read_roster(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kRoster);
  if (!bytes) return {};
  auto roster = roster::decode_roster(*bytes);
  if (!roster) throw unreadable("roster");
  return *std::move(roster);
}

roster::Rota read_rota(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kRota);
  if (!bytes) return {};
  auto rota = roster::decode_rota(*bytes);
  if (!rota) throw unreadable("rota");
  return *std::move(rota);
}

roster::Meanings read_meanings(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kMeanings);
  if (!bytes) return {};
  auto meanings = roster::decode_meanings(*bytes);
  if (!meanings)
    throw Fault(Exit::untrusted,
                "the words of the rota were written by another version, or changed",
                "put the file rota-words back from a copy of the home");
  return *std::move(meanings);
}

void write_roster(const home::Home& home, const seal::StoreKey& store, const roster::Roster& roster,
                  base::Random& random, const base::FileLock&) {
  home.write_sealed(store, kRoster, roster::encode(roster), random);
}

void write_rota(const home::Home& home, const seal::StoreKey& store, const roster::Rota& rota,
                base::Random& random, const base::FileLock&) {
  home.write_sealed(store, kRota, roster::encode(rota), random);
}

void write_meanings(const home::Home& home, const seal::StoreKey& store,
                    const roster::Meanings& meanings, base::Random& random, const base::FileLock&) {
  home.write_sealed(store, kMeanings, roster::encode(meanings), random);
}

roster::Roster need_roster(const home::Home& home, const seal::StoreKey& store) {
  roster::Roster roster = read_roster(home, store);
  if (roster.size() == 0)
    throw Fault(Exit::invalid, "there is nobody on the roster yet",
                "bring your staff in: tocsin staff import --help");
  return roster;
}

base::FileLock hold_people(const home::Home& home) { return home.hold(kMembership); }

std::optional<NewestList> newest_list(const home::Home& home, const seal::StoreKey& store) {
  // Read in the reverse order of writing: a list written meanwhile is newer than the number.
  const std::uint64_t seen = read_seen(home, store);
  auto bytes = home.read_public(kMembership);
  if (!bytes) {
    if (seen == 0) return std::nullopt;
    throw Fault(Exit::untrusted, "the membership list is gone",
                fmt::format("put list number {} or a newer one back from a copy", seen));
  }
  auto opened = roster::open_membership(*bytes, home.organisation().verify, seen);
  if (const auto* rejection = std::get_if<roster::MembershipRejection>(&opened))
    throw Fault(Exit::untrusted, fmt::format("the membership list is {}", to_text(*rejection)),
                fmt::format("put list number {} or a newer one back from a copy", seen));
  return NewestList{*std::move(bytes), std::get<roster::Membership>(std::move(opened))};
}

roster::Membership read_membership(const home::Home& home, const seal::StoreKey& store) {
  auto newest = newest_list(home, store);
  return newest ? std::move(newest->membership) : roster::Membership{};
}

void write_membership(const home::Home& home, const seal::StoreKey& store,
                      roster::Membership& membership, const seal::SigningKey& organisation,
                      base::Instant now, base::Random& random) {
  home.write_public(kMembership, roster::sign_membership(membership, organisation, now));
  // Written after the list: if the process is killed in between, the older number still accepts the
  // newer list.
  base::ByteWriter seen;
  seen.u64(membership.number());
  home.write_sealed(store, kMembershipSeen, seen.bytes(), random);
}

std::vector<roster::PendingInvitation> read_invitations(const home::Home& home,
                                                        const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kInvitations);
  if (!bytes) return {};
  auto invitations = roster::decode_pending(*bytes);
  if (!invitations) throw unreadable("list of invitations");
  return *std::move(invitations);
}

void write_invitations(const home::Home& home, const seal::StoreKey& store,
                       std::vector<roster::PendingInvitation> invitations, base::Instant now,
                       base::Random& random) {
  constexpr std::chrono::days kKept{30};
  std::erase_if(invitations,
                [&](const roster::PendingInvitation& one) { return one.expires + kKept < now; });
  home.write_sealed(store, kInvitations, roster::encode(invitations), random);
}

namespace {

struct Learned {
  roster::PersonId person;
  std::string address;
  bool works = false;
};

std::optional<Learned> learned_from(const incident::State& state, const incident::Body& body) {
  const auto* ended = std::get_if<incident::CallEnded>(&body);
  if (ended == nullptr) return std::nullopt;
  const bool works = ended->outcome == incident::kRightNumber;
  const auto person = state.person_index(ended->person);
  if ((!works && ended->outcome != incident::kWrongNumber) || !person) return std::nullopt;
  const auto& contacts = state.roster[*person].contacts;
  if (ended->contact == 0 || ended->contact > contacts.size()) return std::nullopt;
  return Learned{ended->person, contacts[ended->contact - 1].address, works};
}

}  // namespace

void change_contacts(const home::Home& home, const seal::StoreKey& store, base::Random& random,
                     const ChangeContact& change) {
  const base::FileLock held = hold_people(home);
  const roster::Roster roster = read_roster(home, store);
  std::vector<roster::Responder> people = roster.responders();
  bool is_changed = false;
  for (roster::Responder& person : people)
    for (roster::ContactPoint& contact : person.contacts) {
      const roster::ContactPoint before = contact;
      change(person.id, contact);
      is_changed = is_changed || contact != before;
    }
  if (is_changed)
    write_roster(home, store, {roster.revision(), roster.imported(), std::move(people)}, random,
                 held);
}

void note_numbers(const home::Home& home, const seal::StoreKey& store, const incident::State& state,
                  const incident::Order& order, base::Random& random) {
  std::vector<Learned> all;
  for (const incident::Body& body : order.events)
    if (auto one = learned_from(state, body)) all.push_back(*std::move(one));
  if (all.empty()) return;
  change_contacts(home, store, random,
                  [&](const roster::PersonId& person, roster::ContactPoint& contact) {
                    for (const Learned& one : all)
                      if (one.person == person && one.address == contact.address)
                        contact.working = one.works;
                  });
}

void note_stops(const home::Home& home, const seal::StoreKey& store, const incident::State& state,
                roster::Date today, base::Random& random) {
  change_contacts(home, store, random,
                  [&](const roster::PersonId& person, roster::ContactPoint& contact) {
                    const auto index = state.person_index(person);
                    if (!index || contact.withdrawn) return;
                    const auto& stopped = state.people[*index].stopped;
                    if (std::find(stopped.begin(), stopped.end(), contact.channel) != stopped.end())
                      contact.withdrawn = today;
                  });
}

namespace {

bool consented_after(const roster::ContactPoint& contact, base::Instant at) {
  if (contact.linked && at <= *contact.linked) return true;
  return contact.consented && std::chrono::floor<std::chrono::days>(at) < *contact.consented;
}

}  // namespace

bool note_stop(const home::Home& home, const seal::StoreKey& store,
               const contact::ChannelId& channel, const std::string& address, base::Instant at,
               base::Random& random) {
  bool any = false;
  change_contacts(home, store, random, [&](const roster::PersonId&, roster::ContactPoint& contact) {
    if (contact.channel != channel || contact.address != address || contact.withdrawn ||
        consented_after(contact, at))
      return;
    contact.withdrawn = std::chrono::floor<std::chrono::days>(at);
    any = true;
  });
  return any;
}

}  // namespace tocsin::control
