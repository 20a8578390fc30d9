#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "drill/people/broadcast.h"
#include "drill/people/synthetic.h"
#include "drill/run/repeat.h"
#include "drill/scorecard/experiment.h"
#include "drill/scorecard/scorecard.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/bounds.h"

namespace tocsin::drill {
namespace {

const playbook::Playbook& mass_casualty() {
  static const playbook::Playbook loaded = [] {
    const std::string file = "playbooks/mass-casualty.yaml";
    document::Findings findings;
    return *playbook::read_sound_playbook(base::read_file(file, playbook::kLargestPlaybook), file,
                                          findings);
  }();
  return loaded;
}

Settings settings_for(Policy policy, std::size_t staff) {
  Settings settings;
  settings.playbook_file = "mass-casualty.yaml";
  settings.staff = staff;
  settings.seed = 40;
  settings.path = Path::in_memory;
  settings.at = *base::from_rfc3339("2026-01-10T22:40:00Z");
  settings.policy = policy;
  return settings;
}

Report run_one(const Settings& settings) {
  return run(mass_casualty(), settings, [](base::Minutes, base::Minutes) {});
}

nlohmann::json without_the_clock(const Report& report) {
  nlohmann::json json = to_json(report);
  json.erase("wall_seconds");
  return json;
}

std::vector<Report> runs_on(unsigned threads, Policy policy) {
  return repeat(mass_casualty(), settings_for(policy, 150), 5, threads, [](int, int) {});
}

TEST(Repeat, IsTheSameOnAnyNumberOfThreads) {
  const auto one = runs_on(1, Policy::measured);
  const auto four = runs_on(4, Policy::measured);
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].seed, 40 + i);
    EXPECT_EQ(without_the_clock(one[i]), without_the_clock(four[i]));
    EXPECT_EQ(one[i].asked, four[i].asked);
  }
  EXPECT_EQ(to_json(summarise(one)), to_json(summarise(four)));
  // One of many runs gives the same result as when it runs alone.
  Settings alone = settings_for(Policy::measured, 150);
  alone.seed = 43;
  EXPECT_EQ(without_the_clock(run_one(alone)), without_the_clock(one[3]));
}

TEST(Repeat, AFaultInOneRunEndsThemAll) {
  Settings settings = settings_for(Policy::measured, 20);
  settings.path = Path::live;
  settings.folder = "/dev/null/nowhere";
  EXPECT_ANY_THROW(repeat(mass_casualty(), settings, 3, 2, [](int, int) {}));
}

// Computes from the roster and the rota alone who may be asked.
TEST(Broadcast, AsksEverybodyOffDutyAndNobodyElse) {
  const Settings settings = settings_for(Policy::broadcast, 400);
  const Report report = run_one(settings);
  // Stream 1 of the seed makes the drill's staff.
  const Staff staff = synthesise(mass_casualty(), settings.staff, settings.at,
                                 base::SeededRandom{settings.seed}.fork(1));
  std::set<incident::PersonIndex> off_duty;
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const roster::Duty duty = staff.rota.duty_of(staff.roster[p].id, settings.at);
    if (staff.roster[p].is_active() && (duty == roster::Duty::off || duty == roster::Duty::on_call))
      off_duty.insert(static_cast<incident::PersonIndex>(p));
  }
  EXPECT_EQ(std::set<incident::PersonIndex>(report.asked.begin(), report.asked.end()), off_duty);
  // More than the playbook's limits allow.
  EXPECT_GT(report.asked.size(), 200u);
}

TEST(Broadcast, EverybodyWhoSaysYesComesAndOffersInterrupt) {
  const Report broadcast = run_one(settings_for(Policy::broadcast, 400));
  const Report measured = run_one(settings_for(Policy::measured, 400));
  EXPECT_GT(broadcast.surplus_arrivals, measured.surplus_arrivals);
  EXPECT_GT(broadcast.people.arrived, measured.people.arrived);
  EXPECT_GT(broadcast.interruptions, measured.interruptions);
  EXPECT_GE(broadcast.yield_later.able, broadcast.yield_later.would_come);
  // Both policies have the same people.
  EXPECT_EQ(broadcast.yield_later.able, measured.yield_later.able);
  EXPECT_EQ(broadcast.yield_later.would_come, measured.yield_later.would_come);
  EXPECT_EQ(broadcast.yield_sooner.would_come, measured.yield_sooner.would_come);
}

class NoPhones final : public Phones {
 public:
  std::vector<device::Message> fetch(std::size_t, base::Instant) override { return {}; }
  void send(std::size_t, const seal::Header&, const incident::Reply&) override { ++sent; }
  int sent = 0;
};

TEST(People, AreTheSameUnderBothPolicies) {
  const Settings settings = settings_for(Policy::measured, 300);
  const Staff staff =
      synthesise(mass_casualty(), settings.staff, settings.at, base::SeededRandom{1});
  NoPhones phones;
  const auto people = [&](Policy policy) {
    return People{staff.roster, staff.rota, settings.at,           seal::Realness::exercise,
                  {},           phones,     base::SeededRandom{2}, {policy, 1.0}};
  };
  People measured = people(Policy::measured);
  People broadcast = people(Policy::broadcast);
  // Drawing for one run changes nobody's random numbers.
  for (std::size_t p = 0; p < 100; ++p) measured.pick_up(p, settings.at);
  measured.act(settings.at + base::Minutes{300});
  EXPECT_GT(phones.sent, 0);
  for (std::size_t p = 0; p < staff.roster.size(); ++p)
    ASSERT_EQ(measured.night(p), broadcast.night(p)) << p;
}

TEST(Experiment, SharesAreWhatCountingTheReportsFinds) {
  const auto reports = runs_on(2, Policy::broadcast);
  const Experiment experiment = summarise(reports);
  int first = 0;
  double asked = 0;
  int relief = 0;
  for (const Report& report : reports) {
    bool all = true;
    for (const PostResult& post : report.post_results)
      all = all && (post.relief || post.priority != 1 || post.seats.on_time == post.seats.required);
    first += all ? 1 : 0;
    asked += report.people.called / 5.0;
    relief += report.relief.filled == report.relief.required ? 1 : 0;
  }
  const nlohmann::json json = to_json(experiment);
  EXPECT_DOUBLE_EQ(json.at("share_all_priority1_on_time"), first / 5.0);
  EXPECT_NEAR(json.at("asked").at("mean"), asked, 1e-6);
  EXPECT_DOUBLE_EQ(json.at("relief_filled_share"), relief / 5.0);
  EXPECT_EQ(json.at("runs"), 5);
  int possible = 0;
  for (const Report& report : reports) possible += report.hindsight.relief_filled ? 1 : 0;
  EXPECT_DOUBLE_EQ(json.at("possible").at("relief_filled"), possible / 5.0);
  EXPECT_EQ(json.at("policy"), "broadcast");
  EXPECT_FALSE(json.at("forecast").at("bins").empty());
  EXPECT_LT(json.at("forecast").at("brier").get<double>(), 0.25);  // guessing 50 % gives 0.25
}

TEST(Hindsight, SaysWhatTheStaffOfANightCouldHaveDone) {
  const auto hindsight_of = [](std::size_t staff) {
    Settings settings = settings_for(Policy::measured, staff);
    settings.looks_back = true;
    return run_one(settings).hindsight;
  };
  const Hindsight few = hindsight_of(60);  // fewer than there are seats
  EXPECT_FALSE(few.first_on_time);
  EXPECT_FALSE(few.relief_filled);
  const Hindsight plenty = hindsight_of(8'000);
  EXPECT_TRUE(plenty.first_on_time);
  EXPECT_TRUE(plenty.relief_filled);
}

// The sums over areas and over posts are the same.
TEST(Report, AreasAndPostsAddUp) {
  const Report report = run_one(settings_for(Policy::measured, 400));
  Filled by_post, by_area;
  for (const PostResult& post : report.post_results) {
    EXPECT_LE(post.seats.filled, post.seats.required);
    EXPECT_LE(post.seats.on_time, post.seats.required);
    EXPECT_GE(post.from_off_duty, 0);
    if (post.relief) continue;
    by_post.required += post.seats.required;
    by_post.on_time += post.seats.on_time;
  }
  for (const AreaResult& area : report.areas) {
    by_area.required += area.posts.required;
    by_area.on_time += area.posts.on_time;
  }
  EXPECT_EQ(by_post.required, report.posts.required);
  EXPECT_EQ(by_area.required, report.posts.required);
  EXPECT_EQ(by_post.on_time, report.posts.on_time);
  EXPECT_EQ(by_area.on_time, report.posts.on_time);
}

}  // namespace
}  // namespace tocsin::drill
