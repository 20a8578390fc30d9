// Calendars as people's systems write them (tests/calendar/cases), and what is right.
#include <gtest/gtest.h>

#include "base/file.h"
#include "unit/document/calendar/london.h"

namespace tocsin::document {
namespace {

class CalendarCases : public InLondon {
 protected:
  // Reads a case between two days; `warning` is a part of the first finding.
  void expect(std::string_view name, std::string_view from, std::string_view until,
              const Stints& right, std::string_view warning = {}) {
    const std::string path = fmt::format("tests/calendar/cases/{}.ics", name);
    EXPECT_EQ(read(base::read_file(path, 1 << 20), from, until), right) << name;
    EXPECT_EQ(findings_.empty(), warning.empty()) << name << ": " << message();
    EXPECT_NE(message().find(warning), std::string::npos) << name << ": " << message();
    for (const Finding& finding : findings_) EXPECT_EQ(finding.severity, Severity::warning);
  }
};

TEST_F(CalendarCases, AHandoverStaysAtItsWallClock) {
  for (const char* name : {"01-weekly-dtend", "02-weekly-duration-p7d"})
    expect(name, "2027-03-20", "2027-04-04",
           {"03-22 08:00 / 03-29 07:00 Ana Bell", "03-15 08:00 / 03-22 08:00 Ben Moss",
            "03-29 07:00 / 04-05 07:00 Ben Moss"});
  expect("03-weekly-allday", "2027-10-20", "2027-11-05",
         {"10-17 23:00 / 10-24 23:00 Ana Bell", "11-01 00:00 / 11-08 00:00 Ana Bell",
          "10-24 23:00 / 11-01 00:00 Ben Moss"});
  expect("04-nightly-dtend", "2027-03-28", "2027-03-29",
         {"03-27 20:00 / 03-28 07:00 Ana Bell", "03-28 19:00 / 03-29 07:00 Ana Bell",
          "03-28 07:00 / 03-28 19:00 Ben Moss"});
  expect("50-single-p1d-over-spring", "2027-03-01", "2027-04-01",
         {"03-27 20:00 / 03-28 19:00 Ana Bell"});
}

TEST_F(CalendarCases, UntilIsInclusiveInEveryForm) {
  expect("05-until-utc-equal", "2027-06-20", "2027-08-01",
         {"06-21 07:00 / 06-21 19:00 Ana Bell", "06-28 07:00 / 06-28 19:00 Ana Bell"});
  expect("14-windows-zone-vtimezone", "2027-06-27", "2027-08-01",
         {"06-28 07:00 / 06-28 19:00 Ana Bell", "07-05 07:00 / 07-05 19:00 Ana Bell"});
  expect("52-until-date-only", "2027-01-06", "2027-02-01",
         {"01-06 08:00 / 01-06 20:00 Ana Bell", "01-07 08:00 / 01-07 20:00 Ana Bell"},
         "UNTIL is a day");
  expect("117-allday-until-exdate", "2027-01-01", "2027-02-01",
         {"01-04 00:00 / 01-05 00:00 Ana Bell", "01-05 00:00 / 01-06 00:00 Ana Bell",
          "01-07 00:00 / 01-08 00:00 Ana Bell", "01-08 00:00 / 01-09 00:00 Ana Bell"});
}

TEST_F(CalendarCases, TimesThatOccurTwiceOrNever) {
  for (const char* name : {"07-gap-start-tzid", "08-gap-start-floating"})
    expect(name, "2027-03-01", "2027-04-01", {"03-28 01:30 / 03-28 07:00 Ana Bell"});
  expect("09-overlap-handover", "2027-10-01", "2027-12-01",
         {"10-30 19:00 / 10-31 00:30 Ana Bell", "10-31 00:30 / 10-31 08:00 Ben Moss"});
  expect("49-gap-handover-tzid", "2027-03-01", "2027-04-01",
         {"03-28 19:00 / 03-29 00:30 Cara Reid", "03-27 20:00 / 03-28 01:30 Ana Bell",
          "03-28 01:30 / 03-28 07:00 Ben Moss"});
  expect("95-daily-in-gap", "2027-03-27", "2027-04-01",
         {"03-27 01:30 / 03-27 09:00 Ana Bell", "03-28 01:30 / 03-28 08:00 Ana Bell",
          "03-29 00:30 / 03-29 08:00 Ana Bell"});
}

TEST_F(CalendarCases, TheVersionThatCounts) {
  expect("10-range-thisandfuture", "2027-01-01", "2027-02-01",
         {"01-04 08:00 / 01-04 20:00 Ana Bell", "01-11 08:00 / 01-11 20:00 Ana Bell",
          "01-18 10:00 / 01-18 22:00 Ben Moss", "01-25 10:00 / 01-25 22:00 Ben Moss"});
  expect("20-sequence-twice", "2027-01-01", "2027-02-01", {"01-05 08:00 / 01-05 20:00 Ben Moss"},
         "an older version");
  expect("21-cancelled-occurrence", "2027-01-01", "2027-01-20",
         {"01-04 08:00 / 01-04 20:00 Ana Bell", "01-18 08:00 / 01-18 20:00 Ana Bell"});
  expect("40-method-cancel", "2027-01-01", "2027-02-01", {});
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_EQ(result_.cancelled[0].uid, "m1");
  expect("55-moved-utc-recurrence-id", "2027-01-01", "2027-02-01",
         {"01-04 08:00 / 01-04 20:00 Ana Bell", "01-13 08:00 / 01-13 20:00 Ana Bell"});
  expect("57-recurrence-id-date", "2027-07-01", "2027-07-20",
         {"07-05 07:00 / 07-05 19:00 Ana Bell", "07-19 07:00 / 07-19 19:00 Ana Bell",
          "07-13 07:00 / 07-13 19:00 Ben Moss"},
         "RECURRENCE-ID is a day");
}

TEST_F(CalendarCases, ASwapInASecondFileSaysWhatItReplaces) {
  expect("41b-swap-in-second-file", "2027-01-01", "2027-02-01",
         {"01-11 08:00 / 01-11 20:00 Ben Moss"});
  const Event swap = result_.events[0];
  expect("41a-series", "2027-01-05", "2027-01-12", {"01-11 08:00 / 01-11 20:00 Ana Bell"});
  EXPECT_EQ(swap.replaces, Replaces::repetition);
  EXPECT_EQ(result_.events[0].replaces, Replaces::everything);
  EXPECT_EQ(swap.uid, result_.events[0].uid);
  EXPECT_EQ(swap.original, result_.events[0].original);
}

TEST_F(CalendarCases, ExceptionsOfEveryForm) {
  expect("19-exdate-forms", "2027-01-01", "2027-01-30",
         {"01-04 08:00 / 01-04 20:00 Ana Bell", "01-25 08:00 / 01-25 20:00 Ana Bell"},
         "EXDATE, RDATE or RECURRENCE-ID is a day");
  expect("56-exdate-floating", "2027-07-01", "2027-07-20",
         {"07-05 07:00 / 07-05 19:00 Ana Bell", "07-19 07:00 / 07-19 19:00 Ana Bell"});
}

TEST_F(CalendarCases, Attendees) {
  expect("11-declined", "2027-01-01", "2027-02-01", {"01-04 08:00 / 01-04 20:00 Ben Moss"});
  expect("45c-delegated", "2027-01-01", "2027-02-01",
         {"01-04 08:00 / 01-04 20:00 ben.moss@hospital.example"});
  expect("45-room-attendee", "2027-01-01", "2027-02-01", {"01-04 08:00 / 01-04 20:00 Ana Bell"});
  expect("119-folded-email", "2027-01-01", "2027-02-01", {"01-04 08:00 / 01-04 20:00 Ana Bell"});
  EXPECT_EQ(result_.events[0].attendees[0].email, "ana.bell@hospital.example");
}

TEST_F(CalendarCases, SoundThoughUnusual) {
  for (const char* name : {"12-empty-properties", "15-folded-line-begins-end", "54-lf-only-bom",
                           "53-outlook-apple-extras"})
    expect(name, "2027-01-01", "2027-02-01", {"01-04 08:00 / 01-04 20:00 Ana Bell"});
  expect("16-fold-inside-utf8", "2027-01-01", "2027-02-01",
         {"01-04 08:00 / 01-04 20:00 Siân O'Neill"});
  expect("115-weekly-in-utc", "2027-06-01", "2027-06-08", {"06-07 08:00 / 06-07 20:00 Ana Bell"});
  expect("42-byday-wkst", "2027-01-01", "2027-01-20",
         {"01-05 08:00 / 01-05 20:00 Cara Reid", "01-17 08:00 / 01-17 20:00 Cara Reid",
          "01-19 08:00 / 01-19 20:00 Cara Reid", "01-05 08:00 / 01-05 20:00 Dev Singh",
          "01-10 08:00 / 01-10 20:00 Dev Singh", "01-19 08:00 / 01-19 20:00 Dev Singh"},
         "does not name its DTSTART");
}

TEST_F(CalendarCases, ZonesByAnotherName) {
  for (const char* name :
       {"13-windows-zone-no-vtimezone", "99-global-tzid", "46-floating-x-wr-timezone"}) {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    expect(name, "2027-07-01", "2027-08-01", {"07-05 07:00 / 07-05 19:00 Ana Bell"});
  }
}

TEST_F(CalendarCases, AnEndBeforeTheBeginningIsRefusedWithTheWayOut) {
  const std::string path = "tests/calendar/cases/96-night-end-date-not-moved.ics";
  EXPECT_TRUE(read(base::read_file(path, 1 << 20)).empty());
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].severity, Severity::error);
  EXPECT_EQ(findings_[0].line, 4);
  EXPECT_NE(findings_[0].hint.find("the next day"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::document
