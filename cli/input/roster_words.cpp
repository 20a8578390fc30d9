#include "input/roster_words.h"

#include "base/fault.h"
#include "base/file.h"
#include "control/people.h"
#include "document/csv.h"
#include "input/opening.h"
#include "roster/people/import.h"
#include "roster/people/people_fields.h"

namespace tocsin::cli {

std::optional<playbook::RosterWords> words_of_csv(const std::string& file,
                                                  const MappingFlags& flags,
                                                  document::Findings& findings) {
  try {
    const roster::Mapping mapping = flags.read(roster::people_fields(), findings);
    const document::CsvLimits limits;
    const auto table =
        document::parse_csv(base::read_file(file, limits.size_bytes), file, findings);
    if (!table) return std::nullopt;
    const auto people = roster::import_people(*table, mapping, findings);
    if (!people) return std::nullopt;
    return playbook::words_of(*people);
  } catch (const base::Fault& fault) {
    if (fault.exit() == base::Exit::usage) throw;
    findings.error({file, 1, 1}, fault.what(), fault.hint());
    return std::nullopt;
  }
}

playbook::RosterWords words_of_home(const Context& context) {
  const home::Home home = open_home(context);
  const home::Unlocked keys = unlock(context, home);
  return playbook::words_of(control::need_roster(home, keys.store),
                            control::read_rota(home, keys.store));
}

}  // namespace tocsin::cli
