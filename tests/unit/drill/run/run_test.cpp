#include "drill/run/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "unit/drill/small.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::drill {
namespace {

using base::Minutes;

// A real relay says when a device has taken a message, and drops a second copy of an answer. What
// counts these differs, and nothing else.
TEST(Run, LiveAndInMemoryTellTheSame) {
  const home::TemporaryFolder folder;
  Settings live = small_settings(14);
  live.path = Path::live;
  live.folder = folder.path();
  nlohmann::json real = told_by(play(live));
  nlohmann::json simulated = told_by(play(small_settings(14)));
  EXPECT_GT(simulated.at("people").at("called"), 0);
  EXPECT_GE(real["people"]["reached"], simulated["people"]["reached"]);
  for (nlohmann::json* one : {&real, &simulated}) {
    one->erase("journal");
    one->at("people").erase("reached");
    one->at("messages").erase("duplicates");
  }
  EXPECT_EQ(real, simulated);
}

TEST(Run, ASeedTellsTheSameAndAnotherSeedSomethingElse) {
  Settings settings = small_settings(60);
  const Report first = play(settings);
  const Report again = play(settings);
  EXPECT_EQ(told_by(first), told_by(again));
  EXPECT_EQ(first.head, again.head);
  settings.seed = 41;
  const Report other = play(settings);
  EXPECT_NE(told_by(first).at("people"), told_by(other).at("people"));
  EXPECT_EQ(other.exercise, "EX-41");
}

// Until an hour after the last seat is due, which is that of the relief.
TEST(Run, ProgressRisesToTheEnd) {
  Minutes last{0}, length{0};
  const Report report = run(small_playbook(), small_settings(40), [&](Minutes done, Minutes all) {
    EXPECT_GE(done, last);
    EXPECT_LE(done, all);
    last = done;
    length = all;
  });
  Minutes due{0};
  for (const PostResult& post : report.post_results) due = std::max(due, post.by);
  EXPECT_EQ(length, due + Minutes{60});
  EXPECT_GT(last, Minutes{90});
  EXPECT_GE(report.minutes, last);
  EXPECT_LE(report.minutes, length);
}

TEST(Run, ABroadcastDisturbsInterruptsAndCrowds) {
  const Report broadcast = play(small_settings(200, Policy::broadcast));
  const Report measured = play(small_settings(200));
  // Stream 1 of the seed makes the drill's staff.
  const Settings settings = small_settings(200);
  const Staff staff = synthesise(small_playbook(), settings.staff, settings.at,
                                 base::SeededRandom{settings.seed}.fork(1));
  std::vector<incident::PersonIndex> off_duty;
  for (incident::PersonIndex p = 0; p < staff.roster.size(); ++p) {
    const roster::Duty duty = staff.rota.duty_of(staff.roster[p].id, settings.at);
    if (duty == roster::Duty::off || duty == roster::Duty::on_call) off_duty.push_back(p);
  }
  EXPECT_EQ(broadcast.asked, off_duty);
  EXPECT_LT(measured.asked.size(), off_duty.size());
  EXPECT_GT(broadcast.surplus_arrivals, measured.surplus_arrivals);
  EXPECT_GT(broadcast.people.arrived, measured.people.arrived);
  EXPECT_GT(broadcast.interruptions, measured.interruptions);
  EXPECT_GE(broadcast.yield_later.able, broadcast.yield_later.would_come);
  // Both policies have the same people.
  EXPECT_GT(broadcast.yield_later.would_come, 0);
  EXPECT_EQ(broadcast.yield_later.able, measured.yield_later.able);
  EXPECT_EQ(broadcast.yield_later.would_come, measured.yield_later.would_come);
  EXPECT_EQ(broadcast.yield_sooner.would_come, measured.yield_sooner.would_come);
}

// Nobody at home notices a message, and no number is picked up: what happens is what the loop wakes
// up for.
TEST(Run, GoesOnWhenNobodyDoesAnything) {
  Settings settings = small_settings(12);
  settings.belief = 0;
  const Report report = play(settings);
  ASSERT_EQ(report.people.offers, 0) << "choose another seed";
  EXPECT_GT(report.messages.sent, static_cast<std::size_t>(report.people.called)) << "reminders";
  EXPECT_GT(report.minutes, Minutes{7 * 60}) << "until the relief is due";
}

// Two operators ring one number a minute each.
TEST(Run, TheSwitchboardRingsNoFasterThanItsOperators) {
  std::string text = kSmallPlaybook;
  text.replace(text.find("[relay, phone]"), 14, "[phone]");
  const playbook::Playbook by_phone = playbook_of(text);
  const Report report = play(small_settings(80), by_phone);
  EXPECT_GT(report.people.replied, 0);
  for (const Look& look : report.looks)
    EXPECT_LE(look.replies - report.people.offers, 2 * (look.at.count() + 1)) << look.at.count();
}

// Forecasts that guess 50 % for everything have a Brier score of 0.25.
TEST(Run, ItsForecastsAreBetterThanGuessing) {
  Calibrating all;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Settings settings = small_settings(60);
    settings.seed = seed;
    all.add(play(settings).forecasts);
  }
  EXPECT_GT(all.result().n, 50u);
  EXPECT_LT(all.result().brier, 0.25);
}

}  // namespace
}  // namespace tocsin::drill
