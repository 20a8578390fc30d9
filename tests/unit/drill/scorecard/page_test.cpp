#include "drill/scorecard/page.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "drill/scorecard/plot.h"
#include "drill/scorecard/scorecard.h"
#include "unit/drill/scorecard/made_up.h"
#include "unit/drill/scorecard/markup.h"

namespace tocsin::drill {
namespace {

std::vector<Experiment> compared() {
  return {summarise(made_up(5)), summarise(made_up(5, Policy::broadcast))};
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(ScorecardPage, IsWellFormedWhateverThePlaybookIsCalled) {
  const auto both = compared();
  const std::vector<Experiment> alone{both[0]};
  for (const auto& experiments : {both, alone}) {
    const std::string page = scorecard_page(experiments, "</title><script>alert('\"&");
    EXPECT_TRUE(is_well_formed(page));
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(count(page, "Resus <&>"), 0u) << "the made-up area's title is escaped too";
    EXPECT_GT(count(page, "Resus &lt;&amp;&gt;"), 0u);
    EXPECT_NE(page.find(">EXERCISE<"), std::string::npos);
  }
}

TEST(ScorecardPage, LoadsNothing) {
  const std::string page = scorecard_page(compared(), "Mass casualty");
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  static const std::regex kLoads{
      R"re((src|href|action|srcset|data)\s*=|url\(|@import|<link|<img)re"};
  std::string without = page;
  const std::string allowed = "default-src";
  without.replace(without.find(allowed), allowed.size(), "");
  EXPECT_FALSE(std::regex_search(without, kLoads));
  EXPECT_EQ(count(page, "http"), count(page, "http://www.w3.org/2000/svg") + 1)
      << "the namespace of SVG, and http-equiv";
}

TEST(ScorecardPage, ItsTableHasTheRowsOfTheText) {
  const auto both = compared();
  const std::string page = scorecard_page(both, "Mass casualty");
  for (const Row& row : score_rows(both)) {
    std::string html = "<th scope=\"row\">" + escaped(row.what) + "</th>";
    for (const std::string& value : row.values) html += "<td>" + escaped(value) + "</td>";
    EXPECT_NE(page.find(html), std::string::npos) << html;
  }
}

TEST(ScorecardPage, HasAPlotForEachAreaThatAsksForSomebody) {
  auto both = compared();
  const std::size_t plots = count(scorecard_page(both, "x"), "<svg");
  for (Experiment& experiment : both) experiment.areas[1].required = 0;
  EXPECT_EQ(count(scorecard_page(both, "x"), "<svg"), plots - 1);
  // Each says in words what it shows.
  const std::string page = scorecard_page(both, "x");
  EXPECT_EQ(count(page, "<svg role=\"img\""), count(page, "<desc>"));
}

TEST(ScorecardPage, SaysThatThereWasNoForecast) {
  auto both = compared();
  EXPECT_EQ(scorecard_page(both, "x").find("No forecast was made"), std::string::npos);
  for (Experiment& experiment : both) experiment.forecast = Calibrating{}.result();
  const std::string page = scorecard_page(both, "x");
  EXPECT_NE(page.find("No forecast was made"), std::string::npos);
  EXPECT_TRUE(is_well_formed(page));
}

// A broadcast forecasts nothing, and stands beside a policy that does.
TEST(ScorecardPage, ShowsTheForecastsOfThePolicyThatMakesThem) {
  auto both = compared();
  both[1].forecast = Calibrating{}.result();
  const std::string one = scorecard_page(both, "x");
  std::swap(both[0].forecast, both[1].forecast);
  for (const std::string& page : {one, scorecard_page(both, "x")})
    EXPECT_EQ(page.find("No forecast was made"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::drill
