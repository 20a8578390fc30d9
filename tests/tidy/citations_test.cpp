#include "tidy/citations.h"

#include <gtest/gtest.h>

#include <filesystem>

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

TEST(Citations, NamePagesOfTheManualThatThereAre) {
  const Paths files{"man/tocsin-relay.5", "man/tocsin.1"};
  const std::string relay = "tocsin-relay";
  EXPECT_TRUE(cited_pages("lib/a.h", "// " + relay + "(5), tocsin(1)", files).empty());
  EXPECT_EQ(cited_pages("lib/a.h", "// " + relay + "(7)", files).size(), 1u);
}

TEST(Citations, NameFilesThatThereAre) {
  const Paths files{"lib/seal/key.h", "tests/unit/seal/key_test.cpp", "cli/main.cpp"};
  EXPECT_TRUE(
      named_paths("README.md",
                  "`cli/main.cpp` `seal/key.h` `seal/key_test.cpp` `seal/NAME.h` `seal` `a.h`",
                  files)
          .empty());
  const Breaches breaches = named_paths("README.md", "x\n`seal/lock.h`\n", files);
  ASSERT_EQ(breaches.size(), 1u);
  EXPECT_EQ(breaches.front().line, 2);
}

Paths project_files() {
  Paths files;
  for (const char* folder : {"lib", "cli", "tests", "man", "playbooks", ".ci"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
      if (entry.is_regular_file()) files.insert(entry.path().generic_string());
  return files;
}

TEST(Citations, OfTheProjectAreSound) {
  const std::string readme = text_of("lib/README.md");
  const Paths files = project_files();
  Breaches all;
  const auto add = [&](Breaches found) {
    for (Breach& breach : found) all.push_back(std::move(breach));
  };
  for (const File& file : files_under({"lib", "cli", "tests"})) {
    add(citations(file.path, file.text, readme));
    add(cited_pages(file.path, file.text, files));
  }
  for (const char* paper :
       {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "lib/README.md", "tests/README.md"}) {
    add(cited_pages(paper, text_of(paper), files));
    add(named_paths(paper, text_of(paper), files));
  }
  EXPECT_TRUE(all.empty()) << listing(all);
}

}  // namespace
}  // namespace tocsin::tidy
