#include "document/calendar/icalendar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

namespace tocsin::document {
namespace {

base::Instant at(std::string_view text) { return *base::from_rfc3339(text); }

class ReadCalendar : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  std::vector<Event> read(std::string_view text, base::Instant from = at("2026-01-01T00:00:00Z"),
                          base::Instant until = at("2027-01-01T00:00:00Z")) {
    Findings findings;
    auto events = parse_icalendar(text, "rota.ics", from, until, findings, limits_);
    findings_ = findings.sorted();
    return events;
  }
  static std::string calendar(std::string_view inside) {
    return fmt::format("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", inside);
  }
  static std::string event(std::string_view lines) {
    return calendar(fmt::format("BEGIN:VEVENT\r\nUID:1\r\n{}END:VEVENT\r\n", lines));
  }
  std::string message() const { return findings_.empty() ? "" : findings_.front().message; }

  CalendarLimits limits_;
  std::vector<Finding> findings_;
};

TEST_F(ReadCalendar, AZoneThatNobodyNeedsMayBeDamaged) {
  const auto with_zone = [](std::string_view tzid) {
    return calendar(
        fmt::format("BEGIN:VTIMEZONE\r\nTZID:{0}\r\nBEGIN:STANDARD\r\nDTSTART:x\r\nEND:STANDARD\r\n"
                    "END:VTIMEZONE\r\nBEGIN:VTIMEZONE\r\nTZID:Other\r\nEND:VTIMEZONE\r\nBEGIN:"
                    "VEVENT\r\nUID:1\r\n"
                    "DTSTART;TZID={0}:20260722T200000\r\nDURATION:PT12H\r\nEND:VEVENT\r\n",
                    tzid));
  };
  EXPECT_EQ(read(with_zone("Europe/London")).size(), 1u) << "the system has it";
  EXPECT_TRUE(findings_.empty()) << message();
  EXPECT_TRUE(read(with_zone("Hospital")).empty());
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(message(), "a time zone without times or offsets (VTIMEZONE \"Hospital\")");
}

TEST_F(ReadCalendar, WhatNobodyLooksAtMayBeLarge) {
  std::string picture = "ATTACH;ENCODING=BASE64;VALUE=BINARY:";
  for (int i = 0; i < 3000; ++i) picture += std::string(70, 'Q') + "\r\n ";
  picture += "\r\n";
  const std::string times = "DTSTART:20260722T200000Z\r\nDURATION:PT12H\r\n";
  EXPECT_EQ(read(event(picture + times)).size(), 1u) << message();
  EXPECT_TRUE(read(event("SUMMARY:" + std::string(300'000, 'x') + "\r\n" + times)).empty());
  EXPECT_EQ(message(), "one component of more than 256 KB");
}

TEST_F(ReadCalendar, AChangeOfARepetitionThatIsNotThereIsNamed) {
  const auto changed = [this](std::string_view repetition) {
    return read(calendar(fmt::format(
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260720T080000Z\r\nDURATION:PT12H\r\n"
        "RRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nSTATUS:TENTATIVE\r\n"
        "RECURRENCE-ID:{0}\r\nDTSTART:{0}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n",
        repetition)));
  };
  EXPECT_EQ(changed("20260721T080000Z").size(), 3u);
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(message(), "an event is tentative (STATUS)");
  EXPECT_EQ(changed("20260721T090000Z").size(), 4u);
  ASSERT_EQ(findings_.size(), 2u);
  EXPECT_EQ(findings_[1].message, "a change of a repetition that its series does not have");
}

TEST_F(ReadCalendar, ReadsAnEvent) {
  const auto events = read(event(
      "SUMMARY:On call\\, anaesthetics: Ana\r\n  "
      "Bell\r\nLOCATION:Theatres\r\nCATEGORIES:ON-CALL,NIGHT\r\n"
      "ATTENDEE;CN=Ana Bell:mailto:Ana.Bell@Example.org\r\nATTENDEE:mailto:b@example.org\r\n"
      "DTSTART;TZID=Europe/London:20260722T200000\r\nDTEND;TZID=Europe/London:20260723T080000\r\n"
      "BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"));
  ASSERT_TRUE(findings_.empty()) << message();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].summary, "On call, anaesthetics: Ana Bell");
  EXPECT_EQ(events[0].location, "Theatres");
  EXPECT_EQ(events[0].categories, (std::vector<std::string>{"ON-CALL", "NIGHT"}));
  ASSERT_EQ(events[0].attendees.size(), 2u);
  EXPECT_EQ(events[0].attendees[0].name, "Ana Bell");
  EXPECT_EQ(events[0].attendees[0].email, "ana.bell@example.org");
  EXPECT_EQ(events[0].from, at("2026-07-22T19:00:00Z"));
  EXPECT_EQ(events[0].until, at("2026-07-23T07:00:00Z"));
  EXPECT_EQ(events[0].place.line, 3);
}

TEST_F(ReadCalendar, EverySpellingOfATime) {
  struct Case {
    const char* lines;
    const char* from;
    const char* until;
  };
  const Case cases[] = {
      {"DTSTART:20260722T190000Z\r\nDTEND:20260723T070000Z\r\n", "2026-07-22T19:00:00Z",
       "2026-07-23T07:00:00Z"},
      {"DTSTART:20260722T200000\r\nDTEND:20260723T080000\r\n", "2026-07-22T19:00:00Z",
       "2026-07-23T07:00:00Z"},  // local
      {"DTSTART:20261122T200000\r\nDURATION:PT12H\r\n", "2026-11-22T20:00:00Z",
       "2026-11-23T08:00:00Z"},
      {"DTSTART;VALUE=DATE:20260722\r\nDTEND;VALUE=DATE:20260724\r\n", "2026-07-21T23:00:00Z",
       "2026-07-23T23:00:00Z"},
      {"DTSTART;VALUE=DATE:20260722\r\n", "2026-07-21T23:00:00Z", "2026-07-22T23:00:00Z"},
      {"DTSTART;TZID=America/New_York:20260722T150000\r\nDTEND;TZID=America/"
       "New_York:20260723T030000\r\n",
       "2026-07-22T19:00:00Z", "2026-07-23T07:00:00Z"},
  };
  for (const Case& c : cases) {
    const auto events = read(event(c.lines));
    ASSERT_EQ(events.size(), 1u) << c.lines << message();
    EXPECT_EQ(base::to_rfc3339(events[0].from), base::to_rfc3339(at(c.from))) << c.lines;
    EXPECT_EQ(base::to_rfc3339(events[0].until), base::to_rfc3339(at(c.until))) << c.lines;
  }
}

TEST_F(ReadCalendar, AZoneThatTheFileDescribes) {
  const auto events = read(calendar(
      "BEGIN:VTIMEZONE\r\nTZID:GMT Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\n"
      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH="
      "10\r\n"
      "END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T010000\r\nTZOFFSETFROM:+0000\r\n"
      "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"
      "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=GMT Standard Time:20260722T200000\r\n"
      "DTEND;TZID=GMT Standard Time:20260723T080000\r\nEND:VEVENT\r\n"));
  ASSERT_EQ(events.size(), 1u) << message();
  EXPECT_EQ(events[0].from, at("2026-07-22T19:00:00Z"));
}

TEST_F(ReadCalendar, RepetitionsKeepTheWallClockAcrossAClockChange) {
  const auto events = read(event(
      "DTSTART;TZID=Europe/London:20261023T080000\r\nDTEND;TZID=Europe/London:20261023T200000\r\n"
      "RRULE:FREQ=DAILY;COUNT=5\r\nEXDATE;TZID=Europe/London:20261024T080000\r\n"));
  ASSERT_TRUE(findings_.empty()) << message();
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[0].from, at("2026-10-23T07:00:00Z"));
  EXPECT_EQ(events[1].from, at("2026-10-25T08:00:00Z"));  // clocks went back that morning
  EXPECT_EQ(events[3].until, at("2026-10-27T20:00:00Z"));
}

TEST_F(ReadCalendar, AMovedRepetitionStandsInItsNewPlaceOnly) {
  const auto events = read(calendar(
      "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260706T080000Z\r\nDTEND:20260706T160000Z\r\n"
      "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260716T000000Z\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20260708T080000Z\r\nDTSTART:20260709T080000Z\r\n"
      "DTEND:20260709T160000Z\r\nEND:VEVENT\r\n"));
  ASSERT_TRUE(findings_.empty()) << message();
  std::vector<std::string> days;
  for (const Event& e : events) days.push_back(base::to_rfc3339(e.from).substr(0, 10));
  EXPECT_EQ(days,
            (std::vector<std::string>{"2026-07-06", "2026-07-13", "2026-07-15", "2026-07-09"}));
}

TEST_F(ReadCalendar, OnlyTheWindowAndNothingCancelled) {
  const std::string daily =
      event("DTSTART:20200101T080000Z\r\nDTEND:20200101T200000Z\r\nRRULE:FREQ=DAILY\r\n");
  EXPECT_EQ(read(daily, at("2026-07-01T00:00:00Z"), at("2026-07-08T00:00:00Z")).size(), 7u);
  // A shift that runs into the window belongs to it.
  EXPECT_EQ(read(daily, at("2026-07-01T19:59:00Z"), at("2026-07-02T00:00:00Z")).size(), 1u);
  EXPECT_TRUE(
      read(event("STATUS:CANCELLED\r\nDTSTART:20260722T190000Z\r\nDTEND:20260723T070000Z\r\n"))
          .empty());
}

TEST_F(ReadCalendar, WhatIsWrongIsNamedWithItsLine) {
  struct Case {
    std::string text;
    std::string_view message;
    int line;
  };
  const std::string times = "DTSTART:20260722T190000Z\r\nDTEND:20260723T070000Z\r\n";
  const Case cases[] = {
      {"", "not an iCalendar file", 1},
      {"ID,Name\n1,Ana\n", "not an iCalendar file", 2},
      {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "END:vevent is missing", 2},
      {"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "without its BEGIN", 2},
      {"BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", "nested too deeply", 7},
      {event("SUMMARY:x\r\n"), "without DTSTART", 3},
      {event("DTSTART:20260722T190000Z\r\nDTEND:20260721T190000Z\r\n"), "ends before it begins", 3},
      {event("DTSTART;TZID=Mars/Base:20260722T190000\r\nDTEND:20260723T070000Z\r\n"),
       "the time zone \"Mars/Base\"", 3},
      {event(times + "RRULE:FREQ=SECONDLY\r\n"), "a repetition that is not read", 3},
      {event(times + "EXRULE:FREQ=DAILY\r\n"), "EXRULE", 3},
      {event(times + "DTSTART\r\n"), "a line that is not iCalendar", 7},
      {std::string{"BEGIN:VCALENDAR\0", 16}, "not UTF-8", 1},
      {calendar("METHOD:REPLY\r\nBEGIN:VEVENT\r\n" + times + "END:VEVENT\r\n"), "is a message", 1},
      {event(times + "SUMMARY:" + std::string(300'000, 'x') + "\r\n"), "more than 256 KB", 3},
  };
  for (const Case& c : cases) {
    EXPECT_TRUE(read(c.text).empty()) << c.message;
    ASSERT_FALSE(findings_.empty()) << c.message;
    EXPECT_NE(message().find(c.message), std::string::npos) << message();
    EXPECT_EQ(findings_.front().line, c.line) << message();
  }
}

TEST_F(ReadCalendar, OneBadEventDoesNotHideTheOthers) {
  const auto events =
      read(calendar("BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
                    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260722T190000Z\r\nDTEND:"
                    "20260723T070000Z\r\nEND:VEVENT\r\n"));
  EXPECT_EQ(events.size(), 1u);
  EXPECT_EQ(findings_.size(), 1u);
}

TEST_F(ReadCalendar, OnlyWhenAskedIsADamagedEventLeftOutAndItIsSaid) {
  const std::string text = calendar(
      "BEGIN:VEVENT\r\nUID:1\r\nno colon\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART:"
      "20260722T190000Z\r\nDTEND:20260723T070000Z\r\nEND:VEVENT\r\n");
  for (const Damaged damaged : {Damaged::refuse, Damaged::skip}) {
    Findings findings;
    const auto result = read_calendar(text, "rota.ics", at("2026-01-01T00:00:00Z"),
                                      at("2027-01-01T00:00:00Z"), findings, {}, damaged);
    EXPECT_EQ(result.events.size(), 1u);
    ASSERT_EQ(findings.sorted().size(), 1u);
    EXPECT_EQ(to_text(findings.sorted()[0]),
              fmt::format("rota.ics:5:1: {}: a line that is not iCalendar",
                          damaged == Damaged::skip ? "warning" : "error"));
  }
}

TEST_F(ReadCalendar, RepetitionsAreBounded) {
  limits_.days = 1000;
  EXPECT_EQ(
      read(event("DTSTART:19700101T080000Z\r\nDTEND:19700101T200000Z\r\nRRULE:FREQ=DAILY;COUNT=9999"
                 "\r\n"))
          .size(),
      0u);
  EXPECT_EQ(message(), "too many repetitions in one file");
  limits_.days = CalendarLimits{}.days;
  limits_.events = 3;
  EXPECT_EQ(
      read(event("DTSTART:20260101T080000Z\r\nDTEND:20260101T200000Z\r\nRRULE:FREQ=DAILY\r\n"))
          .size(),
      3u);
  EXPECT_EQ(message(), "more than 3 events");
}

TEST_F(ReadCalendar, DamagedTextNeverCrashes) {
  const std::string good = calendar(
      "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+"
      "0100\r\n"
      "TZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:"
      "VTIMEZONE\r\n"
      "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nATTENDEE;CN=\"A B\":mailto:a@b.org\r\n"
      "DTSTART;TZID=X:20260706T080000\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9\r\n"
      "EXDATE;TZID=X:20260708T080000\r\nEND:VEVENT\r\n");
  ASSERT_EQ(read(good).size(), 8u) << message();
  base::SeededRandom random{41};
  constexpr std::string_view kPieces[] = {":", ";", "=", "\r\n", " ", "\"",
                                          "9", "-", "Z", "T",    ",", ""};
  for (int round = 0; round < 3000; ++round) {
    std::string text = good;
    for (std::uint64_t n = 1 + random.below(4); n > 0; --n)
      text.replace(random.below(text.size()), random.below(6),
                   kPieces[random.below(std::size(kPieces))]);
    read(text);
  }
}

}  // namespace
}  // namespace tocsin::document
