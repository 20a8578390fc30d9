// The small night of unit/incident/night.h, with its seven people at work: whoever is told of a
// post walks to it. Who has which seat is said by the test; the state hears nothing of arrivals.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "drill/people/people.h"
#include "unit/drill/recorded_phones.h"
#include "unit/incident/night.h"

namespace tocsin::drill {

struct AtWork {
  static roster::Rota all_on_duty(const roster::Roster& roster) {
    std::vector<roster::Stint> stints;
    for (const auto& person : roster.responders())
      stints.push_back({person.id,
                        roster::Duty::on_duty,
                        {},
                        {},
                        incident::kDeclared - std::chrono::hours{1},
                        incident::kDeclared + std::chrono::hours{12}});
    return {1, std::move(stints), {}};
  }

  // Gives somebody a seat of a post and tells them.
  void seat(int minute, const char* who, const char* post, std::uint64_t slot = 0) {
    night.happens(minute, incident::Assigned{incident::PersonId{who}, incident::PostId{post}, slot,
                                             incident::at(minute), "a test"});
    people.hear(night.index(who), notice_of(playbook::MessageKind::assigned), incident::at(minute));
  }
  void live_until(base::Instant end) {
    while (people.next() && *people.next() <= end) people.act(*people.next());
  }

  incident::Night night;
  RecordedPhones phones;
  // With this seed everybody who is sent to a post turns up.
  People people{night.state.roster,
                all_on_duty(night.state.roster),
                incident::kDeclared,
                seal::Realness::exercise,
                {},
                phones,
                base::SeededRandom{1},
                {}};
};

}  // namespace tocsin::drill
