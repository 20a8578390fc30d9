#include "program.h"

#include <cstdlib>
#include <vector>

#include "command_tree.h"
#include "screen/help/help.h"
#include "screen/help/usage.h"

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

// An empty variable counts as unset, as the XDG base directory specification requires.
std::optional<std::filesystem::path> environment_path(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::filesystem::path resolved_home(const Globals& globals) {
  if (!globals.home.empty()) return globals.home;
  if (const auto home = environment_path("TOCSIN_HOME")) return *home;
  if (const auto shared = environment_path("XDG_DATA_HOME")) return *shared / "tocsin";
  if (const auto user = environment_path("HOME")) return *user / ".local/share/tocsin";
  return ".tocsin";
}

std::optional<std::filesystem::path> resolved_passphrase_file(const Globals& globals) {
  if (!globals.passphrase_file.empty()) return globals.passphrase_file;
  return environment_path("TOCSIN_PASSPHRASE_FILE");
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

constexpr const char* kFooter =
    "Examples:\n"
    "  tocsin check playbooks/mass-casualty.yaml\n"
    "  tocsin drill playbooks/mass-casualty.yaml --staff 1200 --seed 1\n"
    "\n"
    "Exit codes: 0 done, 1 fault, 2 usage, 3 invalid input, 4 some people not\n"
    "reached, 5 posts unfilled, 6 not trusted, 7 a service is out of reach.\n"
    "The manual: man tocsin";

}  // namespace

int run_program(int argc, const char* const* argv) {
  Output output;
  Globals globals;
  CLI::App root{"Tocsin calls hospital staff in for a major incident.", "tocsin"};
  root.formatter_fn([](const CLI::App* app, const std::string& name, CLI::AppFormatMode) {
    return help_page(*app, name);
  });
  root.set_help_flag("-h,--help", "Show this page, or that of a command");
  root.set_version_flag("--version", "tocsin " TOCSIN_VERSION "\n", "Show the version");
  root.require_subcommand(1);
  root.fallthrough();
  root.footer(kFooter);
  add_globals(root, globals);
  const std::vector<Described> all = describe_commands(root);

  try {
    try {
      root.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      output.text(root.help());
      output.flush();
      return static_cast<int>(Exit::done);
    } catch (const CLI::CallForVersion& asked) {
      output.text(asked.what());
      output.flush();
      return static_cast<int>(Exit::done);
    } catch (const CLI::ParseError& error) {
      throw usage_fault(root, error);
    }

    const base::SystemClock clock;
    Context context{resolved_home(globals),
                    resolved_passphrase_file(globals),
                    globals.json,
                    globals.dry_run,
                    clock,
                    output};
    for (const Described& described : all) {
      if (!described.app->parsed()) continue;
      const Exit exit = described.command->run(context);
      context.out.flush();
      return static_cast<int>(exit);
    }
    return static_cast<int>(Exit::usage);
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
}

}  // namespace tocsin::cli
