// A small night for tests: tests/playbooks/small.yaml and seven people.
// It keeps every event that happened, so that a test can fold them again.
// Times are minutes from the declaration, which is at 22:40 UTC on a Sunday.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "incident/loop/step.h"
#include "incident/state/reach.h"
#include "incident/state/state.h"
#include "playbooks/playbooks.h"
#include "roster/membership/membership.h"
#include "seal/key.h"

namespace tocsin::incident {

inline const base::Instant kDeclared = *base::from_rfc3339("2026-11-22T22:40:00Z");
inline base::Instant at(int minutes) { return kDeclared + base::Minutes{minutes}; }

inline const std::string kPlaybook = playbooks::small();

inline const ChannelId kThreema{"threema"};

// The same, where people are first written to and then rung.
inline std::string written_first() {
  return playbooks::changed(kPlaybook, {{"channels: [phone]", "channels: [threema, phone]"}});
}

class Night {
 public:
  explicit Night(std::string playbook = kPlaybook)
      : Night(std::move(playbook), staff(), roster::Rota{1, {dees_day()}, {}}) {}
  Night(std::string playbook, std::vector<roster::Responder> people, const roster::Rota& rota) {
    Declared declared;
    declared.incident = seal::random_message_id(random);
    declared.label = "EX-20261122-2240";
    declared.reason = "a test";
    declared.playbook_file = "small.yaml";
    declared.playbook = std::move(playbook);
    declared.organisation = "St Bride's";
    declared.caller = "Dr A. Okafor";
    declared.organisation_keys = organisation.public_identity();
    happens(0, std::move(declared));
    happens(0, RosterTaken{roster::encode(roster::Roster{1, at(-1000), std::move(people)}),
                           roster::encode(rota)});
  }

  void happens(int minute, Body body, std::string by = "Dr A. Okafor") {
    Event event{at(minute), std::move(by), std::move(body)};
    state.apply(event);
    events.push_back(std::move(event));
  }
  void all_happen(int minute, std::vector<Body> bodies) {
    for (Body& body : bodies) happens(minute, std::move(body));
  }
  // Steps until nothing is left to do at that time.
  void settle(int minute) {
    for (;;) {
      Step step = stepper.step(state, at(minute), random);
      if (step.events.empty()) return;
      for (Body& body : step.events) happens(minute, std::move(body), "");
    }
  }
  void replies(int minute, const char* id, Answer answer, int when, ChannelId on = kPhone) {
    happens(minute,
            Replied{seal::random_message_id(random), PersonId{id}, answer, at(when), std::move(on)},
            "");
  }

  // Signs a longer list of devices, with one more of this person; returns its keys.
  seal::PublicIdentity enrols(int minute, const char* id) {
    const auto keys = seal::Identity::generate(random_of_keys).public_identity();
    devices.add({roster::PersonId{id}, keys, "a phone", at(minute), "Dr A. Okafor", {}});
    sign_devices(minute);
    return keys;
  }
  void sign_devices(int minute) {
    happens(minute,
            MembershipTaken{roster::sign_membership(devices, organisation.signing, at(minute))});
  }

  PersonIndex index(const char* id) const { return *state.person_index(PersonId{id}); }
  const Person& of(const char* id) const { return state.people[index(id)]; }
  PostIndex post(const char* id) const { return *state.post_index(PostId{id}); }

  base::SeededRandom random{1};
  base::SeededRandom random_of_keys{2};
  seal::Identity organisation = seal::Identity::generate(random_of_keys);
  roster::Membership devices;
  std::vector<Event> events;
  State state;
  Stepper stepper;

  static std::vector<roster::Responder> staff() {
    std::vector<roster::Responder> people;
    people.push_back(person("ana", "Ana Bell", {"nurse", "trauma"}, 20));
    people.push_back(person("ben", "Ben Moss", {"nurse", "trauma"}, 30));
    people.push_back(person("cyn", "Cynthia Moss", {"nurse"}, 15));
    people.push_back(person("dee", "Dee Okoro", {"doctor"}, 10));
    people.push_back(person("eli", "Eli Stone", {"doctor"}, 40));
    people.push_back(person("fay", "Fay Hart", {"porter"}, 5));
    people.push_back(person("gus", "Gus Lane", {"nurse"}, 5));
    people.back().contacts.clear();
    return people;
  }
  // A long day shift that ended at 20:00, so that coming would break her rest.
  static roster::Stint dees_day() {
    return {roster::PersonId{"dee"}, roster::Duty::on_duty, {}, {}, at(-14 * 60), at(-160)};
  }
  static roster::Responder person(const char* id, const char* name,
                                  const std::vector<const char*>& skills, int travel) {
    roster::Responder row;
    row.id = roster::PersonId{id};
    row.name = name;
    for (const char* skill : skills) row.skills.emplace_back(skill);
    row.role = roster::RoleId{skills.front()};
    row.travel = base::Minutes{travel};
    // Ofcom reserves this range of numbers for drama.
    row.contacts.push_back(
        {roster::ChannelId{"phone"}, "+447700900" + std::to_string(100 + id[0]), {}, {}, true});
    // For playbooks that ask for it.
    row.contacts.push_back(
        {roster::ChannelId{"threema"}, "ABCD0" + std::to_string(100 + id[0]), {}, {}, true});
    return row;
  }
};

}  // namespace tocsin::incident
