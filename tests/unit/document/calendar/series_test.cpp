#include "document/calendar/series.h"

#include "unit/document/calendar/london.h"

namespace tocsin::document {
namespace {

class CalendarSeries : public InLondon {
 protected:
  // A series of Mondays from 4 January 2027, 08:00 to 20:00, and what else the file has.
  Stints mondays(std::string_view lines, std::string_view others = "",
                 std::string_view until = "2027-02-01") {
    return read(calendar(event("SUMMARY:Ana\r\nDTSTART;TZID=Europe/London:20270104T080000\r\n"
                               "DTEND;TZID=Europe/London:20270104T200000\r\n" +
                               std::string{lines}) +
                         std::string{others}),
                "2027-01-01", until);
  }
  static std::string change(std::string_view name, std::string_view lines) {
    return event(fmt::format("RECURRENCE-ID{}\r\nSUMMARY:Ben\r\n{}", name, lines));
  }
  static constexpr const char* kTuesday =
      "DTSTART;TZID=Europe/London:20270112T090000\r\n"
      "DTEND;TZID=Europe/London:20270112T190000\r\n";
};

TEST_F(CalendarSeries, DatesAndPeriodsAdd) {
  EXPECT_EQ(mondays("RDATE;TZID=Europe/London:20270106T080000,20270107T090000\r\n"
                    "RDATE;VALUE=DATE:20270108\r\nRDATE:20270104T080000Z\r\n"
                    "RDATE;VALUE=PERIOD:20270109T080000Z/PT1H\r\n"
                    "EXDATE;TZID=Europe/London:20270107T090000\r\n"),
            (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-06 08:00 / 01-06 20:00 Ana",
                    "01-08 08:00 / 01-08 20:00 Ana", "01-09 08:00 / 01-09 09:00 Ana"}));
}

TEST_F(CalendarSeries, SeveralRulesAddUp) {
  EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY;COUNT=2\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"),
            (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-05 08:00 / 01-05 20:00 Ana",
                    "01-11 08:00 / 01-11 20:00 Ana"}));
}

TEST_F(CalendarSeries, CountCountsWhatIsTakenAwayToo) {
  EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/London:20270111T080000\r\n"),
            (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-18 08:00 / 01-18 20:00 Ana"}));
}

TEST_F(CalendarSeries, AChangeIsNamedInAnyForm) {
  for (const char* name :
       {";TZID=Europe/London:20270111T080000", ":20270111T080000Z", ":20270111T080000",
        ";TZID=America/New_York:20270111T030000", ";VALUE=DATE:20270111"})
    EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY;COUNT=3\r\n", change(name, kTuesday)),
              (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-18 08:00 / 01-18 20:00 Ana",
                      "01-12 09:00 / 01-12 19:00 Ben"}))
        << name;
  EXPECT_EQ(result_.events[2].original, at("2027-01-11T08:00:00Z"));
}

TEST_F(CalendarSeries, AChangeOfADayIsNamedByATimeOfThatDay) {
  for (const char* name : {";TZID=Europe/London:20270708T090000", ":20270707T230000Z",
                           ":20270708T000000Z", ":20270708T000000", ";VALUE=DATE:20270708"})
    EXPECT_EQ(read(calendar(event("SUMMARY:Ana\r\nDTSTART;VALUE=DATE:20270707\r\n"
                                  "RRULE:FREQ=DAILY;COUNT=3\r\n") +
                            change(name, "DTSTART;VALUE=DATE:20270720\r\n"))),
              (Stints{"07-06 23:00 / 07-07 23:00 Ana", "07-08 23:00 / 07-09 23:00 Ana",
                      "07-19 23:00 / 07-20 23:00 Ben"}))
        << name;
}

TEST_F(CalendarSeries, UntilOfADaySeriesInUtc) {
  for (const char* until :
       {"20270708", "20270708T000000Z", "20270707T230000Z", "20270708T235959Z", "20270708T000000"})
    EXPECT_EQ(read(calendar(event(fmt::format("SUMMARY:Ana\r\nDTSTART;VALUE=DATE:20270707\r\n"
                                              "RRULE:FREQ=DAILY;UNTIL={}\r\n",
                                              until))))
                  .size(),
              2u)
        << until;
}

TEST_F(CalendarSeries, AChangeOfAllLaterOnesMovesEachAsItsOwn) {
  const std::string later = change(
      ";RANGE=THISANDFUTURE;TZID=Europe/London:20270111T080000",
      "DTSTART;TZID=Europe/London:20270112T070000\r\nDTEND;TZID=Europe/London:20270112T110000\r\n");
  EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY\r\n", later),
            (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-12 07:00 / 01-12 11:00 Ben",
                    "01-19 07:00 / 01-19 11:00 Ben", "01-26 07:00 / 01-26 11:00 Ben"}));
  // The wall clock stays over a clock change, also when the change is given in UTC.
  for (const char* times :
       {"DTSTART;TZID=Europe/London:20270111T100000\r\n", "DTSTART:20270111T100000Z\r\n"}) {
    mondays(
        "RRULE:FREQ=WEEKLY\r\n",
        change(";RANGE=THISANDFUTURE:20270111T080000Z", std::string{times} + "DURATION:PT2H\r\n"),
        "2027-07-01");
    EXPECT_EQ(clock(result_.events.back().from), "06-28 09:00") << times;
  }
}

TEST_F(CalendarSeries, AChangeOfLaterOnesToWholeDays) {
  EXPECT_EQ(
      mondays("RRULE:FREQ=WEEKLY\r\n", change(";RANGE=THISANDFUTURE:20270118T080000Z",
                                              "DTSTART;VALUE=DATE:20270119\r\nDURATION:P2D\r\n")),
      (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-11 08:00 / 01-11 20:00 Ana",
              "01-19 00:00 / 01-21 00:00 Ben", "01-26 00:00 / 01-28 00:00 Ben"}));
}

TEST_F(CalendarSeries, OneChangeStandsAgainstAChangeOfAllLaterOnes) {
  const std::string later =
      change(";RANGE=THISANDFUTURE:20270111T080000Z",
             "DTSTART:20270111T090000Z\r\nDTEND:20270111T100000Z\r\n") +
      change(";RANGE=THISANDFUTURE:20270125T080000Z", "STATUS:CANCELLED\r\n") +
      event(
          "RECURRENCE-ID:20270118T080000Z\r\nSUMMARY:Cy\r\nDTSTART:20270118T120000Z\r\n"
          "DTEND:20270118T130000Z\r\n");
  EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY\r\n", later, "2027-04-01"),
            (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-11 09:00 / 01-11 10:00 Ben",
                    "01-18 12:00 / 01-18 13:00 Cy"}));
}

TEST_F(CalendarSeries, AChangeOfLaterOnesOfAnotherFileSaysHowItMovesThem) {
  EXPECT_TRUE(read(calendar(change(";RANGE=THISANDFUTURE:20270111T080000Z",
                                   "DTSTART;TZID=Europe/London:20270112T070000\r\n"
                                   "DTEND;TZID=Europe/London:20270112T110000\r\n")))
                  .empty());
  EXPECT_EQ(message(), "");
  ASSERT_EQ(result_.changes_of_others.size(), 1u);
  const LaterChange& later = result_.changes_of_others[0];
  EXPECT_EQ(later.event.begins, at("2027-01-11T08:00:00Z"));
  EXPECT_EQ(clock(later.shift.from(at("2027-06-28T07:00:00Z"))), "06-29 06:00");
  EXPECT_EQ(clock(later.shift.until(at("2027-06-28T07:00:00Z"))), "06-29 10:00");
  read(calendar(change(";RANGE=THISANDFUTURE:20270111T080000Z", "STATUS:CANCELLED\r\n")));
  ASSERT_EQ(result_.changes_of_others.size(), 1u);
  EXPECT_TRUE(result_.changes_of_others[0].event.called_off);
}

TEST_F(CalendarSeries, ADayDoesNotSayHowFarTimesOfAnotherFileMove) {
  EXPECT_TRUE(read(calendar(change(";RANGE=THISANDFUTURE;VALUE=DATE:20270111", kTuesday))).empty());
  EXPECT_EQ(message(),
            "a change of all later repetitions from a day on, at times, and their series is not in "
            "this file");
  EXPECT_TRUE(result_.changes_of_others.empty());
}

TEST_F(CalendarSeries, TheNewestVersionOfAChangeCounts) {
  const auto version = [](int sequence, const char* day) {
    return event(
        fmt::format("RECURRENCE-ID:20270111T080000Z\r\nSUMMARY:Ben\r\nSEQUENCE:{}\r\n"
                    "DTSTART:202701{}T080000Z\r\nDTEND:202701{}T090000Z\r\n",
                    sequence, day, day));
  };
  for (const std::string& both :
       {version(1, "13") + version(2, "14"), version(2, "14") + version(1, "13"),
        version(0, "13") + version(0, "14")})
    EXPECT_EQ(mondays("RRULE:FREQ=WEEKLY;COUNT=2\r\n", both),
              (Stints{"01-04 08:00 / 01-04 20:00 Ana", "01-14 08:00 / 01-14 09:00 Ben"}));
  EXPECT_EQ(message(), "an older version of an event");
}

TEST_F(CalendarSeries, EventsOfOneUidThatAreNoVersionsAreAllRead) {
  const auto shift = [](const char* lines, const char* day) {
    return event(
        fmt::format("SUMMARY:Ana\r\n{}DTSTART:202701{}T080000Z\r\nDURATION:PT1H\r\n", lines, day));
  };
  EXPECT_EQ(read(calendar(shift("", "05") + shift("", "06"))).size(), 2u);
  EXPECT_EQ(message(), "two events have one UID, and neither is newer");
  // RFC 5546, 2.1.5: of one sequence, the later stamp.
  EXPECT_EQ(read(calendar(shift("SEQUENCE:1\r\nDTSTAMP:20261102T000000Z\r\n", "05") +
                          shift("SEQUENCE:1\r\nDTSTAMP:20261101T000000Z\r\n", "06"))),
            Stints{"01-05 08:00 / 01-05 09:00 Ana"});
  // The same event twice is read once.
  EXPECT_EQ(read(calendar(shift("", "05") + shift("", "05"))).size(), 1u);
  // Without a UID, each is one of its own.
  const std::string bare =
      "BEGIN:VEVENT\r\nDTSTART:20270105T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n";
  EXPECT_EQ(read(calendar(bare + bare)).size(), 2u);
}

TEST_F(CalendarSeries, AChangeOlderThanTheSeriesOfWhatItNoLongerHasIsLeftOut) {
  const auto change = [](int sequence, const char* name) {
    return event(
        fmt::format("RECURRENCE-ID;TZID=Europe/London:202701{}T080000\r\nSUMMARY:Ben\r\n"
                    "SEQUENCE:{}\r\nDTSTART:20270120T080000Z\r\nDURATION:PT1H\r\n",
                    name, sequence));
  };
  const char* two_mondays = "SEQUENCE:2\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n";
  const Stints moved{"01-04 08:00 / 01-04 20:00 Ana", "01-20 08:00 / 01-20 09:00 Ben"};
  EXPECT_EQ(mondays(two_mondays, change(1, "11")), moved);
  EXPECT_EQ(mondays(two_mondays, change(1, "18")).size(), 2u);
  EXPECT_EQ(message(), "an older version of an event");
  EXPECT_EQ(mondays(two_mondays, change(2, "18")).size(), 3u);
  const std::string without = std::string{two_mondays} + "EXDATE:20270111T080000Z\r\n";
  EXPECT_EQ(mondays(without, change(1, "11")), Stints{"01-04 08:00 / 01-04 20:00 Ana"});
  EXPECT_EQ(mondays(without, change(2, "11")), moved);
}

TEST_F(CalendarSeries, WithoutAUidAChangeGoesToTheSeriesThatHasItsRepetition) {
  const auto bare = [](std::string text) {
    for (std::size_t at; (at = text.find("UID:1\r\n")) != std::string::npos;) text.erase(at, 7);
    return text;
  };
  EXPECT_EQ(read(calendar(
                bare(event("SUMMARY:Ana\r\nDTSTART:20270104T080000Z\r\nDURATION:PT1H\r\n"
                           "RRULE:FREQ=WEEKLY;COUNT=2\r\n") +
                     event("SUMMARY:Cy\r\nDTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=WEEKLY;COUNT=2"
                           "\r\n") +
                     change(":20270111T080000Z", kTuesday) +
                     change(";VALUE=DATE:20270111", "DTSTART;VALUE=DATE:20270113\r\n")))),
            (Stints{"01-04 08:00 / 01-04 09:00 Ana", "01-04 00:00 / 01-05 00:00 Cy",
                    "01-12 09:00 / 01-12 19:00 Ben", "01-13 00:00 / 01-14 00:00 Ben"}));
}

TEST_F(CalendarSeries, WhatASeriesNoLongerHasIsCalledOff) {
  EXPECT_TRUE(mondays("STATUS:CANCELLED\r\nRRULE:FREQ=WEEKLY\r\n").empty());
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_EQ(result_.cancelled[0].replaces, Replaces::everything);
  EXPECT_TRUE(result_.cancelled[0].called_off);
  EXPECT_TRUE(mondays("RRULE:FREQ=WEEKLY;COUNT=1\r\nEXDATE:20270104T080000Z\r\n").empty());
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_FALSE(result_.cancelled[0].called_off) << "nothing is left of it";
  EXPECT_TRUE(read(calendar(event("STATUS:CANCELLED\r\n"))).empty());
  EXPECT_TRUE(findings_.empty()) << "what is called off needs no DTSTART (RFC 5546, 3.2.5)";
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_TRUE(result_.cancelled[0].called_off);
  // One that stands alone calls off the one that it names, or those of the day that it names.
  EXPECT_TRUE(read(calendar(change(":20270111T080000Z", "STATUS:CANCELLED\r\n"))).empty());
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_EQ(result_.cancelled[0].replaces, Replaces::repetition);
  EXPECT_EQ(result_.cancelled[0].original, at("2027-01-11T08:00:00Z"));
  read(calendar(change(";VALUE=DATE:20270111", kTuesday)));
  ASSERT_EQ(result_.events.size(), 1u);
  EXPECT_EQ(result_.events[0].replaces, Replaces::day);
  EXPECT_EQ(result_.events[0].original, at("2027-01-11T00:00:00Z"));
  // Its series may have times all the same.
  read(calendar(
      change(";VALUE=DATE:20270111", "DTSTART;VALUE=DATE:20270111\r\nSTATUS:CANCELLED\r\n")));
  ASSERT_EQ(result_.cancelled.size(), 1u);
  EXPECT_EQ(result_.cancelled[0].replaces, Replaces::day);
}

// 01:15 does not exist on 28 March 2027 and is 02:15, when this stint has ended.
TEST_F(CalendarSeries, WhatAClockChangeSkipsIsLeftOutWithANote) {
  EXPECT_EQ(read(calendar(event("SUMMARY:Ana\r\nDTSTART;TZID=Europe/London:20270327T011500\r\n"
                                "DTEND;TZID=Europe/London:20270327T021000\r\n"
                                "RRULE:FREQ=DAILY;COUNT=3\r\n"))),
            (Stints{"03-27 01:15 / 03-27 02:10 Ana", "03-29 00:15 / 03-29 01:10 Ana"}));
  EXPECT_EQ(message(), "an event lies in the hour that a clock change skips");
}

TEST_F(CalendarSeries, AStintOfAMonthIsRead) {
  EXPECT_EQ(read(calendar(event("SUMMARY:Ana\r\nDTSTART;VALUE=DATE:20270301\r\n"
                                "DTEND;VALUE=DATE:20270401\r\nRRULE:FREQ=MONTHLY;INTERVAL=2\r\n")),
                 "2027-05-31", "2027-06-02"),
            Stints{"04-30 23:00 / 05-31 23:00 Ana"});
}

TEST_F(CalendarSeries, LowerCaseIsTheSame) {
  EXPECT_EQ(read("begin:vcalendar\r\nversion:2.0\r\nbegin:vevent\r\nuid:1\r\n"
                 "dtstart;tzid=Europe/London:20270104t080000\r\nduration:pt2h\r\n"
                 "rrule:freq=weekly;byday=mo;until=20270111t080000z\r\nsummary:Ana\r\n"
                 "end:vevent\r\nend:vcalendar\r\n"),
            (Stints{"01-04 08:00 / 01-04 10:00 Ana", "01-11 08:00 / 01-11 10:00 Ana"}));
}

TEST_F(CalendarSeries, AnExceptionAtAnotherTimeOfItsDayIsNamed) {
  const std::string rule = "RRULE:FREQ=WEEKLY;COUNT=2\r\n";
  EXPECT_EQ(mondays(rule + "EXDATE;TZID=Europe/London:20270111T090000\r\n").size(), 2u);
  EXPECT_EQ(message(), "an EXDATE of another time than the repetition of that day");
  EXPECT_EQ(mondays(rule + "EXDATE;TZID=Europe/London:20270111T080000\r\n").size(), 1u);
  EXPECT_EQ(message(), "");
  EXPECT_EQ(mondays(rule + "EXDATE;TZID=Europe/London:20270112T080000\r\n").size(), 2u);
  EXPECT_EQ(message(), "") << "of a day without a repetition nothing is left out";
}

}  // namespace
}  // namespace tocsin::document
