#include "input/rota_files.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "control/people.h"
#include "document/csv.h"
#include "home/time_zone.h"
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
  tried.after = roster::with_plan(tried.before, std::move(tried.read.draft),
                                  keeps ? roster::Plan::kept : roster::Plan::replaced);
  return tried;
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
