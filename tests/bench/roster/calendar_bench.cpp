// A calendar of 100,000 shifts, each an event of its own as rota systems write them, and one of
// 1,000 series with a change each. Targets for the whole import (tocsin rota import): 1.5 s, 200
// MB.
#include <fmt/format.h>
#include <sys/resource.h>

#include <ctime>
#include <string>
#include <vector>

#include "base/fault.h"
#include "document/calendar/icalendar.h"
#include "roster/reading/rota_import.h"
#include "roster/rota/change.h"

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

void report(std::string_view what, std::clock_t start, std::string_view more) {
  fmt::print("{:<44} {:8.1f} ms   {} MB at most{}\n", what,
             static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC, peak_mb(), more);
}

void measure_reading(std::string_view what, const std::string& text) {
  document::Findings findings;
  const std::clock_t start = std::clock();
  const auto calendar =
      document::read_calendar(text, "rota.ics", *base::from_rfc3339("2026-10-01T00:00:00Z"),
                              *base::from_rfc3339("2027-12-01T00:00:00Z"), findings);
  TOCSIN_ASSERT(calendar.events.size() == std::size_t{kPeople} * kDays && !findings.has_errors());
  report(what, start, fmt::format(", {} MB of text", text.size() >> 20U));
}

// All of `tocsin rota import` but the home: from the text to the bytes that are sealed.
void measure_import(const std::string& text) {
  std::vector<roster::Responder> people(kPeople);
  for (int i = 0; i < kPeople; ++i) {
    people[static_cast<std::size_t>(i)].id = roster::PersonId{fmt::format("{}", 1000 + i)};
    people[static_cast<std::size_t>(i)].name = fmt::format("Person {}", i);
    people[static_cast<std::size_t>(i)].contacts = {
        {roster::ChannelId{"email"}, fmt::format("p{}@hospital.example", i), {}, {}, true}};
  }
  const roster::Roster roster{1, {}, std::move(people)};
  const roster::Mapping mapping;
  const roster::Meanings meanings;
  const std::clock_t start = std::clock();
  roster::ReadRota read;
  roster::read_rota(text, "rota.ics", *base::from_rfc3339("2026-11-15T00:00:00Z"),
                    {roster, mapping, meanings}, read);
  TOCSIN_ASSERT(read.draft.stints.size() == std::size_t{kPeople} * kDays);
  const roster::Rota rota =
      roster::with_plan(roster::Rota{}, std::move(read.draft), roster::Plan::replaced);
  TOCSIN_ASSERT(!roster::encode(rota).empty());
  report("the same imported", start, "; target 1500 ms, 200 MB");
}

}  // namespace

int main() {
  measure_reading("100,000 shifts in 1,000 series", series());
  const std::string text = singles();
  measure_reading("100,000 shifts in events of their own", text);
  measure_import(text);
  return 0;
}
