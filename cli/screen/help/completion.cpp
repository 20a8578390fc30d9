#include "screen/help/completion.h"

#include <fmt/format.h>

#include <vector>

#include "screen/help/help.h"

namespace tocsin::cli {

namespace {

// One command, or a word with subcommands; "" is the program itself.
struct Node {
  std::string at;  // " staff list"
  std::vector<const CLI::App*> commands;
  std::vector<Shown> options;
  std::vector<Shown> arguments;
};

void collect(const CLI::App& app, const std::string& at, std::vector<Node>& nodes) {
  nodes.push_back({at, shown_subcommands(app), shown_options(app), shown_arguments(app)});
  for (const CLI::App* sub : shown_subcommands(app))
    collect(*sub, fmt::format("{} {}", at, sub->get_name()), nodes);
}

bool is_folder(const Shown& shown) { return shown.value == "FOLDER"; }

// Whether the value is a file, by the name that the option or argument gives it.
bool is_file(const Shown& shown) {
  for (const std::string_view name : {"FILE", "PLAYBOOK", "CSV"})
    if (shown.value == name || shown.spelling.starts_with(name)) return true;
  return false;
}

bool takes_file(const Node& node) {
  for (const Shown& argument : node.arguments)
    if (is_file(argument)) return true;
  return false;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

// The words that may follow: commands, options, and the values of arguments that list them.
std::string words(const Node& node, const Node& root) {
  std::string all;
  const auto add = [&all](std::string_view word) {
    if (!all.empty()) all += ' ';
    all += word;
  };
  for (const CLI::App* sub : node.commands) add(sub->get_name());
  for (const Shown& argument : node.arguments)
    for (const std::string& choice : argument.choices) add(choice);
  for (const Shown& option : node.options) add(option.long_name);
  if (&node != &root)
    for (const Shown& option : root.options) add(option.long_name);
  return all;
}

std::string paths_pattern(const std::vector<Node>& nodes) {
  std::string pattern;
  for (const Node& node : nodes)
    if (!node.at.empty()) pattern += fmt::format("{}'{}'", pattern.empty() ? "" : "|", node.at);
  return pattern.empty() ? "''" : pattern;
}

// The possible values of options, by "AT|OPTION", as a case list for bash and zsh.
template <class Files, class Folders, class Choices>
std::string value_cases(const std::vector<Node>& nodes, Files files, Folders folders,
                        Choices choices) {
  std::string cases;
  for (const Node& node : nodes)
    for (const Shown& option : node.options) {
      if (option.value.empty()) continue;
      const std::string act = !option.choices.empty() ? choices(option)
                              : is_folder(option)     ? folders()
                              : is_file(option)       ? files()
                                                      : std::string{};
      // The program's own options may follow any command.
      const std::string key = node.at.empty() ? fmt::format("*'|{}'", option.long_name)
                                              : shell_quoted(node.at + "|" + option.long_name);
      cases += fmt::format("    {}) {}return ;;\n", key, act.empty() ? "" : act + "; ");
    }
  return cases;
}

std::string choice_words(const Shown& option) {
  std::string all;
  for (const std::string& choice : option.choices) all += (all.empty() ? "" : " ") + choice;
  return all;
}

std::string for_bash(const std::vector<Node>& nodes) {
  std::string script = fmt::format(
      "# bash completion for tocsin, made by \"tocsin completion bash\"\n"
      "_tocsin() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  local at='' i words='' files=''\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case \"$at ${{COMP_WORDS[i]}}\" in\n"
      "      {}) at=\"$at ${{COMP_WORDS[i]}}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at|$before\" in\n",
      paths_pattern(nodes));
  script += value_cases(
      nodes, [] { return R"(mapfile -t COMPREPLY < <(compgen -f -- "$current"))"; },
      [] { return R"(mapfile -t COMPREPLY < <(compgen -d -- "$current"))"; },
      [](const Shown& option) {
        return fmt::format(R"(mapfile -t COMPREPLY < <(compgen -W {} -- "$current"))",
                           shell_quoted(choice_words(option)));
      });
  script += "  esac\n  case \"$at\" in\n";
  for (const Node& node : nodes)
    script +=
        fmt::format("    {}) words={}{} ;;\n", shell_quoted(node.at),
                    shell_quoted(words(node, nodes.front())), takes_file(node) ? " files=1" : "");
  script +=
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"; "
      "[ -z \"$files\" ] || compgen -f -- \"$current\")\n"
      "}\n"
      "complete -o filenames -F _tocsin tocsin\n";
  return script;
}

// "name:description", the form that _describe reads.
std::string described(std::string_view name, std::string_view description) {
  std::string escaped;
  for (const char c : name) escaped += c == ':' ? std::string{"\\:"} : std::string{c};
  return shell_quoted(fmt::format("{}:{}", escaped, description));
}

std::string for_zsh(const std::vector<Node>& nodes) {
  std::string script = fmt::format(
      "#compdef tocsin\n"
      "# zsh completion for tocsin, made by \"tocsin completion zsh\"\n"
      "_tocsin() {{\n"
      "  local at='' i files=''\n"
      "  local -a commands options\n"
      "  for ((i = 2; i < CURRENT; ++i)); do\n"
      "    case \"$at $words[i]\" in\n"
      "      {}) at=\"$at $words[i]\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at|$words[CURRENT-1]\" in\n",
      paths_pattern(nodes));
  script += value_cases(
      nodes, [] { return "_files"; }, [] { return "_files -/"; },
      [](const Shown& option) { return fmt::format("compadd -- {}", choice_words(option)); });
  script += "  esac\n  case \"$at\" in\n";
  for (const Node& node : nodes) {
    std::string commands;
    for (const CLI::App* sub : node.commands)
      commands += fmt::format("\n        {}", described(sub->get_name(), sub->get_description()));
    for (const Shown& argument : node.arguments)
      for (const std::string& choice : argument.choices)
        commands += fmt::format("\n        {}", described(choice, argument.description));
    std::string options;
    for (const Shown& option : node.options)
      options += fmt::format("\n        {}", described(option.long_name, option.description));
    script += fmt::format("    {})\n      commands=({})\n      options=({})\n{}      ;;\n",
                          shell_quoted(node.at), commands, options,
                          takes_file(node) ? "      files=1\n" : "");
  }
  script += "  esac\n  [[ -n \"$at\" ]] && options+=(";
  for (const Shown& option : nodes.front().options)
    script += fmt::format("\n    {}", described(option.long_name, option.description));
  script +=
      ")\n"
      "  (( $#commands )) && _describe -t commands command commands\n"
      "  [[ -n \"$files\" ]] && _files\n"
      "  _describe -t options option options\n"
      "}\n"
      "if [[ $funcstack[1] == _tocsin ]]; then _tocsin \"$@\"; else compdef _tocsin tocsin; fi\n";
  return script;
}

std::string fish_option(const std::string& condition, const Shown& option) {
  std::string line =
      fmt::format("complete -c tocsin{} -l {}", condition, option.long_name.substr(2));
  if (!option.choices.empty())
    line += fmt::format(" -x -a {}", shell_quoted(choice_words(option)));
  else if (is_folder(option))
    line += " -x -a '(__fish_complete_directories)'";
  else if (is_file(option))
    line += " -r -F";
  else if (!option.value.empty())
    line += " -x";
  return line + fmt::format(" -d {}\n", shell_quoted(option.description));
}

std::string for_fish(const std::vector<Node>& nodes) {
  std::string paths;
  for (const Node& node : nodes)
    if (!node.at.empty()) paths += fmt::format(" {}", shell_quoted(node.at));
  std::string script = fmt::format(
      "# fish completion for tocsin, made by \"tocsin completion fish\"\n"
      "function __tocsin_at\n"
      "    set -l at ''\n"
      "    set -l paths{}\n"
      "    for word in (commandline -opc)[2..-1]\n"
      "        if contains -- \"$at $word\" $paths\n"
      "            set at \"$at $word\"\n"
      "        end\n"
      "    end\n"
      "    test \"$at\" = \"$argv[1]\"\n"
      "end\n"
      "complete -c tocsin -f\n",
      paths);
  for (const Node& node : nodes) {
    const std::string condition = fmt::format(" -n \"__tocsin_at {}\"", shell_quoted(node.at));
    for (const CLI::App* sub : node.commands)
      script += fmt::format("complete -c tocsin{} -a {} -d {}\n", condition, sub->get_name(),
                            shell_quoted(sub->get_description()));
    for (const Shown& argument : node.arguments)
      if (!argument.choices.empty())
        script +=
            fmt::format("complete -c tocsin{} -a {} -d {}\n", condition,
                        shell_quoted(choice_words(argument)), shell_quoted(argument.description));
    if (takes_file(node)) script += fmt::format("complete -c tocsin{} -F\n", condition);
    for (const Shown& option : node.options)
      script += fish_option(node.at.empty() ? "" : condition, option);
  }
  return script;
}

}  // namespace

std::string completion_script(std::string_view shell, const CLI::App& root) {
  std::vector<Node> nodes;
  collect(root, "", nodes);
  if (shell == "bash") return for_bash(nodes);
  return shell == "zsh" ? for_zsh(nodes) : for_fish(nodes);
}

}  // namespace tocsin::cli
