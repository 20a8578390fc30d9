// tocsin rota import: imports a rota from CSV and iCalendar files, completely or not at all.
#include "roster/rota/rota_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/counted.h"
#include "base/file.h"
#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/mapping_flags.h"
#include "input/opening.h"
#include "screen/findings.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

bool is_calendar(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return base::to_lower(text.substr(0, 15)) == "begin:vcalendar";
}

class RotaImport final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("file", files_, "CSV or iCalendar files")->required()->type_name("FILE");
    mapping_.describe(app);
    app.add_flag("--keep", keep_, "Add to what is planned already, instead of replacing it");
    app.add_flag("--skip-unknown", skip_unknown_, "Leave out people who are not on the roster");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Rota before = control::read_rota(home, keys.store);

    document::Findings findings;
    const roster::Mapping mapping = mapping_.read(roster::rota_fields(), findings);
    std::vector<roster::Stint> stints;
    for (const std::string& file : files_)
      if (auto read = read_file(file, mapping, roster, context.clock.now(), findings))
        stints.insert(stints.end(), read->begin(), read->end());
    if (findings.has_errors()) return refuse(context, findings);
    if (keep_) stints.insert(stints.end(), before.planned().begin(), before.planned().end());
    std::sort(stints.begin(), stints.end());
    stints.erase(std::unique(stints.begin(), stints.end()), stints.end());

    const roster::Rota after{before.revision() + 1, std::move(stints), before.overrides()};
    if (!context.dry_run) {
      seal::Entropy random;
      control::write_rota(home, keys.store, after, random);
    }
    print(context, after, findings);
    return Exit::done;
  }

 private:
  std::optional<std::vector<roster::Stint>> read_file(const std::string& file,
                                                      const roster::Mapping& mapping,
                                                      const roster::Roster& roster,
                                                      base::Instant now,
                                                      document::Findings& findings) const {
    // A month back for the rest rules, and as far ahead as rotas are planned.
    constexpr std::chrono::days kBack{31};
    constexpr std::chrono::days kAhead{400};
    const auto strangers = skip_unknown_ ? roster::Strangers::skip : roster::Strangers::refuse;
    const std::string text = base::read_file(file, document::CsvLimits{}.size_bytes);
    if (is_calendar(text)) {
      const auto events =
          document::parse_icalendar(text, file, now - kBack, now + kAhead, findings);
      return roster::import_rota(events, mapping, roster, strangers, findings);
    }
    const auto table = document::parse_csv(text, file, findings);
    if (!table) return std::nullopt;
    return roster::import_rota(*table, mapping, roster, strangers, findings);
  }

  static Exit refuse(Context& context, const document::Findings& findings) {
    if (context.json) {
      context.out.json({{"imported", false}, {"findings", to_json(findings)}});
    } else {
      say(findings, context.out);
      context.out.error(Fault(Exit::invalid, base::counted(findings.errors(), "fault", "faults") +
                                                 "; nothing was imported"));
    }
    return Exit::invalid;
  }

  static void print(Context& context, const roster::Rota& rota,
                    const document::Findings& findings) {
    std::set<roster::PersonId> people;
    base::Instant last{};
    for (const roster::Stint& stint : rota.planned()) {
      people.insert(stint.person);
      last = std::max(last, stint.until);
    }
    if (context.json) {
      context.out.json({{"imported", !context.dry_run},
                        {"revision", rota.revision()},
                        {"stints", rota.planned().size()},
                        {"people", people.size()},
                        {"until", rota.planned().empty() ? nlohmann::json(nullptr)
                                                         : nlohmann::json(base::to_rfc3339(last))},
                        {"overrides", rota.overrides().size()},
                        {"findings", to_json(findings)}});
      return;
    }
    say(findings, context.out);
    context.out.line(fmt::format(
        "{}{} of {}{}", context.dry_run ? "would import " : "",
        base::counted(rota.planned().size(), "stint", "stints"),
        base::counted(people.size(), "person", "people"),
        rota.planned().empty() ? "" : fmt::format(", until {}", base::local_stamp(last))));
  }

  std::vector<std::string> files_;
  MappingFlags mapping_;
  bool keep_ = false;
  bool skip_unknown_ = false;
};

}  // namespace

std::unique_ptr<Command> make_rota_import() { return std::make_unique<RotaImport>(); }

}  // namespace tocsin::cli
