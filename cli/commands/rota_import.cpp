// tocsin rota import: imports a rota from CSV and iCalendar files, completely or not at all.
#include "roster/reading/rota_import.h"

#include "base/file.h"
#include "command.h"
#include "control/people.h"
#include "input/mapping_flags.h"
#include "input/opening.h"
#include "roster/rota/change.h"
#include "screen/findings.h"
#include "screen/staff/rota_view.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;

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
    std::vector<roster::Stint> stints = read_files(roster, context.clock.now(), findings);
    if (findings.has_errors()) {
      print_refused_import(context.out, context.form(), "", findings);
      return Exit::invalid;
    }
    const roster::Rota after = roster::with_plan(
        before, std::move(stints), keep_ ? roster::Plan::kept : roster::Plan::replaced);
    if (!context.dry_run) {
      seal::Entropy random;
      control::write_rota(home, keys.store, after, random);
    }
    print_imported_rota(context.out, context.form(), after, findings,
                        context.dry_run ? Done::only_tried : Done::yes);
    return Exit::done;
  }

 private:
  std::vector<roster::Stint> read_files(const roster::Roster& roster, base::Instant now,
                                        document::Findings& findings) const {
    const roster::Mapping mapping = mapping_.read(roster::rota_fields(), findings);
    const auto strangers = skip_unknown_ ? roster::Strangers::skip : roster::Strangers::refuse;
    std::vector<roster::Stint> stints;
    for (const std::string& file : files_)
      if (const auto read =
              roster::import_rota(base::read_file(file, document::CsvLimits{}.size_bytes), file,
                                  now, mapping, roster, strangers, findings))
        stints.insert(stints.end(), read->begin(), read->end());
    return stints;
  }

  std::vector<std::string> files_;
  MappingFlags mapping_;
  bool keep_ = false;
  bool skip_unknown_ = false;
};

}  // namespace

std::unique_ptr<Command> make_rota_import() { return std::make_unique<RotaImport>(); }

}  // namespace tocsin::cli
