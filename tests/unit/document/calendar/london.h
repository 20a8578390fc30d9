// Tests whose local time is that of London.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "base/text.h"
#include "document/calendar/icalendar.h"

namespace tocsin::document {

class InLondon : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  static base::Instant at(std::string_view text) { return *base::from_rfc3339(text); }

  static std::string calendar(std::string_view inside) {
    return fmt::format("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", inside);
  }
  // The first line of an event is line 3 of the file.
  static std::string event(std::string_view lines, std::string_view uid = "1") {
    return fmt::format("BEGIN:VEVENT\r\nUID:{}\r\n{}END:VEVENT\r\n", uid, lines);
  }

  // The stints as "01-04 08:00 / 01-04 20:00 Ana Bell", in UTC; whoever attends, or else the name
  // in SUMMARY.
  std::vector<std::string> read(std::string_view text, std::string_view from = "2027-01-01",
                                std::string_view until = "2028-01-01",
                                Damaged damaged = Damaged::refuse) {
    Findings findings;
    result_ = read_calendar(text, "rota.ics", at(fmt::format("{}T00:00:00Z", from)),
                            at(fmt::format("{}T00:00:00Z", until)), findings, limits_, damaged);
    findings_ = findings.sorted();
    std::vector<std::string> out;
    for (const Event& one : result_.events)
      out.push_back(fmt::format("{} / {} {}", clock(one.from), clock(one.until), who(one)));
    return out;
  }

  static std::string clock(base::Instant instant) {
    std::string text = base::to_rfc3339(instant).substr(5, 11);
    text[5] = ' ';
    return text;
  }
  static std::string who(const Event& one) {
    std::vector<std::string> names;
    for (const Attendee& attendee : one.attendees)
      names.push_back(attendee.name.empty() ? attendee.email : attendee.name);
    if (!names.empty()) return base::join(names, ", ");
    const std::size_t colon = one.summary.rfind(':');
    return std::string{base::trim(one.summary.substr(colon == std::string::npos ? 0 : colon + 1))};
  }
  std::string message() const { return findings_.empty() ? "" : findings_.front().message; }

  CalendarLimits limits_;
  Calendar result_;
  std::vector<Finding> findings_;
};

using Stints = std::vector<std::string>;

}  // namespace tocsin::document
