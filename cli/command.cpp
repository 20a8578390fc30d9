#include "command.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

struct Globals {
  std::string home;
  std::string passphrase_file;
  bool json = false;
  bool dry_run = false;
};

std::filesystem::path default_home() {
  if (const char* home = std::getenv("TOCSIN_HOME"); home != nullptr && *home != '\0') return home;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
    return std::filesystem::path{data} / "tocsin";
  if (const char* user = std::getenv("HOME"); user != nullptr && *user != '\0')
    return std::filesystem::path{user} / ".local/share/tocsin";
  return ".tocsin";
}

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("--home", globals.home, "The organisation's folder (TOCSIN_HOME)")
      ->type_name("FOLDER");
  app.add_option("--passphrase-file", globals.passphrase_file,
                 "Read the passphrase from this file (TOCSIN_PASSPHRASE_FILE)")
      ->type_name("FILE");
  app.add_flag("--json", globals.json, "Print the result as JSON");
  app.add_flag("--dry-run", globals.dry_run, "Show what would happen; send and write nothing");
}

struct Parsed {
  const Entry* entry = nullptr;
  std::unique_ptr<Command> command;
  CLI::App* app = nullptr;
};

CLI::App* find_subcommand(const CLI::App& app, const std::string& name) {
  const auto found =
      app.get_subcommands([&](const CLI::App* sub) { return sub->get_name() == name; });
  return found.empty() ? nullptr : const_cast<CLI::App*>(found.front());
}

// "staff list" becomes the subcommand `list` of the subcommand `staff`.
CLI::App* subcommand_for(CLI::App& root, const Entry& entry) {
  CLI::App* at = &root;
  const auto words = base::split(entry.path, ' ');
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word{words[i]};
    const bool last = i + 1 == words.size();
    CLI::App* next = find_subcommand(*at, word);
    if (next == nullptr) {
      next = at->add_subcommand(word, last ? std::string{entry.summary} : "");
      if (!last) next->require_subcommand(1);
      next->fallthrough();
    }
    next->group(std::string{entry.group});
    at = next;
  }
  return at;
}

std::vector<std::string_view> subcommand_names(const CLI::App& app,
                                               std::vector<std::string>& storage) {
  storage.clear();
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    storage.push_back(sub->get_name());
  return {storage.begin(), storage.end()};
}

// CLI11 words its errors for programmers; ours name the way out.
Fault usage_fault(const CLI::App& root, const CLI::ParseError& error, int argc,
                  const char* const* argv) {
  const CLI::App* at = &root;
  std::string path = "tocsin";
  for (int i = 1; i < argc; ++i) {
    const CLI::App* next = find_subcommand(*at, argv[i]);
    if (next != nullptr) {
      at = next;
      path += fmt::format(" {}", argv[i]);
      continue;
    }
    std::vector<std::string> storage;
    const auto names = subcommand_names(*at, storage);
    if (names.empty() || argv[i][0] == '-') break;
    const auto meant = base::did_you_mean(argv[i], names);
    return Fault(Exit::usage, fmt::format("{} is not a command of {}", argv[i], path),
                 meant ? fmt::format("did you mean \"{} {}\"?", path, *meant)
                       : fmt::format("\"{} --help\" lists them", path));
  }
  return Fault(Exit::usage, error.what(), fmt::format("see \"{} --help\"", path));
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  Output output;
  Globals globals;
  CLI::App root{"Tocsin calls hospital staff in for a major incident.", "tocsin"};
  root.set_version_flag("--version", "tocsin " TOCSIN_VERSION);
  root.require_subcommand(1);
  root.fallthrough();
  root.footer(
      "Exit codes: 0 done, 1 fault, 2 usage, 3 invalid input, 4 some people not reached,\n"
      "5 posts unfilled, 6 not trusted, 7 a service is out of reach. See tocsin(1).");
  add_globals(root, globals);

  std::vector<Parsed> all;
  for (const Entry& entry : commands()) {
    CLI::App* app = subcommand_for(root, entry);
    Parsed parsed{&entry, entry.make(), app};
    parsed.command->describe(*app);
    if (!entry.examples.empty()) app->footer(fmt::format("Examples:\n{}", entry.examples));
    all.push_back(std::move(parsed));
  }

  try {
    root.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    return root.exit(asked);
  } catch (const CLI::ParseError& error) {
    output.error(usage_fault(root, error, argc, argv));
    return static_cast<int>(Exit::usage);
  }

  const base::SystemClock clock;
  Context context{globals.home.empty() ? default_home() : std::filesystem::path{globals.home},
                  std::nullopt,
                  globals.json,
                  globals.dry_run,
                  clock,
                  output};
  const char* from_environment = std::getenv("TOCSIN_PASSPHRASE_FILE");
  if (!globals.passphrase_file.empty())
    context.passphrase_file = globals.passphrase_file;
  else if (from_environment != nullptr && *from_environment != '\0')
    context.passphrase_file = from_environment;

  try {
    for (Parsed& parsed : all) {
      if (!parsed.app->parsed()) continue;
      const Exit exit = parsed.command->run(context);
      context.out.flush();
      return static_cast<int>(exit);
    }
  } catch (const Fault& fault) {
    output.error(fault);
    return static_cast<int>(fault.exit());
  } catch (const std::bad_alloc&) {
    output.error(Fault(Exit::fault, "out of memory", "close other programs and try again"));
    return static_cast<int>(Exit::fault);
  } catch (const std::exception& error) {
    output.error(Fault(Exit::fault, error.what()));
    return static_cast<int>(Exit::fault);
  }
  return static_cast<int>(Exit::usage);
}

}  // namespace tocsin::cli
