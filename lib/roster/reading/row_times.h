// From when until when a row of a table is, from up to four cells: times of day, dates, or both in
// one cell. Times are local. Pure: the same cells give the same span, whatever else a file says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

struct TimeCells {
  std::string_view from;
  std::string_view until;
  std::string_view date;      // of the beginning
  std::string_view end_date;  // of the end
};

// What the row's word says, where the cells do not.
struct UsualTimes {
  Duty duty = Duty::on_duty;  // an absence without times is whole days, its last one included
  std::optional<base::Minutes> from;
  std::optional<base::Minutes> until;
};

struct Span {
  base::Instant from{};
  base::Instant until{};       // not after `from` when the cells say so
  bool skipped = false;        // the clocks skip all of it
  bool end_rounded = false;    // 23:59 was read as 24:00
  bool begin_rounded = false;  // 00:01 was read as 00:00
};

// A fault, and the cell at fault: "from", "until", "date" or "end_date".
struct TimeFault {
  std::string_view field;
  std::string message;
  std::string hint;
};

std::variant<Span, TimeFault> span_of(const TimeCells& cells, const UsualTimes& usual);

}  // namespace tocsin::roster
