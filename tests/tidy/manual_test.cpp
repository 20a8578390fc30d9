// Compares the manual and the help pages with the tree of commands by which the program parses.
#include "tidy/manual.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "base/text.h"
#include "command_tree.h"
#include "screen/help/help.h"
#include "tidy/tree.h"

namespace tocsin::tidy {
namespace {

void expect_none(const Breaches& all) { EXPECT_TRUE(all.empty()) << listing(all); }

Documented documented(const cli::Described& described) {
  Documented result{std::string{described.entry->path}, {}};
  for (const cli::Shown& option : cli::shown_options(*described.app))
    result.options.push_back(option.long_name);
  return result;
}

TEST(Manual, HasAPageForEveryCommand) {
  CLI::App root{"", "tocsin"};
  const auto all = cli::describe_commands(root);
  std::map<std::string, std::vector<Documented>> by_word;
  for (const auto& described : all)
    by_word[std::string{base::split(described.entry->path, ' ').front()}].push_back(
        documented(described));
  Breaches breaches;
  for (const auto& [word, commands] : by_word) {
    const std::string path = "man/tocsin-" + word + ".1";
    if (!std::filesystem::exists(path))
      breaches.push_back({path, 1, "is missing"});
    else
      for (Breach& breach : missing_from_page(path, text_of(path), commands))
        breaches.push_back(std::move(breach));
  }
  expect_none(breaches);
}

TEST(Manual, HasAnOverview) {
  CLI::App root{"", "tocsin"};
  const auto all = cli::describe_commands(root);
  std::vector<std::string> words;
  for (const auto& described : all)
    words.emplace_back(base::split(described.entry->path, ' ').front());
  expect_none(missing_from_overview(
      text_of("man/tocsin.1"), words,
      {"--help", "--version", "--home", "--passphrase-file", "--json", "--dry-run"}));
}

TEST(Manual, HasNoPageForACommandThatDoesNotExist) {
  CLI::App root{"", "tocsin"};
  const auto all = cli::describe_commands(root);
  Breaches breaches;
  for (const auto& entry : std::filesystem::directory_iterator{"man"}) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".1" || !name.starts_with("tocsin-")) continue;
    const bool known = std::any_of(all.begin(), all.end(), [&](const cli::Described& described) {
      return base::split(described.entry->path, ' ').front() == name.substr(7);
    });
    if (!known) breaches.push_back({entry.path().string(), 1, "is about no command"});
  }
  expect_none(breaches);
}

TEST(Help, FitsEightyColumnsAndShowsAnExample) {
  CLI::App root{"", "tocsin"};
  for (const auto& described : cli::describe_commands(root)) {
    const std::string name = "tocsin " + std::string{described.entry->path};
    const std::string page = cli::help_page(*described.app, name);
    for (const auto line : base::split(page, '\n'))
      EXPECT_LE(base::display_width(line), 80u) << name << ": " << line;
    EXPECT_NE(described.entry->examples.find(name), std::string_view::npos)
        << name << " --help shows no example of it";
    EXPECT_FALSE(described.entry->summary.empty()) << name;
    EXPECT_FALSE(described.entry->summary.ends_with('.')) << name << ": no full stop, please";
  }
}

TEST(Help, GroupsAreThoseOfTheDesignAndStayTogether) {
  const std::vector<std::string_view> order{"Prepare",   "Respond",        "Afterwards",
                                            "Responder", "Infrastructure", "Scripts"};
  std::size_t at = 0;
  for (const cli::Entry& entry : cli::commands()) {
    const auto found = std::find(order.begin(), order.end(), entry.group);
    ASSERT_NE(found, order.end()) << entry.group;
    const auto index = static_cast<std::size_t>(found - order.begin());
    EXPECT_GE(index, at) << entry.path << " stands after a later group";
    at = index;
  }
}

}  // namespace
}  // namespace tocsin::tidy
