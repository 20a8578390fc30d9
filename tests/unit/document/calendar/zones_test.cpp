#include "document/calendar/zones.h"

#include <gtest/gtest.h>

#include "base/zone_file.h"
#include "document/calendar/values.h"

namespace tocsin::document {
namespace {

std::string_view define(Zones& zones, const std::string& inside) {
  const ParsedComponent component{
      icalparser_parse_string(("BEGIN:VTIMEZONE\r\n" + inside + "END:VTIMEZONE\r\n").c_str())};
  zones.define(component.get());
  return zones.fault_of(inside.substr(5, inside.find("\r\n") - 5));
}

// As Outlook describes London.
constexpr const char* kLondon =
    "TZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n";

TEST(CalendarZones, AZoneThatTheFileDescribesIsAsTheSystemHasIt) {
  Zones zones;
  EXPECT_EQ(define(zones, kLondon), "");
  const base::Zone* here = zones.find("Here");
  ASSERT_NE(here, nullptr);
  const auto london = base::system_zone("Europe/London");
  for (auto at = *base::from_rfc3339("1996-01-01T00:00:00Z");
       at < *base::from_rfc3339("2099-01-01T00:00:00Z"); at += std::chrono::hours{37})
    ASSERT_EQ(here->ahead_at(at), london->ahead_at(at)) << base::to_rfc3339(at);
}

TEST(CalendarZones, TheEndOfARuleAndSingleChangesCount) {
  Zones zones;
  EXPECT_EQ(define(zones,
                   "TZID:X\r\nBEGIN:DAYLIGHT\r\nDTSTART:20200101T000000\r\nTZOFFSETFROM:+0000\r\n"
                   "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;UNTIL=20220101T000000Z\r\n"
                   "END:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:20200701T000000\r\n"
                   "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRDATE:20210701T000000\r\n"
                   "END:STANDARD\r\n"),
            "");
  const auto ahead = [&](const char* at) {
    return zones.find("X")->ahead_at(*base::from_rfc3339(at)).count() / 3600;
  };
  EXPECT_EQ(ahead("2019-03-01T00:00:00Z"), 0);
  EXPECT_EQ(ahead("2020-03-01T00:00:00Z"), 1);
  EXPECT_EQ(ahead("2020-08-01T00:00:00Z"), 0);
  EXPECT_EQ(ahead("2021-08-01T00:00:00Z"), 0);
  EXPECT_EQ(ahead("2022-08-01T00:00:00Z"), 1);
}

TEST(CalendarZones, NamesOfOtherKindsAreKnown) {
  Zones zones;
  const base::Instant july = *base::from_rfc3339("2027-07-01T00:00:00Z");
  for (const char* name :
       {"Europe/London", "\"Europe/London\"", "GMT Standard Time", "GB",
        "/freeassociation.sourceforge.net/Europe/London", "/citadel.org/20210210_1/Europe/London",
        "/freeassociation.sourceforge.net/Tzfile/Europe/London"}) {
    const base::Zone* zone = zones.find(name);
    ASSERT_NE(zone, nullptr) << name;
    EXPECT_EQ(zone->ahead_at(july), std::chrono::hours{1}) << name;
  }
  EXPECT_EQ(zones.find("UTC")->ahead_at(july), std::chrono::hours{0});
}

TEST(CalendarZones, NothingIsGuessed) {
  Zones zones;
  for (const char* name : {"", "London", "BST", "/x.org/Mars/Base", "Custom Time Zone",
                           "(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "../../etc/passwd"})
    EXPECT_EQ(zones.find(name), nullptr) << name;
}

TEST(CalendarZones, WhatIsWrongWithADescriptionIsSaid) {
  Zones zones;
  EXPECT_EQ(define(zones, "TZID:X\r\n"), "a time zone without times or offsets");
  EXPECT_EQ(define(zones,
                   "TZID:X\r\nBEGIN:STANDARD\r\nDTSTART:20200101T000000\r\n"
                   "END:STANDARD\r\n"),
            "a time zone without times or offsets");
  EXPECT_EQ(define(zones,
                   "TZID:X\r\nBEGIN:STANDARD\r\nDTSTART:20200101T000000\r\n"
                   "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=SECONDLY\r\n"
                   "END:STANDARD\r\n"),
            "a time zone whose clock changes by a rule that is not read");
  EXPECT_EQ(zones.find("X"), nullptr);
  EXPECT_EQ(zones.fault_of("\"X\""), zones.fault_of("X"));
  EXPECT_EQ(zones.fault_of("Y"), "");
}

}  // namespace
}  // namespace tocsin::document
