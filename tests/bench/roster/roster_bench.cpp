// Ten thousand people and their rota: importing, decoding as every command does, and lookups.
// Targets: 10,000 people from CSV in 50 ms; decoding in 10 ms.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "base/fault.h"
#include "roster/people/import.h"
#include "roster/people/names.h"
#include "roster/reading/table_reader.h"
#include "roster/rota/rest.h"

namespace {

using namespace tocsin;

constexpr int kPeople = 10'000;
constexpr int kRounds = 9;

constexpr const char* kFirst[] = {"Ana",  "Ben", "Chloe", "Dev",  "Ewa",  "Femi", "Gwen", "Hugo",
                                  "Ines", "Jan", "Kofi",  "Lena", "Mina", "Nils", "Omar", "Priya"};
constexpr const char* kLast[] = {"Ashdown", "Bellamy", "Carrow", "Denholm", "Eastlake", "Fenwick"};

std::string staff_csv() {
  std::string out =
      "Employee Number,Full Name,Staff Group,Job Role,Area of Work,Skills,Travel Time,Language,"
      "Assignment Status,Consent Date,Mobile,Home Phone,Email\r\n";
  for (int i = 0; i < kPeople; ++i)
    out += fmt::format(
        "{},\"{}{}, {}\",Nursing and Midwifery,Staff Nurse,Ward {},\"ALS; Triage; Trauma "
        "Nursing\",{},"
        "en,Active Assignment,01/03/2025,07700 90{:04},020 7946 {:04},p{}@example.org\r\n",
        20'000'000 + i, kLast[i % 6], static_cast<char>('a' + i / 16 % 26), kFirst[i % 16], i % 60,
        5 + i % 90, i % 1000, i % 1000, i);
  return out;
}

std::string rota_csv() {
  std::string out = "Employee Number,Date,Start,End,Shift Type\r\n";
  for (int i = 0; i < kPeople; ++i)
    for (int day = 1; day <= 12; ++day)
      out += fmt::format("{},{:02}/11/2026,{},{}\r\n", 20'000'000 + i, 1 + (i + day * 2) % 28,
                         i % 3 == 0 ? "20:00,08:00" : "08:00,20:00",
                         i % 7 == 0 ? "On Call" : "Long Day");
  return out;
}

// The median of a few rounds, in milliseconds of processor time, which leaves out other work on the
// machine.
template <class Work>
double median_ms(Work work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const std::clock_t start = std::clock();
    work();
    times.push_back(static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void report(std::string_view what, double milliseconds, std::string_view target) {
  fmt::print("{:<44} {:8.1f} ms   {}\n", what, milliseconds, target);
}

// The same names, each ten times.
roster::Roster ten_times(const roster::Roster& some) {
  std::vector<roster::Responder> people;
  for (int copy = 0; copy < 10; ++copy)
    for (roster::Responder person : some.responders()) {
      person.id = roster::PersonId{fmt::format("{}-{}", person.id.str(), copy)};
      people.push_back(std::move(person));
    }
  return roster::Roster{1, {}, std::move(people)};
}

}  // namespace

int main() {
  const std::string csv = staff_csv();
  std::vector<roster::Responder> people;
  report("10,000 people from CSV", median_ms([&] {
           document::Findings findings;
           const auto table = document::parse_csv(csv, "staff.csv", findings);
           TOCSIN_ASSERT(table);
           auto read = roster::import_people(*table, roster::Mapping{}, findings);
           TOCSIN_ASSERT(read && read->size() == kPeople);
           people = *std::move(read);
         }),
         "target 50");
  const roster::Roster roster{1, {}, std::move(people)};
  const base::Bytes bytes = roster::encode(roster);
  report("roster encoded", median_ms([&] { TOCSIN_ASSERT(!roster::encode(roster).empty()); }), "");
  report(fmt::format("roster decoded ({} KB)", bytes.size() / 1024),
         median_ms([&] { TOCSIN_ASSERT(roster::decode_roster(bytes)->size() == kPeople); }),
         "target 10");
  const double alike = median_ms([&] { roster::look_alikes(roster); });
  report("names too alike", alike, "");
  const roster::Roster large = ten_times(roster);
  fmt::print("{:<44} {:8.1f} times     target 11\n", "names too alike of ten times as many",
             median_ms([&] { roster::look_alikes(large); }) / alike);

  const std::string rota_text = rota_csv();
  const roster::Mapping mapping;
  const roster::Meanings meanings;
  std::vector<roster::Stint> stints;
  report("120,000 stints from CSV", median_ms([&] {
           roster::ReadRota read;
           const auto table = document::parse_csv(rota_text, "rota.csv", read.findings);
           TOCSIN_ASSERT(table);
           roster::read_table(*table, {roster, mapping, meanings}, read);
           TOCSIN_ASSERT(!read.findings.has_errors() && read.not_understood.empty());
           stints.clear();
           for (roster::Planned& one : read.draft.stints) stints.push_back(std::move(one.stint));
         }),
         "");
  const roster::Rota rota{1, std::move(stints), {}};
  const base::Bytes rota_bytes = roster::encode(rota);
  report(fmt::format("rota decoded ({} KB)", rota_bytes.size() / 1024),
         median_ms([&] { TOCSIN_ASSERT(roster::decode_rota(rota_bytes)); }), "");
  const base::Instant night = *base::from_rfc3339("2026-11-15T22:40:00Z");
  report("duty and rest of all 10,000", median_ms([&] {
           std::size_t broken = 0;
           for (const roster::Responder& person : roster.responders()) {
             TOCSIN_ASSERT(rota.duty_of(person.id, night) != roster::Duty::absent);
             broken +=
                 roster::breaches(rota, {}, person.id, night, night + std::chrono::hours{8}).empty()
                     ? 0
                     : 1;
           }
           TOCSIN_ASSERT(broken > 0);
         }),
         "");
  return 0;
}
