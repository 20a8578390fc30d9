#include "input/rota_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/counted.h"
#include "base/file.h"
#include "control/people.h"
#include "document/csv.h"
#include "home/time_zone.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/rota_import.h"
#include "roster/rota/change.h"
#include "screen/coverage_view.h"

namespace tocsin::cli {

void RotaFiles::describe(Options& app) {
  app.add_option("file", files_, "CSV or iCalendar files")->required()->type_name("FILE");
  mapping_.describe(app);
  app.add_flag("--keep", keep_, "Add to what is planned already, instead of replacing it");
  app.add_flag("--skip-unknown", skip_unknown_, "Leave out people who are not on the roster");
  app.add_flag("--skip-unknown-words", skip_unknown_words_,
               "Leave out stints whose words name no duty that we know");
  app.add_flag("--skip-damaged", skip_damaged_, "Leave out events that cannot be read");
}

TriedImport RotaFiles::read(const Context& context, const home::Home& home,
                            const home::Unlocked& keys) const {
  TriedImport tried;
  tried.roster = control::need_roster(home, keys.store);
  tried.before = control::read_rota(home, keys.store);
  if (home::is_utc_by_default(home.settings(), context.clock.now()))
    tried.read.findings.warning({"tocsin.yaml", 1, 1}, std::string{kUtcTrouble},
                                "say where the organisation is: time_zone: Europe/London");
  read_into(tried, control::read_meanings(home, keys.store), context.clock.now());
  if (tried.read.findings.has_errors() ||
      (!tried.read.not_understood.empty() && !skip_unknown_words_))
    return tried;
  const bool keeps = keep_ || roster::only_changes(tried.read.draft, tried.before);
  if (keeps && !keep_)
    tried.read.findings.warning(
        {files_.front(), 1, 1},
        "only changes of what was imported before, which stays as with --keep");
  if (keeps) revise(tried);
  refuse_lost_changes(tried.read);
  if (tried.read.findings.has_errors()) return tried;
  tried.after =
      roster::with_plan(tried.before, std::move(tried.read.draft), roster::Plan::replaced);
  return tried;
}

// A change of repetitions that nobody planned would be lost without a word.
void RotaFiles::refuse_lost_changes(roster::ReadRota& read) const {
  for (const roster::LaterChange& change : read.draft.changes_of_others)
    if (!change.is_used)
      read.findings.error(
          change.place,
          keep_
              ? "a change of all later repetitions, none of which is in this import or in the rota"
              : "a change of all later repetitions, none of which is in this import",
          keep_
              ? "export their series with it"
              : "name the file of their series as well, or add to a rota that has it with --keep");
}

// The draft becomes the whole plan; what it does to the plan that is there is said.
void RotaFiles::revise(TriedImport& tried) const {
  const bool plans = !tried.read.draft.stints.empty();
  roster::Revised revised =
      roster::revise(roster::draft_of(tried.before), std::move(tried.read.draft));
  const document::Place place{files_.front(), 1, 1};
  if (revised.replaced > 0)
    tried.read.findings.warning(place,
                                fmt::format("replaces or calls off {} that {} imported before",
                                            base::counted(revised.replaced, "stint", "stints"),
                                            revised.replaced == 1 ? "was" : "were"),
                                "\"tocsin rota diff\" names them");
  if (revised.outdated > 0)
    tried.read.findings.warning(
        place, fmt::format("{} left out: what was imported before is a newer version",
                           base::counted(revised.outdated, "stint", "stints")));
  if (!plans && revised.replaced == 0 && revised.draft.changes_of_others.empty())
    tried.read.findings.warning(place, "changes nothing: what it calls off is not in the rota");
  tried.read.draft = std::move(revised.draft);
}

void RotaFiles::read_into(TriedImport& tried, const roster::Meanings& meanings,
                          base::Instant now) const {
  const roster::Mapping mapping = mapping_.read(roster::rota_fields(), tried.read.findings);
  const roster::Terms terms{tried.roster, mapping, meanings,
                            skip_unknown_ ? roster::Strangers::skip : roster::Strangers::refuse,
                            skip_damaged_ ? document::Damaged::skip : document::Damaged::refuse};
  for (const std::string& file : files_)
    roster::read_rota(base::read_file(file, std::max(document::CsvLimits{}.size_bytes,
                                                     document::CalendarLimits{}.size_bytes)),
                      file, now, terms, tried.read);
}

}  // namespace tocsin::cli
