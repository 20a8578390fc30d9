#include "roster/reading/rota_calendar.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"
#include "document/calendar/write.h"
#include "roster/people/lookup.h"

namespace tocsin::roster {

namespace {

std::string_view word_of(Duty duty) {
  switch (duty) {
    case Duty::on_call:
      return "On call";
    case Duty::absent:
      return "Absent";
    case Duty::on_duty:
    case Duty::off:
    case Duty::unknown:
      break;
  }
  return "On duty";
}

constexpr std::string_view kOwn = "@tocsin";  // the end of our UIDs

}  // namespace

std::optional<RoleId> role_of_own(std::string_view uid, std::string_view words) {
  if (!uid.ends_with(kOwn)) return std::nullopt;
  for (const Duty duty : {Duty::on_duty, Duty::on_call, Duty::absent}) {
    const std::string_view word = word_of(duty);
    if (words.starts_with(word)) return RoleId{std::string{base::trim(words.substr(word.size()))}};
  }
  return std::nullopt;
}

std::string rota_calendar(std::span<const Listed> stints, const Roster& roster,
                          base::Instant written) {
  const People people{roster};
  std::vector<document::Event> events;
  events.reserve(stints.size());
  for (const Listed& one : stints) {
    const Stint& stint = one.stint;
    document::Event event;
    // The same stint has the same name in each file, so that a calendar keeps it once.
    event.uid =
        fmt::format("{}-{}-{}-{}-{}{}", one.person->id.str(), stint.from.time_since_epoch().count(),
                    stint.until.time_since_epoch().count(), static_cast<int>(stint.duty),
                    stint.role.str(), kOwn);
    const bool is_named = people.by_name(one.person->name) == one.person &&
                          one.person->name.find(':') == std::string::npos;
    event.summary =
        fmt::format("{}{}{}: {}", word_of(stint.duty), stint.role.empty() ? "" : " ",
                    stint.role.str(), is_named ? one.person->name : one.person->id.str());
    event.location = stint.ward.str();
    event.categories = {std::string{word_of(stint.duty)}};
    event.from = stint.from;
    event.until = stint.until;
    events.push_back(std::move(event));
  }
  return document::write_icalendar(events, written);
}

}  // namespace tocsin::roster
