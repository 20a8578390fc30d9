#include "declaration.h"

#include <utility>

#include "people.h"
#include "record/history.h"

namespace tocsin::cli {

std::vector<incident::Body> declaration(const home::Home& home, const home::Unlocked& keys,
                                        incident::Declared declared, const roster::Roster& roster,
                                        base::Instant at) {
  declared.organisation = home.settings().organisation;
  declared.caller = keys.certificate.name;
  declared.organisation_keys = home.organisation();
  std::vector<incident::Body> events;
  events.emplace_back(std::move(declared));
  events.emplace_back(
      incident::RosterTaken{roster::encode(roster), roster::encode(read_rota(home, keys.store))});
  if (auto list = home.read_public("membership"))
    events.emplace_back(incident::MembershipTaken{*std::move(list)});
  const record::History history = record::read_history(home, keys.store);
  if (!history.nights().empty()) events.emplace_back(history.taken(at));
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

}  // namespace tocsin::cli
