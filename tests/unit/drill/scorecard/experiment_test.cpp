#include "drill/scorecard/experiment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "unit/drill/scorecard/made_up.h"

namespace tocsin::drill {
namespace {

constexpr int kRuns = 21;  // odd, so that a median is one of the runs

class ExperimentTest : public testing::Test {
 protected:
  const std::vector<Report> reports = made_up(kRuns);
  const Experiment experiment = summarise(reports);

  template <class Of>
  double mean(Of of) const {
    double sum = 0;
    for (const Report& report : reports) sum += static_cast<double>(of(report));
    return sum / kRuns;
  }
  template <class Of>
  double median(Of of) const {
    std::vector<int> values;
    for (const Report& report : reports) values.push_back(of(report));
    std::sort(values.begin(), values.end());
    return values[kRuns / 2];
  }
};

TEST_F(ExperimentTest, SharesAreWhatCountingTheReportsFinds) {
  std::map<playbook::Priority, int> all_on_time;
  int first_shift = 0, relief = 0, held = 0, possible = 0, both = 0;
  for (const Report& report : reports) {
    std::map<playbook::Priority, bool> on_time{{1, true}, {2, true}, {3, true}};
    bool is_held = true, is_first = true;
    for (const PostResult& post : report.post_results) {
      const bool is_on_time = post.seats.on_time == post.seats.required;
      if (post.relief) {
        is_held = is_held && post.held == post.seats.required;
      } else {
        on_time[post.priority] = on_time[post.priority] && is_on_time;
        is_first = is_first && is_on_time;
      }
    }
    for (const auto& [priority, is_all] : on_time) all_on_time[priority] += is_all ? 1 : 0;
    const bool is_filled = report.relief.filled == report.relief.required;
    first_shift += is_first ? 1 : 0;
    relief += is_filled ? 1 : 0;
    held += is_held ? 1 : 0;
    possible += report.hindsight.relief_filled ? 1 : 0;
    both += report.hindsight.relief_filled && is_filled ? 1 : 0;
  }
  ASSERT_EQ(experiment.priorities.size(), 3u);
  for (const PriorityResult& result : experiment.priorities)
    EXPECT_DOUBLE_EQ(result.share_all_on_time * kRuns, all_on_time[result.priority]);
  EXPECT_DOUBLE_EQ(experiment.share_all_on_time * kRuns, first_shift);
  EXPECT_DOUBLE_EQ(experiment.relief_filled_share * kRuns, relief);
  EXPECT_DOUBLE_EQ(experiment.relief_held_share * kRuns, held);
  EXPECT_DOUBLE_EQ(experiment.relief_possible_share * kRuns, possible);
  ASSERT_GT(both, 0);
  EXPECT_DOUBLE_EQ(experiment.relief_filled_of_possible, static_cast<double>(both) / possible);
  EXPECT_NEAR(experiment.asked.mean, mean([](const auto& r) { return r.people.called; }), 1e-9);
  EXPECT_NEAR(experiment.seats_filled.mean, mean([](const auto& r) { return r.posts.filled; }),
              1e-9);
  const nlohmann::json json = to_json(experiment);
  EXPECT_NEAR(json.at("share_all_priority1_on_time"), all_on_time[1] / double{kRuns}, 1e-6);
  EXPECT_NEAR(json.at("possible").at("relief_filled"), possible / double{kRuns}, 1e-6);
  EXPECT_EQ(json.at("runs"), kRuns);
}

TEST_F(ExperimentTest, ThePostsAtRiskAreThoseMissedWorstFirst) {
  std::map<std::string, std::pair<int, int>> missed;  // runs, seats
  for (const Report& report : reports)
    for (const PostResult& post : report.post_results) {
      const int short_by = post.seats.required - post.seats.on_time;
      if (post.relief || short_by == 0) continue;
      ++missed[post.id].first;
      missed[post.id].second += short_by;
    }
  ASSERT_GT(missed.size(), 2u);
  ASSERT_EQ(experiment.at_risk.size(), missed.size());
  for (std::size_t i = 0; i < experiment.at_risk.size(); ++i) {
    const AtRisk& post = experiment.at_risk[i];
    EXPECT_NEAR(post.share_missed * kRuns, missed[post.post].first, 1e-9) << post.post;
    EXPECT_NEAR(post.seats_missed * kRuns, missed[post.post].second, 1e-9) << post.post;
    if (i > 0) {
      EXPECT_LE(post.share_missed, experiment.at_risk[i - 1].share_missed + 1e-12);
    }
  }
}

TEST_F(ExperimentTest, TheBurdenCountsEachPersonOverAllRuns) {
  std::vector<double> times(kMadeUpStaff, 0);
  for (const Report& report : reports)
    for (const incident::PersonIndex person : report.asked) ++times[person];
  std::sort(times.begin(), times.end());
  EXPECT_DOUBLE_EQ(experiment.burden_most, times.back());
  EXPECT_DOUBLE_EQ(experiment.burden_p50, times[kMadeUpStaff / 2]);
  EXPECT_GT(experiment.burden_most, experiment.burden_p50);
}

// As many people as a caller would ask who hears each answer at once: of 20 able people 5 would
// come, so four are asked for each seat.
TEST_F(ExperimentTest, AskedPerNeedIsMeasuredAgainstWhoWouldCome) {
  Report report = make_up(1);
  report.post_results.resize(1);
  report.looks.clear();
  report.post_results[0].from_off_duty = 3;
  report.post_results[0].asked = 18;
  report.yield_sooner = {20, 5};
  const Experiment one = summarise(std::vector{report, report});
  EXPECT_DOUBLE_EQ(one.sooner.need.mean, 3);
  EXPECT_DOUBLE_EQ(one.sooner.yield, 0.25);
  EXPECT_DOUBLE_EQ(one.sooner.ratio, 18.0 / (3 * 4));
  EXPECT_DOUBLE_EQ(one.later.ratio, 0) << "nothing was needed";
}

TEST_F(ExperimentTest, CurvesAreTheMedianRunAtEachLook) {
  ASSERT_EQ(experiment.areas.size(), 2u);
  const std::size_t looks = reports.front().looks.size();
  ASSERT_EQ(experiment.replies.at.size(), looks);
  for (std::size_t i = 0; i < looks; ++i) {
    EXPECT_DOUBLE_EQ(experiment.replies.median[i],
                     median([&](const Report& r) { return r.looks[i].replies; }));
    EXPECT_LE(experiment.replies.p5[i], experiment.replies.median[i]);
    EXPECT_GE(experiment.replies.p95[i], experiment.replies.median[i]);
    // Resus has the even posts, of which 6 is of the relief; nobody counts beyond the seats.
    EXPECT_DOUBLE_EQ(experiment.areas[0].median[i], median([&](const Report& r) {
                       const auto& present = r.looks[i].present;
                       return std::min(present[0], 2) + std::min(present[2], 4) +
                              std::min(present[4], 6);
                     }));
  }
  EXPECT_EQ(experiment.areas[0].required, 2 + 4 + 6);
  EXPECT_EQ(experiment.areas[1].required, 3 + 5);
}

TEST_F(ExperimentTest, TheOrderOfTheRunsDoesNotMatterButForItsName) {
  std::vector<Report> backwards{reports.rbegin(), reports.rend()};
  nlohmann::json one = to_json(experiment);
  nlohmann::json other = to_json(summarise(backwards));
  for (const char* name : {"exercise", "seed"}) {
    EXPECT_NE(one.at(name), other.at(name));
    one.erase(name);
    other.erase(name);
  }
  EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace tocsin::drill
