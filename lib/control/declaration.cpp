#include "control/declaration.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "control/channels.h"
#include "control/people.h"
#include "incident/loop/drive.h"
#include "journal/sqlite.h"
#include "record/history.h"

namespace tocsin::control {

namespace {

// The incident's key, and its journal with these events: all of it or, when the program is killed,
// nothing that another command sees.
void write_incident(const home::Home& home, const home::Unlocked& keys, const seal::MessageId& id,
                    std::vector<incident::Body> events, const base::Clock& clock) {
  seal::Entropy random;
  const base::FileLock held = home.hold(home::kIncidentsLock);
  home::Making making = home.begin_incident(id);
  std::get<incident::Declared>(events.front()).identity =
      home.create_incident_key(making, id, random).public_identity();
  {
    seal::StoreKey key = seal::generate_store_key(random);
    const base::Bytes wrapped =
        seal::wrap(key.view(), home.holders(), journal::key_purpose(id), random);
    const auto journal = journal::SqliteJournal::create(
        home::Home::journal_in(making.folder(), id), id, std::move(key), wrapped,
        journal::Author{keys.coordinator.signing, keys.certificate}, random);
    incident::Ledger ledger(*journal);
    for (incident::Body& body : events)
      ledger.add(clock.now(), keys.certificate.name, std::move(body));
    TOCSIN_ASSERT(ledger.commit());
  }  // closed, its log is in its file
  making.finish();
}

}  // namespace

std::vector<incident::Body> declaration(const home::Home& home, const home::Unlocked& keys,
                                        incident::Declared declared, const roster::Roster& roster,
                                        base::Instant at, const record::Note& note) {
  declared.organisation = home.settings().organisation;
  declared.caller = keys.certificate.name;
  declared.organisation_keys = home.organisation();
  std::vector<incident::Body> events;
  events.emplace_back(std::move(declared));
  events.emplace_back(incident::RosterTaken{
      roster::encode(roster), roster::encode(read_rota(home, keys.store).without_sources())});
  if (auto newest = newest_list(home, keys.store))
    events.emplace_back(incident::MembershipTaken{std::move(newest->bytes)});
  events.emplace_back(incident::ChannelsTaken{channels_of(home.settings())});
  if (incident::LimitsTaken limits = limits_of(home.settings()); !limits.channels.empty())
    events.emplace_back(std::move(limits));
  try {
    const record::History history = record::read_history(home, keys.store);
    if (!history.nights().empty()) events.emplace_back(history.taken(at));
  } catch (const base::Fault& fault) {
    if (!note) throw;
    note(fmt::format("the forecast begins without earlier nights: {}", fault.what()));
  }
  return events;
}

std::vector<incident::Body> rehearsal(const home::Home& home, const home::Unlocked& keys,
                                      std::string playbook_file, playbook::Playbook playbook,
                                      const roster::Roster& roster, base::Instant at,
                                      base::Random& random) {
  incident::Declared declared;
  declared.incident = seal::random_message_id(random);
  declared.label = "PLAN";
  declared.realness = seal::Realness::exercise;
  declared.reason = "plan";
  declared.playbook_file = std::move(playbook_file);
  declared.set_playbook(std::move(playbook));
  declared.identity = seal::Identity::generate(random).public_identity();
  return declaration(home, keys, std::move(declared), roster, at);
}

std::string free_label(seal::Realness realness, base::Instant at,
                       const std::vector<record::Listed>& known) {
  const base::Civil c = base::to_local(at);
  const std::string stem =
      fmt::format("{}-{:04}{:02}{:02}-{:02}{:02}", realness == seal::Realness::real ? "MI" : "EX",
                  c.year, c.month, c.day, c.hour, c.minute);
  std::string label = stem;
  for (int n = 2; std::any_of(known.begin(), known.end(),
                              [&](const record::Listed& one) { return one.label == label; });
       ++n)
    label = fmt::format("{}-{}", stem, n);
  return label;
}

std::unique_ptr<Session> declare(home::Home home, home::Unlocked keys, incident::Declared declared,
                                 const roster::Roster& roster, const base::Clock& clock,
                                 const record::Note& note) {
  const seal::MessageId id = declared.incident;
  std::vector<incident::Body> events =
      declaration(home, keys, std::move(declared), roster, clock.now(), note);
  write_incident(home, keys, id, std::move(events), clock);
  auto session = std::make_unique<Session>(std::move(home), std::move(keys), id, clock);
  const incident::State& state = session->state();
  record::remember_incident(
      session->home(), session->keys(),
      {id, session->home().journal_path(id), state.declared.label, state.declared_at, false, true},
      session->random());
  return session;
}

FirstPass::FirstPass(std::vector<incident::Body> events, const home::Unlocked& keys,
                     const base::Clock& clock, base::Random& random)
    : ledger_(journal_) {
  const seal::Identity identity = seal::Identity::generate(random);
  std::get<incident::Declared>(events.front()).identity = identity.public_identity();
  for (incident::Body& body : events)
    ledger_.add(clock.now(), keys.certificate.name, std::move(body));
  TOCSIN_ASSERT(ledger_.commit());
  const incident::SealedEnvelopes envelopes(keys.coordinator.signing, identity.opening);
  incident::Driver driver(ledger_, {}, envelopes, keys.certificate, clock, random);
  driver.settle();
}

}  // namespace tocsin::control
