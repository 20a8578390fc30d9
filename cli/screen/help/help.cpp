#include "screen/help/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace tocsin::cli {

namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kTextColumn = 24;

// Appends `text` in lines of at most kColumns. All lines but the first are indented by `indent`;
// the first starts at column `at`.
void wrap(std::string& page, std::string_view text, std::size_t indent, std::size_t at) {
  bool first_of_line = true;
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.empty()) continue;
    const std::size_t width = base::display_width(word);
    if (!first_of_line && at + 1 + width > kColumns) {
      page += '\n';
      page.append(indent, ' ');
      at = indent;
      first_of_line = true;
    }
    if (!first_of_line) {
      page += ' ';
      ++at;
    }
    page += word;
    at += width;
    first_of_line = false;
  }
  page += '\n';
}

void row(std::string& page, std::string_view left, std::string_view right) {
  page.append(kIndent, ' ');
  page += left;
  std::size_t at = kIndent + base::display_width(left);
  if (right.empty()) {
    page += '\n';
    return;
  }
  if (at + 2 > kTextColumn) {
    page += '\n';
    at = 0;
  }
  page.append(kTextColumn - at, ' ');
  wrap(page, right, kTextColumn, kTextColumn);
}

void section(std::string& page, std::string_view heading, const std::vector<Shown>& all) {
  if (all.empty()) return;
  page += fmt::format("\n{}:\n", heading);
  for (const Shown& shown : all) {
    std::string text = shown.description;
    // Add the choices, unless the description names them.
    if (!shown.choices.empty() && text.find(shown.choices.front() + ",") == text.npos)
      text += fmt::format("{}{}", text.empty() ? "" : ": ", base::join(shown.choices, ", "));
    row(page, shown.spelling, text);
  }
}

std::vector<std::string> choices_of(std::string_view type) {
  const std::size_t open = type.find('{');
  if (open == std::string_view::npos || !type.ends_with('}')) return {};
  std::vector<std::string> choices;
  for (const auto choice : base::split(type.substr(open + 1, type.size() - open - 2), ','))
    choices.emplace_back(choice.substr(0, choice.find("->")));
  return choices;
}

// CLI11 writes a type as "ADDR:PORT" or, with a validator's text, as "TEXT:{red,amber}" or
// "N:INT in [1 - 9]".
std::string value_of(const std::string& type) {
  if (const std::size_t choices = type.find(":{"); choices != type.npos)
    return type.substr(0, choices);
  if (const std::size_t range = type.find(" in ["); range != type.npos)
    return type.substr(0, type.rfind(':', range));
  return type;
}

Shown shown(const CLI::Option& option) {
  Shown result;
  const std::string type = option.get_type_name();
  if (option.get_expected_max() > 0 && option.get_type_size_max() > 0) {
    result.value = value_of(type);
    result.choices = choices_of(type);
  }
  result.description = option.get_description();
  if (const std::string preset = option.get_default_str(); !preset.empty() && preset != "\"\"")
    result.description += fmt::format(" (default {})", preset);
  result.required = option.get_required();
  return result;
}

std::string usage(const CLI::App& app, const std::string& name) {
  std::string usage = name;
  const auto options = shown_options(app);
  for (const Shown& option : options)
    if (option.required) usage += fmt::format(" {}", option.spelling);
  if (!shown_subcommands(app).empty()) return usage + " COMMAND [OPTION…]";
  const bool optional =
      std::any_of(options.begin(), options.end(), [](const Shown& o) { return !o.required; });
  if (optional) usage += " [OPTION…]";
  for (const Shown& argument : shown_arguments(app))
    usage += argument.required ? " " + argument.spelling : " [" + argument.spelling + "]";
  return usage;
}

// The summary of a word with subcommands lists them.
std::string summary(const CLI::App& app) {
  if (!app.get_description().empty()) return app.get_description();
  std::vector<std::string> names;
  for (const CLI::App* sub : shown_subcommands(app)) names.push_back(sub->get_name());
  return base::join(names, ", ");
}

void commands_by_group(std::string& page, const CLI::App& app) {
  const auto subs = shown_subcommands(app);
  std::vector<std::string> groups;
  for (const CLI::App* sub : subs)
    if (std::find(groups.begin(), groups.end(), sub->get_group()) == groups.end())
      groups.push_back(sub->get_group());
  for (const std::string& group : groups) {
    page += fmt::format("\n{}:\n", app.get_parent() == nullptr ? group : "Commands");
    for (const CLI::App* sub : subs)
      if (sub->get_group() == group) row(page, sub->get_name(), summary(*sub));
  }
}

}  // namespace

std::string capitals(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::vector<Shown> shown_options(const CLI::App& app) {
  std::vector<Shown> all;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty() || !option->nonpositional()) continue;
    // Every command has --help, so only the program's own page lists it.
    if (app.get_parent() != nullptr && option == app.get_help_ptr()) continue;
    Shown result = shown(*option);
    for (const auto& name : option->get_snames())
      result.spelling += fmt::format("{}-{}", result.spelling.empty() ? "" : ", ", name);
    for (const auto& name : option->get_lnames())
      result.spelling += fmt::format("{}--{}", result.spelling.empty() ? "" : ", ", name);
    if (!option->get_lnames().empty()) result.long_name = "--" + option->get_lnames().front();
    if (!result.value.empty()) result.spelling += fmt::format(" {}", result.value);
    all.push_back(std::move(result));
  }
  return all;
}

std::vector<Shown> shown_arguments(const CLI::App& app) {
  std::vector<Shown> all;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty() || !option->get_positional()) continue;
    Shown result = shown(*option);
    result.spelling = capitals(option->get_name(true));
    if (option->get_expected_max() > 1) result.spelling += "…";
    all.push_back(std::move(result));
  }
  return all;
}

std::vector<const CLI::App*> shown_subcommands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); });
}

std::string help_page(const CLI::App& app, const std::string& name) {
  std::string page = "Usage: ";
  wrap(page, usage(app, name), 7 + kIndent, 7);
  if (!app.get_description().empty()) {
    page += '\n';
    wrap(page, app.get_description(), 0, 0);
  }
  commands_by_group(page, app);
  section(page, "Arguments", shown_arguments(app));
  section(page, app.get_parent() == nullptr ? "Everywhere" : "Options", shown_options(app));
  if (!app.get_footer().empty()) page += fmt::format("\n{}\n", app.get_footer());
  if (app.get_parent() != nullptr) page += "\nOptions that every command takes: tocsin --help\n";
  return page;
}

}  // namespace tocsin::cli
