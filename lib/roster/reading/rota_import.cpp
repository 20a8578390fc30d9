#include "roster/reading/rota_import.h"

#include <algorithm>

#include "base/text.h"
#include "roster/reading/event_reader.h"

namespace tocsin::roster {

namespace {

using base::Instant;
using document::Findings;
using document::Table;

std::optional<std::vector<Stint>> settled(std::vector<Stint> stints, const Findings& findings) {
  if (findings.has_errors()) return std::nullopt;
  std::sort(stints.begin(), stints.end());
  stints.erase(std::unique(stints.begin(), stints.end()), stints.end());
  return stints;
}

bool is_calendar(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return base::to_lower(text.substr(0, 15)) == "begin:vcalendar";
}

}  // namespace

std::optional<std::vector<Stint>> import_rota(const Table& table, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              Findings& findings) {
  return settled(read_table(table, mapping, roster, strangers, findings), findings);
}

std::optional<std::vector<Stint>> import_rota(std::span<const document::Event> events,
                                              const Mapping& mapping, const Roster& roster,
                                              Strangers strangers, Findings& findings) {
  return settled(read_events(events, mapping, roster, strangers, findings), findings);
}

std::optional<std::vector<Stint>> import_rota(std::string_view text, const std::string& file,
                                              Instant now, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              Findings& findings) {
  constexpr std::chrono::days kBack{31};
  constexpr std::chrono::days kAhead{400};
  if (is_calendar(text)) {
    const auto events = document::parse_icalendar(text, file, now - kBack, now + kAhead, findings);
    return import_rota(events, mapping, roster, strangers, findings);
  }
  const auto table = document::parse_csv(text, file, findings);
  if (!table) return std::nullopt;
  return import_rota(*table, mapping, roster, strangers, findings);
}

}  // namespace tocsin::roster
