#include "screen/help/usage.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "screen/help/help.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

// The command that was parsed last before the fault.
struct Reached {
  const CLI::App* app;
  std::string path;
};

Reached reached(const CLI::App& root) {
  Reached at{&root, root.get_name()};
  for (auto parsed = root.get_subcommands(); !parsed.empty(); parsed = at.app->get_subcommands()) {
    at.app = parsed.front();
    at.path += fmt::format(" {}", at.app->get_name());
  }
  return at;
}

std::optional<std::string_view> meant(std::string_view word,
                                      const std::vector<std::string>& known) {
  return base::did_you_mean(word, std::vector<std::string_view>{known.begin(), known.end()});
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : shown_subcommands(app)) names.push_back(sub->get_name());
  return names;
}

Fault unknown_option(const CLI::App& root, const Reached& at, std::string_view word) {
  const std::string_view spelled = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::App* app = at.app; app != nullptr; app = app->get_parent())
    for (const Shown& option : shown_options(*app)) known.push_back(option.long_name);
  const auto nearest = meant(spelled, known);
  return Fault(Exit::usage,
               fmt::format("{} is not an option of {}", spelled,
                           at.app == &root ? root.get_name() : at.path),
               nearest ? fmt::format("did you mean {}?", *nearest)
                       : fmt::format("\"{} --help\" lists them", at.path));
}

Fault unknown_word(const Reached& at, std::string_view word) {
  const auto names = command_names(*at.app);
  if (names.empty())
    return Fault(Exit::usage, fmt::format("{} does not expect \"{}\"", at.path, word),
                 fmt::format("see \"{} --help\"", at.path));
  if (word == "help")
    return Fault(Exit::usage, fmt::format("help is not a command of {}", at.path),
                 fmt::format("\"{} --help\", or --help after any command", at.path));
  const auto nearest = meant(word, names);
  return Fault(Exit::usage, fmt::format("\"{}\" is not a command of {}", word, at.path),
               nearest ? fmt::format("did you mean \"{} {}\"?", at.path, *nearest)
                       : fmt::format("\"{} --help\" lists them", at.path));
}

// The name as in the help: "--at" stays, "person" becomes PERSON.
std::string spelled(std::string_view name) {
  return name.starts_with('-') ? std::string{name} : capitals(std::string{name});
}

// "SHELL: fsh not in {bash,zsh,fish}"
std::string one_of(std::string_view text, std::string_view choices) {
  const auto given = text.substr(0, text.find(" not in {"));
  const std::size_t colon = given.find(": ");
  std::string listed;
  for (const auto choice : base::split(choices.substr(0, choices.find('}')), ','))
    listed += fmt::format("{}{}", listed.empty() ? "" : ", ", choice);
  if (colon == std::string_view::npos) return fmt::format("\"{}\" is not one of {}", given, listed);
  return fmt::format("{}: \"{}\" is not one of {}", spelled(given.substr(0, colon)),
                     given.substr(colon + 2), listed);
}

// Replaces CLI11's messages about a wrong value or option by ours. Other messages, such as those of
// validators, are passed on unchanged.
std::string reworded(const CLI::ParseError& error) {
  const std::string_view text = error.what();
  const std::string kind = error.get_name();
  const auto name = spelled(text.substr(0, text.find_first_of(": ")));
  const auto after = [&](std::string_view mark) -> std::string_view {
    const std::size_t at = text.find(mark);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + mark.size());
  };
  if (kind == "ConversionError") {
    if (const auto rest = after("Could not convert: "); !rest.empty()) {
      const std::size_t equals = rest.find(" = ");
      if (equals != std::string_view::npos)
        return fmt::format("{}: \"{}\" is not a number", spelled(rest.substr(0, equals)),
                           rest.substr(equals + 3));
    }
    return fmt::format("{} takes no value", name);
  }
  if (kind == "ArgumentMismatch") {
    if (text.ends_with("missing")) return fmt::format("{} needs a value", name);
    if (text.find("At Most 1 ") != std::string_view::npos)
      return fmt::format("{} can be given only once", name);
    if (text.find("flag override") != std::string_view::npos)
      return fmt::format("{} takes no value", name);
  }
  if (kind == "RequiredError" && text.ends_with(" is required"))
    return fmt::format("{} is missing", spelled(text.substr(0, text.size() - 12)));
  if (const auto choices = after(" not in {"); kind == "ValidationError" && !choices.empty())
    return one_of(text, choices);
  if (const auto range = after(" not in range "); kind == "ValidationError" && !range.empty())
    return fmt::format("{}: {} is not in the range {}", name,
                       after("Value ").substr(0, after("Value ").find(' ')), range);
  if (const auto other = after(" excludes "); kind == "ExcludesError" && !other.empty())
    return fmt::format("{} and {} cannot be used together", name, other);
  if (const auto other = after(" requires "); kind == "RequiresError" && !other.empty())
    return fmt::format("{} is of use only with {}", name, other);
  return std::string{text};
}

}  // namespace

Fault usage_fault(const CLI::App& root, const CLI::ParseError& error) {
  const Reached at = reached(root);
  // With a misspelt option the right one is missing, too. Name the misspelling, which is the cause.
  const auto left_over = root.remaining(true);
  for (const std::string& word : left_over)
    if (word.size() > 1 && word.front() == '-' && word != "--")
      return unknown_option(root, at, word);
  if (!left_over.empty() && left_over.front() != "--") return unknown_word(at, left_over.front());
  const auto names = command_names(*at.app);
  if (error.get_name() == "RequiredError" && !names.empty())
    return Fault(Exit::usage, fmt::format("{} needs a command", at.path),
                 at.app == &root ? "\"tocsin --help\" lists them"
                                 : fmt::format("one of: {}", base::join(names, ", ")));
  return Fault(Exit::usage, reworded(error), fmt::format("see \"{} --help\"", at.path));
}

}  // namespace tocsin::cli
