// The limits, each given what breaks it, and the reader of blocks that they stand on.
#include "tidy/limits.h"

#include <gtest/gtest.h>

#include "tidy/blocks.h"
#include "tidy/tree.h"

namespace tocsin::tidy {
namespace {

std::string lines(int count, const std::string& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line + "\n";
  return text;
}

TEST(Blocks, FindsFunctionsInNamespacesAndClasses) {
  const auto found = functions_of(
      "#define OPEN {\n"
      "namespace a {\n"
      "struct B : C {\n"
      "  explicit B(int x) : x_{x}, y_{\"{\"} {\n"
      "    go([&] {\n"
      "    });\n"
      "  }\n"
      "  int x_ = {};\n"
      "};\n"
      "constexpr D kD{{1, 2}, {3}};\n"
      "template <class T>\n"
      "T largest(\n"
      "    T t) {\n"
      "  return t;\n"
      "}\n"
      "}  // namespace a\n");
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->at(0).first, 4);
  EXPECT_EQ(found->at(0).last, 7);
  EXPECT_EQ(found->at(1).first, 11);
  EXPECT_EQ(found->at(1).last, 15);
  EXPECT_FALSE(functions_of("void f() {\n").has_value());
}

TEST(Blocks, FindsFunctionsOfAScript) {
  const auto found = script_functions_of(
      "import {a} from './a.js';\n"
      "const brace = /[/{'`]/;\n"
      "const text = `{ ${a ? `}${a}` : '{'} // {`;\n"
      "export function f(x, {y}) {\n"
      "  for (let i = 0; i < 1 / 2; i++) { x(); }\n"
      "  if (x) { return {y}; }\n"
      "}\n"
      "class G {\n"
      "  async h() {\n"
      "    await new Promise((go) => {\n"
      "      go();\n"
      "    });\n"
      "  }\n"
      "}\n"
      "on(e => { stop(e); });\n");
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->size(), 4U);
  EXPECT_EQ(found->at(0).first, 4);
  EXPECT_EQ(found->at(0).last, 7);
  EXPECT_EQ(found->at(1).first, 9);
  EXPECT_EQ(found->at(1).last, 13);
  EXPECT_EQ(found->at(2).first, 10);
  EXPECT_EQ(found->at(3).first, 15);
  EXPECT_FALSE(script_functions_of("f(() => {\n").has_value());
}

TEST(Blocks, FindsTheNamesOfAnonymousNamespaces) {
  const auto names = hidden_names_of(
      "namespace a {\nvoid seen();\nnamespace {\n"
      "using std::string;\nusing Names = std::vector<string>;\n"
      "enum class Verdict : int { yes, no };\n"
      "constexpr std::array<int, 2> kTwo{1, 2};\n"
      "template <class T>\nstd::string write(const T& value, int depth = 0) {\n  int inner = "
      "0;\n}\n"
      "void write(string text);\n"
      "}\n}\n");
  std::string all;
  for (const auto& [name, hidden] : names) all += name + " ";
  EXPECT_EQ(all, "Names Verdict kTwo write(constT&,int,) write(string,) ");
  EXPECT_EQ(names.at("Verdict").line, 6);
  EXPECT_EQ(names.at("Names").says, "std::vector<string>");
}

TEST(LongFunctions, AreFound) {
  const auto cpp = [](int inside) { return "int f() {\n" + lines(inside, "  go();") + "}\n"; };
  EXPECT_TRUE(long_functions("lib/seal/key.cpp", cpp(57)).empty());
  EXPECT_EQ(long_functions("lib/seal/key.cpp", cpp(58)).size(), 1U);
  EXPECT_EQ(long_functions("tests/unit/seal/key_test.cpp",
                           "TEST(Key, Is) {\n" + lines(58, "  go();") + "}\n")
                .size(),
            1U);
  EXPECT_EQ(long_functions("lib/relay/page/app.js",
                           "const f = async () => {\n" + lines(58, "  go();") + "};\n")
                .size(),
            1U);
  EXPECT_EQ(long_functions("lib/seal/key.cpp", "int f() {\n").size(), 1U);
  EXPECT_TRUE(long_functions("lib/relay/page/page.css", lines(100, "a {}")).empty());
}

TEST(LongCommands, AreFound) {
  EXPECT_TRUE(long_commands("cli/commands/tell.cpp", lines(120, "go();")).empty());
  EXPECT_EQ(long_commands("cli/commands/tell.cpp", lines(121, "go();")).size(), 1U);
  EXPECT_TRUE(long_commands("cli/screen/help/help.cpp", lines(121, "go();")).empty());
}

TEST(SharedNames, AreFoundInOneTarget) {
  const auto source = [](const std::string& path, const std::string& what) {
    return File{path, "namespace {\n" + what + "\n}\n"};
  };
  const File magic = source("lib/seal/key.cpp", "constexpr int kMagic = 1;");
  EXPECT_EQ(shared_names({magic, source("lib/seal/aead.cpp", "const int kMagic{2};")}).size(), 1U);
  EXPECT_TRUE(shared_names({magic, source("lib/home/home.cpp", "const int kMagic{2};")}).empty());
  EXPECT_EQ(shared_names({source("cli/a.cpp", "void go() {\n}"),
                          source("cli/screen/b.cpp", "int go() {\n}")})
                .size(),
            1U);
  const File alias = source("lib/home/a.cpp", "namespace fs = std::filesystem;");
  EXPECT_TRUE(
      shared_names({alias, source("lib/home/b.cpp", "namespace fs = std::filesystem;")}).empty());
  EXPECT_EQ(shared_names({alias, source("lib/home/b.cpp", "namespace fs = other;")}).size(), 1U);
}

TEST(Tree, FunctionsAreShort) {
  Breaches all;
  for (const File& file : files_under({"lib", "cli", "tests"}))
    for (Breach& breach : long_functions(file.path, file.text)) all.push_back(std::move(breach));
  EXPECT_TRUE(all.empty()) << listing(all);
}

TEST(Tree, CommandsAreShort) {
  const auto files = files_under({"cli/commands"});
  EXPECT_GT(files.size(), 20U);
  Breaches all;
  for (const File& file : files)
    for (Breach& breach : long_commands(file.path, file.text)) all.push_back(std::move(breach));
  EXPECT_TRUE(all.empty()) << listing(all);
}

TEST(Tree, NamesOfABatchDiffer) {
  const Breaches all = shared_names(files_under({"lib", "cli", "tests/unit"}));
  EXPECT_TRUE(all.empty()) << listing(all);
}

}  // namespace
}  // namespace tocsin::tidy
