#include "roster/reading/row_times.h"

#include <fmt/format.h>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

namespace {

using base::Instant;
using base::Minutes;

constexpr std::chrono::days kOneDay{1};
constexpr Minutes kMidnight{0};

// One end of a span, as its two cells say it.
struct End {
  std::optional<Date> date;
  std::optional<Minutes> clock;
  std::optional<Instant> exact;
  bool stamped = false;  // the time is the one in the date's cell

  Instant instant() const { return exact ? *exact : local_instant(*date, *clock); }
};

// A date's cell may be stamped with a time, which spreadsheets write as 00:00 when there is none.
std::variant<End, TimeFault> end_of(std::string_view time_field, std::string_view time_text,
                                    std::string_view date_field, std::string_view date_text) {
  End out;
  if (!time_text.empty()) {
    const auto moment = parse_moment(time_text);
    if (!moment)
      return TimeFault{time_field, fmt::format("{} is no time", quoted(time_text)),
                       time_hint(time_text, time_field == "from"
                                                ? "2026-11-22 08:00, or 08:00 beside a column with "
                                                  "the date"
                                                : "2026-11-22 20:00 or 20:00")};
    out = {moment->date, moment->clock, moment->exact};
  }
  if (date_text.empty()) return out;
  const auto day = parse_moment(date_text);
  if (!day || !day->date)
    return TimeFault{date_field, fmt::format("{} is no date", quoted(date_text)),
                     time_hint(date_text, "2026-11-22 or 22/11/2026")};
  if (out.date && *out.date != *day->date)
    return TimeFault{
        time_field,
        fmt::format("{} is another day than {} beside it", quoted(time_text), quoted(date_text)),
        "one of the two is wrong"};
  out.date = day->date;
  const bool stamped = day->clock && *day->clock != kMidnight;
  if (stamped && out.clock && *out.clock != *day->clock)
    return TimeFault{
        time_field,
        fmt::format("{} is another time than {} beside it", quoted(time_text), quoted(date_text)),
        "one of the two is wrong"};
  if (!out.clock && day->clock) {
    out.stamped = true;
    if (stamped) out.clock = day->clock;
    if (stamped) out.exact = day->exact;
  }
  return out;
}

TimeFault without_time(std::string_view field, std::string_view text) {
  return {field,
          text.empty() ? std::string{"no time of day"}
                       : fmt::format("{} is a day without a time of day", quoted(text)),
          "a column with the time, or \"tocsin rota words set WORD DUTY --from 08:00 --until "
          "20:00\" for the row's word"};
}

// Which of the two cells to point at: the one that says something.
std::string_view field_of(std::string_view time_field, std::string_view time_text,
                          std::string_view date_field, std::string_view date_text) {
  return time_text.empty() && !date_text.empty() ? date_field : time_field;
}

// An end on the minute before a handover leaves that minute without anybody.
bool is_minute_before(Minutes clock) { return clock.count() % 60 == 59; }

// Stamps of 00:00 are a date's only when both ends have them, or when the other end has no stamp.
void take_midnights(End& begin, End& end) {
  if (!begin.stamped || !end.stamped || begin.clock.has_value() == end.clock.has_value()) return;
  (begin.clock ? end : begin).clock = kMidnight;
}

// The end's day and time, where the cells leave them open. False when nothing says them.
bool complete_end(End& end, const End& begin, bool whole_days, const UsualTimes& usual) {
  const bool absence = usual.duty == Duty::absent;
  if (!end.clock && end.date && !usual.until) {
    if (!absence) return false;
    end.date = *end.date + kOneDay;  // that day is included
    end.clock = kMidnight;
  } else if (!end.clock && !end.date && !usual.until) {
    if (!whole_days) return false;
    end.date = *begin.date + kOneDay;
    end.clock = kMidnight;
  } else if (!end.clock) {
    end.clock = usual.until;
    if (end.date && *end.date == *begin.date && *end.clock <= *begin.clock)
      end.date = *end.date + kOneDay;  // a night's own times
  }
  if (!end.date) end.date = *end.clock > *begin.clock ? *begin.date : *begin.date + kOneDay;
  return true;
}

}  // namespace

std::variant<Span, TimeFault> span_of(const TimeCells& cells, const UsualTimes& usual) {
  auto begins = end_of("from", cells.from, "date", cells.date);
  if (auto* fault = std::get_if<TimeFault>(&begins)) return std::move(*fault);
  auto ends = end_of("until", cells.until, "end_date", cells.end_date);
  if (auto* fault = std::get_if<TimeFault>(&ends)) return std::move(*fault);
  End begin = std::get<End>(begins);
  End end = std::get<End>(ends);
  take_midnights(begin, end);

  const std::string_view from = field_of("from", cells.from, "date", cells.date);
  if (!begin.date)
    return TimeFault{from, fmt::format("{} is no time", quoted(cells.from)),
                     "2026-11-22 08:00, or 08:00 beside a column with the date"};
  const bool whole_days = !begin.clock && !usual.from && usual.duty == Duty::absent;
  if (!begin.clock && !whole_days && !usual.from)
    return without_time(from, cells.from.empty() ? cells.date : cells.from);
  if (!begin.clock) begin.clock = whole_days ? kMidnight : usual.from;

  Span span;
  span.begin_rounded = !begin.exact && *begin.clock == Minutes{1};
  if (span.begin_rounded) begin.clock = kMidnight;
  if (!complete_end(end, begin, whole_days, usual))
    return without_time(field_of("until", cells.until, "end_date", cells.end_date),
                        cells.until.empty() ? cells.end_date : cells.until);
  span.end_rounded = is_minute_before(*end.clock);
  if (span.end_rounded && end.exact)
    *end.exact = std::chrono::floor<Minutes>(*end.exact) + Minutes{1};
  else if (span.end_rounded)
    *end.clock += Minutes{1};
  span.from = begin.instant();
  span.until = end.instant();
  span.skipped = span.until <= span.from && *end.date + *end.clock > *begin.date + *begin.clock;
  return span;
}

}  // namespace tocsin::roster
