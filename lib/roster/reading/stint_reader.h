// What the readers of tables and of calendars share: the file's words, the people, and the check of
// a span of time. Each of them reports what it cannot read, and guesses nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "document/finding.h"
#include "roster/people/lookup.h"
#include "roster/people/mapping.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// What to do with stints of people who are not on the roster.
enum class Strangers : std::uint8_t { refuse, skip };

class StintReader {
 public:
  StintReader(const Mapping& mapping, const Roster& roster, Strangers strangers,
              document::Findings& findings);

 protected:
  std::optional<Duty> duty_of(std::string_view text) const;
  void report_stranger(const document::Place& place, std::string message, std::string hint);
  // Reports a span that no rota means, such as one in a wrong month.
  bool is_possible(const document::Place& place, const std::string& where, const Stint& stint);

  const Mapping& mapping_;
  People people_;
  Strangers strangers_;
  document::Findings& findings_;
};

// A cell's or an event's words, made fit for a message.
std::string quoted(std::string_view text);

}  // namespace tocsin::roster
