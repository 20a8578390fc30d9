// A calendar of 100,000 shifts, each an event of its own as rota systems write them, and one of
// 1,000 series with a change each. Targets for the whole import (tocsin rota import): 1.5 s, 200
// MB.
#include <fmt/format.h>
#include <sys/resource.h>

#include <ctime>
#include <string>

#include "base/fault.h"
#include "document/calendar/icalendar.h"

namespace {

using namespace tocsin;

constexpr int kPeople = 1000;
constexpr int kDays = 100;

std::string stamp(int day, int hour) {
  const std::chrono::sys_days date =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 1} + std::chrono::days{day};
  const std::chrono::year_month_day civil{date};
  return fmt::format(";TZID=Europe/London:{:04}{:02}{:02}T{:02}0000",
                     static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()), hour);
}

std::string event(const std::string& uid, int person, int day, const std::string& more) {
  const bool night = person % 2 == 0;
  return fmt::format(
      "BEGIN:VEVENT\r\nUID:{}@rota.hospital.example\r\nDTSTAMP:20261101T000000Z\r\n{}DTSTART{}\r\n"
      "DTEND{}\r\nATTENDEE;CN=\"Person {}\";PARTSTAT=ACCEPTED:mailto:p{}@hospital.example\r\n"
      "LOCATION:Theatres\r\nSUMMARY:On call anaesthetist\r\nEND:VEVENT\r\n",
      uid, more, stamp(day, night ? 20 : 8), stamp(night ? day + 1 : day, night ? 8 : 20), person,
      person);
}

std::string singles() {
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  for (int day = 0; day < kDays; ++day)
    for (int person = 0; person < kPeople; ++person)
      out += event(fmt::format("{}-{}", day, person), person, day, "");
  return out + "END:VCALENDAR\r\n";
}

std::string series() {
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  for (int person = 0; person < kPeople; ++person) {
    const std::string uid = fmt::format("s{}", person);
    const std::string name = "RECURRENCE-ID" + stamp(50, person % 2 == 0 ? 20 : 8) + "\r\n";
    out += event(uid, person, 0, fmt::format("RRULE:FREQ=DAILY;COUNT={}\r\n", kDays));
    out += event(uid, person, 51, name);
  }
  return out + "END:VCALENDAR\r\n";
}

long peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void measure(std::string_view what, const std::string& text) {
  document::Findings findings;
  const std::clock_t start = std::clock();
  const auto calendar =
      document::read_calendar(text, "rota.ics", *base::from_rfc3339("2026-10-01T00:00:00Z"),
                              *base::from_rfc3339("2027-12-01T00:00:00Z"), findings);
  const double milliseconds = static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC;
  TOCSIN_ASSERT(calendar.events.size() == std::size_t{kPeople} * kDays && !findings.has_errors());
  fmt::print("{:<44} {:8.1f} ms   {} MB at most, {} MB of text\n", what, milliseconds, peak_mb(),
             text.size() >> 20U);
}

}  // namespace

int main() {
  measure("100,000 shifts in 1,000 series", series());
  measure("100,000 shifts in events of their own", singles());
  return 0;
}
