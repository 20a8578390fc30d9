// tocsin rota import: imports a rota from CSV and iCalendar files, completely or not at all.
#include "roster/reading/rota_import.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "command.h"
#include "control/people.h"
#include "document/csv.h"
#include "input/mapping_flags.h"
#include "input/opening.h"
#include "roster/rota/change.h"
#include "screen/staff/import_view.h"
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
    app.add_flag("--skip-unknown-words", skip_unknown_words_,
                 "Leave out stints whose words name no duty that we know");
    app.add_flag("--skip-damaged", skip_damaged_, "Leave out events that cannot be read");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Rota before = control::read_rota(home, keys.store);
    const roster::Meanings meanings = control::read_meanings(home, keys.store);
    roster::ReadRota read = read_files(roster, meanings, context.clock.now());
    if (read.findings.has_errors() || (!read.not_understood.empty() && !skip_unknown_words_)) {
      print_refused_rota(context.out, context.form(), read);
      return Exit::invalid;
    }
    const bool keeps = keep_ || roster::only_changes(read.draft, before);
    if (keeps && !keep_)
      read.findings.warning({files_.front(), 1, 1},
                            "only changes of what was imported before, which stays as with --keep");
    const roster::Rota after = roster::with_plan(
        before, std::move(read.draft), keeps ? roster::Plan::kept : roster::Plan::replaced);
    if (!context.dry_run) {
      seal::Entropy random;
      control::write_rota(home, keys.store, after, random);
    }
    print_imported_rota(context.out, context.form(), after, read, roster,
                        context.dry_run ? Done::only_tried : Done::yes);
    return Exit::done;
  }

 private:
  roster::ReadRota read_files(const roster::Roster& roster, const roster::Meanings& meanings,
                              base::Instant now) const {
    roster::ReadRota read;
    const roster::Mapping mapping = mapping_.read(roster::rota_fields(), read.findings);
    const roster::Terms terms{roster, mapping, meanings,
                              skip_unknown_ ? roster::Strangers::skip : roster::Strangers::refuse,
                              skip_damaged_ ? document::Damaged::skip : document::Damaged::refuse};
    for (const std::string& file : files_)
      roster::read_rota(base::read_file(file, std::max(document::CsvLimits{}.size_bytes,
                                                       document::CalendarLimits{}.size_bytes)),
                        file, now, terms, read);
    return read;
  }

  std::vector<std::string> files_;
  MappingFlags mapping_;
  bool keep_ = false;
  bool skip_unknown_ = false;
  bool skip_unknown_words_ = false;
  bool skip_damaged_ = false;
};

}  // namespace

std::unique_ptr<Command> make_rota_import() { return std::make_unique<RotaImport>(); }

}  // namespace tocsin::cli
