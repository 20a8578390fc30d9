// Each rule is given a file that breaks it, to prove that the rule finds the breach.
#include "tidy/rules.h"

#include <gtest/gtest.h>

#include "tidy/manual.h"
#include "tidy/shape.h"
#include "tidy/source.h"

namespace tocsin::tidy {
namespace {

TEST(Scan, TellsCodeFromStringsAndComments) {
  const Source source =
      scan("int a = 1'000; // now()\nauto b = \"now()\"; /* x */ auto c = 'x';\n");
  EXPECT_EQ(source.code.find("now"), std::string::npos);
  EXPECT_NE(source.code.find("1'000;"), std::string::npos);
  EXPECT_NE(source.code.find("auto c"), std::string::npos);
  EXPECT_NE(source.strings.find("\"now()\""), std::string::npos);
  EXPECT_NE(source.comments.find("now()"), std::string::npos);
}

TEST(Scan, KnowsRawStringsAndEscapedQuotes) {
  const Source source = scan("f(R\"q(a \" // )q\"); g(\"\\\"//\"); h();");
  EXPECT_EQ(source.comments.find_first_not_of(' '), std::string::npos);
  EXPECT_NE(source.code.find("h();"), std::string::npos);
}

TEST(Scan, FindsIncludesButNotThoseInComments) {
  const auto all = includes_of("// #include \"a/b.h\"\n#include <set>\n#  include \"c/d.h\"\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].path, "set");
  EXPECT_EQ(all[1].path, "c/d.h");
  EXPECT_EQ(all[1].line, 3);
}

TEST(Arrows, GoDown) {
  EXPECT_TRUE(arrows("lib/incident/loop/step.cpp",
                     "#include \"incident/loop/step.h\"\n#include \"callout/wave.h\"\n"
                     "#include \"base/clock.h\"\n#include <set>\n")
                  .empty());
  EXPECT_TRUE(
      arrows("cli/drill.cpp", "#include \"command.h\"\n#include \"drill/run/run.h\"\n").empty());
}

TEST(Arrows, OfTheCommandLineGoDownAsWell) {
  const std::string screen = "#include \"screen/help/help.h\"\n";
  const std::string input = "#include \"input/when.h\"\n";
  const std::string frame = "#include \"command.h\"\n";
  EXPECT_TRUE(arrows("cli/commands/step.cpp", screen + input + frame).empty());
  EXPECT_TRUE(arrows("cli/program.cpp", screen + input + frame).empty());
  EXPECT_TRUE(arrows("cli/input/when.cpp", screen + input).empty());
  EXPECT_TRUE(arrows("cli/screen/help/help.cpp", screen).empty());
  EXPECT_EQ(arrows("cli/input/when.cpp", frame).size(), 1u);
  EXPECT_EQ(arrows("cli/screen/help/help.cpp", input + frame).size(), 2u);
  EXPECT_TRUE(arrows("cli/screen/help/help.cpp", "#include \"screen/output.h\"\n").empty());
  EXPECT_EQ(arrows("cli/screen/output.cpp", screen).size(), 1u);
  EXPECT_EQ(arrows("cli/screen/incident/board_view.cpp", screen).size(), 1u);
  EXPECT_EQ(arrows("cli/program.cpp", "#include \"commands/step.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("cli/commands/run.cpp", "#include \"commands/step.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("cli/tools/run.cpp", "").size(), 1u);
}

TEST(Arrows, DoNotGoUpOrSideways) {
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include \"home/home.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/callout/x.h", "#include \"allocation/solve.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/drill/x.h", "#include \"cli/command.h\"\n").size(), 1u);
}

TEST(Arrows, GoDownAmongSubFoldersToo) {
  EXPECT_TRUE(
      arrows("lib/incident/loop/step.cpp", "#include \"incident/state/state.h\"\n").empty());
  EXPECT_EQ(arrows("lib/incident/state/state.cpp", "#include \"incident/loop/step.h\"\n").size(),
            1u);
  EXPECT_EQ(arrows("lib/incident/state/state.cpp", "#include \"incident/night.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/incident/night.cpp", "").size(), 1u)
      << "a folder with sub-folders has no files";
}

TEST(Circles, AreFoundAcrossUnits) {
  const std::vector<File> round{{"lib/a/one.h", ""},
                                {"lib/a/one_part.cpp", "#include \"a/two.h\"\n"},
                                {"lib/a/two.h", ""},
                                {"lib/a/two.cpp", "#include \"a/two.h\"\n#include \"a/one.h\"\n"}};
  EXPECT_EQ(circles(round).size(), 1u);
  const std::vector<File> straight{{"lib/a/one.h", "#include \"a/two.h\"\n"},
                                   {"lib/a/one.cpp", "#include \"a/one.h\"\n"},
                                   {"lib/a/two.h", ""}};
  EXPECT_TRUE(circles(straight).empty());
}

// A stricter check must never make an old record unreadable: nothing below a command judges.
TEST(Arrows, LetTheFoldReadAPlaybookAndNeverJudgeIt) {
  for (const auto* fold :
       {"lib/incident/state/state.cpp", "lib/incident/loop/plan.cpp", "lib/record/export.cpp"}) {
    EXPECT_TRUE(arrows(fold, "#include \"playbook/reading/read.h\"\n").empty()) << fold;
    EXPECT_EQ(arrows(fold, "#include \"playbook/judging/judge.h\"\n").size(), 1u) << fold;
  }
  EXPECT_EQ(cmake_arrows("lib/incident/state/CMakeLists.txt",
                         "tocsin_library(NAME incident_state\n  DEPENDS playbook_judging)")
                .size(),
            1u);
  EXPECT_EQ(
      arrows("lib/playbook/reading/read.cpp", "#include \"playbook/judging/judge.h\"\n").size(),
      1u);
}

TEST(Arrows, StartAtLib) {
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include \"lib/base/bytes.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include \"../base/bytes.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include \"key.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include <base/bytes.h>\n").size(), 1u);
  EXPECT_EQ(arrows("lib/seal/key.cpp", "#include \"vault/bytes.h\"\n").size(), 1u);
  EXPECT_EQ(arrows("lib/vault/key.cpp", "").size(), 1u);
}

TEST(CmakeArrows, GoDownToo) {
  EXPECT_TRUE(cmake_arrows("lib/seal/CMakeLists.txt",
                           "tocsin_library(NAME seal SOURCES a.cpp DEPENDS document base USES x)")
                  .empty());
  EXPECT_EQ(cmake_arrows("lib/seal/CMakeLists.txt",
                         "tocsin_library(NAME seal\n  SOURCES a.cpp\n  DEPENDS home)")
                .size(),
            1u);
  EXPECT_EQ(
      cmake_arrows("lib/seal/CMakeLists.txt", "tocsin_library(NAME lock SOURCES a.cpp)").size(),
      1u);
  EXPECT_TRUE(cmake_arrows("lib/incident/loop/CMakeLists.txt",
                           "tocsin_library(NAME incident_loop DEPENDS incident_state roster)")
                  .empty());
  EXPECT_EQ(cmake_arrows("lib/roster/rota/CMakeLists.txt",
                         "tocsin_library(NAME roster_rota DEPENDS roster)")
                .size(),
            1u);
}

TEST(ForeignHeaders, StayInTheirFolder) {
  EXPECT_TRUE(foreign_headers("lib/seal/key.cpp", "#include <sodium.h>\n").empty());
  EXPECT_TRUE(foreign_headers("lib/seal/p256.cpp", "#include <openssl/ec.h>\n").empty());
  EXPECT_TRUE(foreign_headers("lib/relay/tls.cpp", "#include <openssl/ssl.h>\n").empty());
  EXPECT_TRUE(foreign_headers("lib/relay/store/store.cpp", "#include <sqlite3.h>\n").empty());
  EXPECT_TRUE(foreign_headers("lib/journal/file.cpp", "#include <sqlite3.h>\n").empty());
  for (const auto* line :
       {"#include <sodium.h>\n", "#include <curl/curl.h>\n", "#include <yaml-cpp/yaml.h>\n",
        "#include <libical/ical.h>\n", "#include <boost/asio.hpp>\n", "#include <openssl/evp.h>\n",
        "#include <sqlite3.h>\n"})
    EXPECT_EQ(foreign_headers("lib/incident/loop/drive.cpp", line).size(), 1u) << line;
  EXPECT_EQ(foreign_headers("lib/relay/server.cpp", "#include <sqlite3.h>\n").size(), 1u);
}

TEST(HeavyHeaders, StayOutOfHeadersThatOthersRead) {
  const File roster{"lib/roster/people/person.h", "#include <nlohmann/json.hpp>\n"};
  const File inner{"lib/roster/people/inner.cpp", "#include \"roster/people/person.h\"\n"};
  const File between{"lib/roster/people/rota.h", "#include \"roster/people/person.h\"\n"};
  const File reader{"cli/staff.cpp", "#include \"roster/people/rota.h\"\n"};
  EXPECT_TRUE(heavy_headers({roster, inner, between}).empty());
  EXPECT_EQ(heavy_headers({roster, inner, between, reader}).size(), 1u);
  EXPECT_TRUE(
      heavy_headers({{"lib/roster/people/rota.h", "#include <nlohmann/json_fwd.hpp>\n"}, reader})
          .empty());
}

TEST(Sql, IsSpelledInStores) {
  EXPECT_EQ(sql("lib/incident/loop/drive.cpp", "run(\"SELECT 1\");").size(), 1u);
  EXPECT_EQ(sql("lib/relay/server.cpp", "run(R\"(DELETE FROM box)\");").size(), 1u);
  EXPECT_TRUE(sql("lib/relay/store/store.cpp", "run(\"SELECT 1\");").empty());
  EXPECT_TRUE(sql("lib/incident/loop/drive.cpp", "// SELECT the next\n").empty());
}

TEST(Clocks, AreReadInBase) {
  for (const auto* code : {"std::chrono::system_clock::now();", "std::chrono::steady_clock::now();",
                           "std::time(0);", "time(nullptr);", "gettimeofday(&t, 0);",
                           "clock_gettime(0, &t);", "localtime_r(&a, &b);"}) {
    EXPECT_EQ(clocks("lib/incident/loop/step.cpp", code).size(), 1u) << code;
    EXPECT_EQ(clocks("cli/board.cpp", code).size(), 1u) << code;
    EXPECT_TRUE(clocks("lib/base/clock.cpp", code).empty()) << code;
  }
  EXPECT_TRUE(
      clocks("lib/incident/loop/step.cpp", "// never system_clock::now()\nclock.now();").empty());
  EXPECT_EQ(clocks("lib/drill/people/people.cpp", "std::mt19937 g;").size(), 1u);
}

TEST(Habits, AreKept) {
  const std::string good =
      "// A key.\n#pragma once\n\nnamespace tocsin::seal {\n}  // namespace tocsin::seal\n";
  EXPECT_TRUE(habits("lib/seal/key.h", good).empty());
  EXPECT_EQ(habits("lib/home/key.h", good).size(), 1u) << "namespace of another folder";
  EXPECT_EQ(habits("lib/seal/key.h", good.substr(good.find('#'))).size(), 2u)
      << "no opening comment, so that #pragma once does not follow one";
  EXPECT_EQ(habits("lib/seal/key.h", "// A key.\nnamespace tocsin::seal {\n}\n").size(), 1u);
  EXPECT_EQ(habits("lib/seal/key.h", good + std::string(500, '\n')).size(), 1u);
  EXPECT_EQ(habits("lib/seal/key.h", good + "// TO"
                                            "DO: lock\n")
                .size(),
            1u);
  EXPECT_EQ(habits("cli/packages.sh",
                   "# FIX"
                   "ME\n")
                .size(),
            1u);
}

TEST(Habits, TestsDoNotSleep) {
  EXPECT_EQ(habits("tests/unit/seal/key_test.cpp",
                   "std::this_thread::sleep"
                   "_for(1s);")
                .size(),
            1u);
  EXPECT_EQ(habits("tests/unit/seal/key_test.cpp",
                   "::us"
                   "leep(5);")
                .size(),
            1u);
  EXPECT_TRUE(habits("tests/unit/seal/key_test.cpp",
                     "// nobody may sleep"
                     "(5)\n")
                  .empty());
}

TEST(Packages, AreOnTheOneList) {
  const std::string list = "build    libfmt-dev      text\nbuild  a1-dev|a-dev  why\n";
  EXPECT_TRUE(unlisted_packages("tocsin_need(fmt libfmt-dev)\n", list).empty());
  EXPECT_TRUE(unlisted_packages("tocsin_need(Alpha a1-dev 1.81)\n", list).empty());
  EXPECT_EQ(unlisted_packages("tocsin_need(fmt fmt-dev)\n", list).size(), 1u);
  EXPECT_EQ(unlisted_packages("tocsin_need_module(ical libical libical-dev)\n", list).size(), 1u);
}

TEST(TopLevel, HoldsNothingElse) {
  EXPECT_TRUE(
      top_level({".git", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "lib", "build"}).empty());
  EXPECT_EQ(top_level({"scripts", "notes.txt"}).size(), 2u);
}

TEST(Manual, SaysWhatTheProgramDoes) {
  const std::string page =
      ".TH TOCSIN-STAFF 1\n.SH SYNOPSIS\n.B tocsin staff list\n.TP\n\\fB\\-\\-role\\fP "
      "\\fIROLE\\fP\n"
      ".SH EXAMPLES\n.SH \"EXIT STATUS\"\n";
  EXPECT_TRUE(missing_from_page("p", page, {{"staff list", {"--role"}}}).empty());
  EXPECT_EQ(missing_from_page("p", page, {{"staff show", {}}}).size(), 1u);
  EXPECT_EQ(missing_from_page("p", page, {{"staff list", {"--ro"}}}).size(), 1u);
  EXPECT_EQ(missing_from_page("p", "", {}).size(), 3u);
  EXPECT_EQ(missing_from_overview("tocsin\\-staff \\-\\-home\n.SH EXIT STATUS\n0 1 2 3 4 5 7 9",
                                  {"staff"}, {"--home"})
                .size(),
            1u);
  EXPECT_EQ(
      missing_from_overview(".BR tocsin\\-bard (1)\n.SH EXIT STATUS\n0 1 2 3 4 5 6 7 9", {}, {})
          .size(),
      1u);
}

}  // namespace
}  // namespace tocsin::tidy
