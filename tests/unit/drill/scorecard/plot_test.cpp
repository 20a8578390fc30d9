#include "drill/scorecard/plot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "unit/drill/scorecard/markup.h"

namespace tocsin::drill {
namespace {

constexpr const char* kHostile = R"(</title><script>"'&amp;)";

// The points of the last path of a class, in SVG units.
std::vector<std::pair<double, double>> path_in(const std::string& svg, const std::string& of) {
  const std::size_t found = svg.rfind("<path class=\"" + of);
  if (found == std::string::npos) return {};
  const std::string path = svg.substr(found, svg.find("/>", found) - found);
  static const std::regex kPoint{R"([ML](-?[0-9.]+) (-?[0-9.]+))"};
  std::vector<std::pair<double, double>> points;
  for (std::sregex_iterator at{path.begin(), path.end(), kPoint}, end; at != end; ++at)
    points.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
  return points;
}

Plot plot_of(Range x, Range y) { return {"Title", "Words", x, y, "minutes", "people", {}}; }

TEST(Plot, TicksAreRoundAndReachTheTop) {
  base::SeededRandom random{9};
  for (int round = 0; round < 2'000; ++round) {
    const double most = std::exp(12 * random.uniform() - 3);
    const int wanted = 1 + static_cast<int>(random.below(10));
    const auto all = ticks(most, wanted);
    ASSERT_GE(all.size(), 2u);
    const double step = all[1];
    EXPECT_EQ(all[0], 0);
    for (std::size_t i = 0; i < all.size(); ++i)
      ASSERT_NEAR(all[i], static_cast<double>(i) * step, 1e-9 * most);
    EXPECT_GE(all.back(), most * (1 - 1e-6));
    EXPECT_LT(all[all.size() - 2], most);
    EXPECT_LE(all.size(), static_cast<std::size_t>(wanted) + 1) << most;
    EXPECT_GE(all.size() * 5, static_cast<std::size_t>(wanted) * 2) << most;
    const double mantissa = step / std::pow(10, std::floor(std::log10(step * (1 + 1e-9))));
    EXPECT_TRUE(std::abs(mantissa - 1) < 1e-6 || std::abs(mantissa - 2) < 1e-6 ||
                std::abs(mantissa - 5) < 1e-6)
        << step;
  }
  EXPECT_GE(ticks(0, 5).size(), 1u);
}

TEST(Plot, PointsLieInsideInOrderAndInProportion) {
  Plot plot = plot_of({0, 200}, {0, 40});
  plot.line(0, {{0, 0}, {50, 10}, {100, 20}, {200, 40}});
  const auto points = path_in(plot.svg(), "line s0");
  ASSERT_EQ(points.size(), 4u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_GT(points[i].first, 0);
    EXPECT_LT(points[i].first, 720);
    EXPECT_GT(points[i].second, 0);
    EXPECT_LT(points[i].second, 320);
    if (i == 0) continue;
    EXPECT_GT(points[i].first, points[i - 1].first) << "later is right";
    EXPECT_LT(points[i].second, points[i - 1].second) << "more is higher";
  }
  EXPECT_NEAR(points[2].first, (points[0].first + points[3].first) / 2, 0.11);
  EXPECT_NEAR(points[2].second, (points[0].second + points[3].second) / 2, 0.11);
  EXPECT_NEAR(points[1].first, (points[0].first + points[2].first) / 2, 0.11);
}

TEST(Plot, ABandGoesAlongTheTopAndBackAlongTheBottom) {
  Plot plot = plot_of({0, 10}, {0, 10});
  plot.band(1, {{0, 1}, {5, 2}, {10, 3}}, {{0, 4}, {5, 6}, {10, 8}});
  const auto points = path_in(plot.svg(), "band s1");
  ASSERT_EQ(points.size(), 6u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(points[i].first, points[5 - i].first);
    EXPECT_LT(points[i].second, points[5 - i].second) << "the upper edge is above the lower";
  }
  EXPECT_NE(plot.svg().find("Z\"/>"), std::string::npos);
}

TEST(Plot, ABarStandsOnTheAxisAndIsNeverTooThinToSee) {
  Plot plot = plot_of({0, 1'000'000}, {0, 10});
  plot.bar(0, {10, 11}, 5);
  static const std::regex kBar{
      R"re(<rect class="bar s0" x="[0-9.]+" y="([0-9.]+)" width="([0-9.]+)" height="([0-9.]+)")re"};
  static const std::regex kAxis{R"re(class="axis" d="M[0-9.]+ ([0-9.]+)H)re"};
  const std::string svg = plot.svg();
  std::smatch bar, axis;
  ASSERT_TRUE(std::regex_search(svg, bar, kBar));
  ASSERT_TRUE(std::regex_search(svg, axis, kAxis));
  EXPECT_GE(std::stod(bar[2]), 1);
  EXPECT_NEAR(std::stod(bar[1]) + std::stod(bar[3]), std::stod(axis[1]), 0.11);
}

TEST(Plot, WordsAreWordsWhateverTheyAre) {
  EXPECT_EQ(escaped("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  EXPECT_EQ(escaped("Ysbyty Gwynedd – ä"), "Ysbyty Gwynedd – ä");
  Plot plot{kHostile, kHostile, {0, 1}, {0, 1}, kHostile, kHostile, {}};
  plot.dot(0.5, 0.5, 4, kHostile);
  plot.rule({0, 0}, {1, 1});
  const std::string svg = plot.svg();
  EXPECT_TRUE(is_well_formed(svg));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_FALSE(is_well_formed("<svg><title></svg>")) << "the reader itself";
  EXPECT_FALSE(is_well_formed("<svg>1 < 2</svg>"));
}

}  // namespace
}  // namespace tocsin::drill
