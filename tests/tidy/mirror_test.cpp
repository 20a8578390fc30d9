// The mirror, given what breaks it, and the project's own.
#include "tidy/mirror.h"

#include <gtest/gtest.h>

#include "tidy/tree.h"

namespace tocsin::tidy {
namespace {

std::vector<File> named(const std::vector<std::string>& paths) {
  std::vector<File> files;
  for (const std::string& path : paths) files.push_back({path, ""});
  return files;
}

TEST(Mirror, AUnitHasATestOfItsOwnName) {
  const auto tested = named({"lib/seal/key.h", "lib/seal/key.cpp", "tests/unit/seal/key_test.cpp"});
  EXPECT_TRUE(untested(tested).empty());
  const auto untested_source = named({"lib/seal/key.h", "lib/seal/key.cpp"});
  const auto breaches = untested(untested_source);
  ASSERT_EQ(breaches.size(), 1u);
  EXPECT_EQ(breaches[0].path, "lib/seal/key.cpp");
  EXPECT_EQ(breaches[0].what, "has no test: tests/unit/seal/key_test.cpp");
  EXPECT_EQ(untested(named({"lib/seal/key.cpp", "tests/unit/home/key_test.cpp"})).size(), 1u)
      << "a test in another folder";
  EXPECT_TRUE(untested(named({"lib/seal/key.h", "cli/main.cpp"})).empty())
      << "a header alone, and what is not in lib";
}

TEST(Mirror, SourcesOfOneHeaderAreOneUnit) {
  EXPECT_TRUE(untested(named({"lib/incident/state/state.h", "lib/incident/state/state.cpp",
                              "lib/incident/state/state_seats.cpp",
                              "tests/unit/incident/state/state_test.cpp"}))
                  .empty());
  EXPECT_EQ(untested(named({"lib/roster/rota/rota.h", "lib/roster/rota/rota.cpp",
                            "lib/roster/rota/rota_import.h", "lib/roster/rota/rota_import.cpp",
                            "tests/unit/roster/rota/rota_test.cpp"}))
                .size(),
            1u);
}

TEST(Tree, TestsMirrorTheLibrary) {
  const Breaches all = untested(files_under({"lib", "tests/unit"}));
  EXPECT_TRUE(all.empty()) << listing(all);
}

}  // namespace
}  // namespace tocsin::tidy
