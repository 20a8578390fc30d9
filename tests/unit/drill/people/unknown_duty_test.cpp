// A hospital whose rota has ended must not wake two thirds of its staff: the first wave has about
// the size that it would have by a current rota.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "drill/people/synthetic.h"
#include "incident/loop/plan.h"
#include "playbook/reading/read.h"

namespace tocsin::drill {
namespace {

const base::Instant kNow = *base::from_rfc3339("2026-11-29T22:40:00Z");

incident::Plan plan_for(const Staff& staff, const roster::Rota& rota) {
  base::SeededRandom random{9};
  incident::Declared declared;
  declared.incident = seal::random_message_id(random);
  declared.label = "PLAN";
  declared.playbook_file = "playbooks/mass-casualty.yaml";
  declared.playbook = base::read_file(declared.playbook_file, 1'000'000);
  std::vector<incident::Body> events;
  events.emplace_back(std::move(declared));
  events.emplace_back(incident::RosterTaken{roster::encode(staff.roster), roster::encode(rota)});
  return incident::make_plan(std::move(events), kNow, random);
}

roster::Rota moved(const roster::Rota& rota, std::chrono::days back) {
  std::vector<roster::Stint> stints = rota.planned();
  for (roster::Stint& stint : stints) {
    stint.from -= back;
    stint.until -= back;
  }
  return {rota.revision(), std::move(stints), {}};
}

int placed(const incident::Plan& plan) {
  return static_cast<int>(std::count_if(
      plan.state.people.begin(), plan.state.people.end(),
      [](const incident::Person& person) { return person.status == incident::Status::assigned; }));
}

TEST(UnknownDuty, AFirstWaveIsAboutThatOfACurrentRota) {
  const auto book = playbook::read_playbook(
      base::read_file("playbooks/mass-casualty.yaml", 1'000'000), "mass-casualty.yaml");
  for (const std::uint64_t seed : {1U, 2U}) {
    const Staff staff = synthesise(book.playbook, 1'200, kNow, base::SeededRandom{seed});
    const incident::Plan current = plan_for(staff, staff.rota);
    ASSERT_FALSE(current.waves.empty());
    const double usual = static_cast<double>(current.waves[0].people.size());
    EXPECT_GT(placed(current), 100);
    // 44 weeks ago to the hour, and ten months ago on another day of the week.
    for (const std::chrono::days ago : {std::chrono::days{308}, std::chrono::days{304}}) {
      const incident::Plan ended = plan_for(staff, moved(staff.rota, ago));
      EXPECT_EQ(placed(ended), 0) << "nobody of unknown duty is placed unasked";
      ASSERT_FALSE(ended.waves.empty());
      const double asked = static_cast<double>(ended.waves[0].people.size());
      RecordProperty("asked", static_cast<int>(asked));
      EXPECT_LT(asked, 1.4 * usual) << "seed " << seed << ", " << ago.count() << " days ago";
      EXPECT_GT(asked, 0.7 * usual) << "seed " << seed << ", " << ago.count() << " days ago";
    }
  }
}

}  // namespace
}  // namespace tocsin::drill
