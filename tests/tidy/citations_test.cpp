#include "tidy/citations.h"

#include <gtest/gtest.h>

#include "tidy/tree.h"

namespace tocsin::tidy {
namespace {

constexpr std::string_view kReadme = "# lib\n\n## Shape\n\n## Rules\n\n1. Ask.\n10. Drill.\n";
// In halves, so that this file passes the rule that it tests.
const std::string kPaper = std::string{"lib/README"} + ".md, ";
const std::string kSection = std::string{"\xC2"} + "\xA7";

std::size_t count_of(std::string_view text) { return citations("lib/a.h", text, kReadme).size(); }

TEST(Citations, NameASectionOrARuleThatThereIs) {
  EXPECT_EQ(count_of("// The arrows (" + kPaper + "Shape).\n"), 0u);
  EXPECT_EQ(count_of("// The arrows (" + kPaper + "Shapes).\n"), 1u);
  EXPECT_EQ(count_of("// Ask enough (" + kPaper + "rule 1): not all.\n"), 0u);
  EXPECT_EQ(count_of("  // the live path (" + kPaper + "rule\n  // 10).\n"), 0u);
  EXPECT_EQ(count_of("// The rules of " + kPaper + "checked here.\n"), 0u);
  EXPECT_EQ(count_of("# the live path (" + kPaper + "rule 11)\n"), 1u);
}

TEST(Citations, GiveSectionsOfRfcsOnly) {
  EXPECT_EQ(count_of("// Labels of RFC 9180, " + kSection + "4.\n"), 0u);
  EXPECT_EQ(count_of("// As the design says (" + kSection + "4).\n"), 1u);
  EXPECT_EQ(citations("lib/a.h", "\n\n// " + kSection + "8\n", kReadme).at(0).line, 3);
}

TEST(Citations, OfTheProjectAreSound) {
  const std::string readme = text_of("lib/README.md");
  Breaches all;
  for (const File& file : files_under({"lib", "cli", "tests"}))
    for (Breach& breach : citations(file.path, file.text, readme)) all.push_back(std::move(breach));
  EXPECT_TRUE(all.empty()) << listing(all);
}

}  // namespace
}  // namespace tocsin::tidy
