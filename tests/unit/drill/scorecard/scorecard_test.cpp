#include "drill/scorecard/scorecard.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "unit/drill/scorecard/made_up.h"

namespace tocsin::drill {
namespace {

std::vector<Experiment> both_policies() {
  return {summarise(made_up(9)), summarise(made_up(9, Policy::broadcast))};
}

std::vector<std::string> lines_of_text(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Scorecard, HasEachRowOnALineWithItsValuesInOrder) {
  const auto experiments = both_policies();
  const auto lines = lines_of_text(scorecard(experiments));
  const auto rows = score_rows(experiments);
  EXPECT_GT(rows.size(), 10u);
  std::size_t at = 0;
  for (const Row& row : rows) {
    ASSERT_EQ(row.values.size(), 2u) << row.what;
    while (at < lines.size() && !lines[at].starts_with("  " + row.what)) ++at;
    ASSERT_LT(at, lines.size()) << row.what;
    const std::size_t first = lines[at].find(row.values[0], row.what.size());
    ASSERT_NE(first, std::string::npos) << lines[at];
    EXPECT_NE(lines[at].find(row.values[1], first + row.values[0].size()), std::string::npos);
  }
}

TEST(Scorecard, TwoPoliciesFitATerminal) {
  auto experiments = both_policies();
  for (Experiment& experiment : experiments) {
    experiment.staff = 100'000;
    experiment.asked = {12'345, 11'111, 13'333};
    experiment.at_risk.assign(20, {std::string(200, 'x'), 1, 1, 123.45});
  }
  const std::string text = scorecard(experiments);
  EXPECT_TRUE(text.ends_with('\n'));
  for (const std::string& line : lines_of_text(text))
    if (!line.starts_with("People behave after")) {
      EXPECT_LE(line.size(), 80u) << line;
    }
  EXPECT_NE(text.find("12345 (11111-13333)"), std::string::npos);
}

TEST(Scorecard, ShowsTheWorstPostsOfEachPolicyAndNotAll) {
  auto experiments = both_policies();
  experiments[0].at_risk.clear();
  experiments[1].at_risk.clear();
  EXPECT_EQ(scorecard(experiments).find("Most often short"), std::string::npos);
  for (int i = 0; i < 20; ++i)
    experiments[1].at_risk.push_back({"post-" + std::to_string(i) + ".", 1, 0.5, 1});
  const std::string text = scorecard(experiments);
  EXPECT_NE(text.find("Most often short or late, broadcast"), std::string::npos);
  EXPECT_EQ(text.find("late, measured"), std::string::npos);
  std::size_t shown = 0;
  while (text.find("post-" + std::to_string(shown) + ".") != std::string::npos) ++shown;
  EXPECT_EQ(shown, 8u) << "the first eight";
  EXPECT_EQ(text.find("post-8."), std::string::npos);
}

TEST(Scorecard, SaysWhenPeopleAreReachedMoreOftenThanPublished) {
  auto experiments = both_policies();
  EXPECT_EQ(scorecard(experiments).find("as often as published"), std::string::npos);
  for (Experiment& experiment : experiments) experiment.belief = 1.5;
  EXPECT_NE(scorecard(experiments).find("reached 1.5 times as often as published"),
            std::string::npos);
}

}  // namespace
}  // namespace tocsin::drill
