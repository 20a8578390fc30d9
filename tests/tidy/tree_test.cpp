// Applies the rules to the project itself.
#include "tidy/tree.h"

#include <gtest/gtest.h>

#include <regex>

#include "tidy/rules.h"
#include "tidy/shape.h"

namespace tocsin::tidy {
namespace {

void expect_none(const Breaches& all) { EXPECT_TRUE(all.empty()) << listing(all); }

using Rule = Breaches (*)(std::string_view path, std::string_view text);

Breaches broken(Rule rule, const std::vector<std::string>& folders, std::string_view ending) {
  const auto files = files_under(folders);
  EXPECT_GT(files.size(), 20u) << "these tests run in the project's folder";
  Breaches all;
  for (const File& file : files)
    if (file.path.ends_with(ending))
      for (Breach& breach : rule(file.path, file.text)) all.push_back(std::move(breach));
  return all;
}

TEST(Tree, ArrowsPointDown) { expect_none(broken(arrows, {"lib", "cli"}, "")); }
TEST(Tree, IncludesGoInNoCircle) { expect_none(circles(files_under({"lib", "cli"}))); }
TEST(Tree, TargetsDependDownwards) { expect_none(broken(cmake_arrows, {"lib"}, "CMakeLists.txt")); }
TEST(Tree, ForeignHeadersStayHome) { expect_none(broken(foreign_headers, {"lib", "cli"}, "")); }
TEST(Tree, HeavyHeadersStayInside) { expect_none(heavy_headers(files_under({"lib", "cli"}))); }
TEST(Tree, SqlStaysInStores) { expect_none(broken(sql, {"lib", "cli"}, "")); }
TEST(Tree, ClockAndChanceAreHandedDown) { expect_none(broken(clocks, {"lib", "cli"}, "")); }
TEST(Tree, KeepsItsHabits) { expect_none(broken(habits, {"lib", "cli", "tests"}, "")); }

TEST(Tree, PackagesAreOnTheOneList) {
  const std::string list = text_of("cli/packages.txt");
  Breaches all = unlisted_packages(text_of("CMakeLists.txt"), list);
  for (const File& file : files_under({"lib", "cli", "tests"}))
    if (file.path.ends_with("CMakeLists.txt"))
      for (Breach& breach : unlisted_packages(file.text, list)) {
        breach.path = file.path;
        all.push_back(std::move(breach));
      }
  expect_none(all);
}

// Every test that tocsin-security(7) names for a claim must exist.
TEST(Tree, ClaimsOfSecurityNameTestsThatThereAre) {
  std::string tests;
  for (const File& file : files_under({"tests"})) tests += file.text;
  const std::string page = text_of("man/tocsin-security.7");
  static const std::regex kName{R"(\b([A-Z][A-Za-z]+)\.([A-Z][A-Za-z]{8,})\b)"};
  int claims = 0;
  for (std::sregex_iterator at{page.begin(), page.end(), kName}, end; at != end; ++at, ++claims) {
    const std::string named = (*at)[1].str() + ", " + (*at)[2].str() + ")";
    EXPECT_NE(tests.find(named), std::string::npos) << at->str();
  }
  EXPECT_GT(claims, 20);
}

TEST(Tree, TopLevelHoldsOnlyWhatBelongsThere) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{"."})
    names.push_back(entry.path().filename().string());
  expect_none(top_level(names));
}

}  // namespace
}  // namespace tocsin::tidy
