#include "roster/reading/stint_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace tocsin::roster {

namespace {

using document::Findings;
using document::Place;

// A longer span is a mistake, such as a wrong month.
constexpr std::chrono::days kLongestDuty{8};
constexpr std::chrono::days kLongestAbsence{800};

}  // namespace

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", base::printable(text.substr(0, 60)));
}

StintReader::StintReader(const Mapping& mapping, const Roster& roster, Strangers strangers,
                         Findings& findings)
    : mapping_(mapping), people_(roster), strangers_(strangers), findings_(findings) {}

std::optional<Duty> StintReader::duty_of(std::string_view text) const {
  return duty_from_text(mapping_.word("duty", text));
}

void StintReader::report_stranger(const Place& place, std::string message, std::string hint) {
  if (strangers_ == Strangers::refuse)
    findings_.error(place, std::move(message), std::move(hint));
  else
    findings_.warning(place, std::move(message), "left out");
}

bool StintReader::is_possible(const Place& place, const std::string& where, const Stint& stint) {
  const auto length = stint.until - stint.from;
  if (length <= base::Milliseconds{0}) {
    findings_.error(place, where + "it ends before it begins", "look at the dates");
    return false;
  }
  const bool absence = stint.duty == Duty::absent;
  if (length <= (absence ? kLongestAbsence : kLongestDuty)) return true;
  findings_.error(place,
                  fmt::format("{}{} of more than {} days", where, absence ? "an absence" : "a duty",
                              (absence ? kLongestAbsence : kLongestDuty).count()),
                  "look at the dates");
  return false;
}

}  // namespace tocsin::roster
