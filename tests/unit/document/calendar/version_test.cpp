#include "document/calendar/version.h"

#include "unit/document/calendar/london.h"

namespace tocsin::document {
namespace {

class CalendarVersion : public InLondon {
 protected:
  std::optional<Version> of(const std::string& lines, const CalendarHead& head = {}) {
    damage_.reset();
    return reader_.read("BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n", head, {"x.ics", 3, 1},
                        damage_);
  }
  std::string end_of(const std::string& lines) {
    const auto version = of(lines);
    return version ? base::to_rfc3339(version->length.end_of(version->start.wall)) : "none";
  }
  std::string damage(const std::string& lines, const CalendarHead& head = {}) {
    EXPECT_FALSE(of(lines, head)) << lines;
    return damage_ ? damage_->message : "";
  }
  std::string note() const {
    Findings findings;
    notes_.report(findings);
    return findings.warnings() == 0 ? "" : findings.sorted().front().message;
  }

  Zones zones_;
  Notes notes_;
  VersionReader reader_{zones_, notes_};
  std::optional<Damage> damage_;
};

TEST_F(CalendarVersion, HasItsWordsAndNumbers) {
  const auto version =
      of("UID:u\r\nSEQUENCE:3\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:On call\\, x: Ana\r\n"
         "LOCATION:Theatres\r\nCATEGORIES:ON-CALL,NIGHT\r\nDTSTART:20270101T080000Z\r\n"
         "DTEND:20270101T200000Z\r\n");
  ASSERT_TRUE(version);
  EXPECT_EQ(version->event.uid, "u");
  EXPECT_EQ(version->event.sequence, 3);
  EXPECT_EQ(version->event.stamp, at("2026-11-01T00:00:00Z"));
  EXPECT_EQ(version->event.summary, "On call, x: Ana");
  EXPECT_EQ(version->event.location, "Theatres");
  EXPECT_EQ(version->event.categories, (std::vector<std::string>{"ON-CALL", "NIGHT"}));
  EXPECT_FALSE(version->cancelled);
  EXPECT_FALSE(version->is_series());
}

TEST_F(CalendarVersion, DaysAreNominalAndHoursExact) {
  // The clocks go forward on 28 March 2027.
  const std::string start = "DTSTART;TZID=Europe/London:20270327T200000\r\n";
  EXPECT_EQ(end_of(start + "DURATION:P1D\r\n"), "2027-03-28T19:00:00.000Z");
  EXPECT_EQ(end_of(start + "DURATION:P1W\r\n"), "2027-04-03T19:00:00.000Z");
  EXPECT_EQ(end_of(start + "DURATION:PT24H\r\n"), "2027-03-28T20:00:00.000Z");
  EXPECT_EQ(end_of(start + "DURATION:P1DT1H30M\r\n"), "2027-03-28T20:30:00.000Z");
  EXPECT_EQ(end_of("DTSTART;VALUE=DATE:20270328\r\n"), "2027-03-28T23:00:00.000Z");
  EXPECT_EQ(end_of(start + "DTEND;TZID=America/New_York:20270327T180000\r\n"),
            "2027-03-27T22:00:00.000Z");
  EXPECT_EQ(end_of(start + "DTEND;VALUE=DATE:20270329\r\n"), "2027-03-28T23:00:00.000Z");
  EXPECT_EQ(end_of("DTSTART:20270104T080000Z\r\nDTEND:20270104T240000Z\r\n"),
            "2027-01-05T00:00:00.000Z");
  EXPECT_EQ(note(), "");
}

TEST_F(CalendarVersion, WhatHasNoLengthIsLeftOutWithANote) {
  EXPECT_EQ(damage("DTSTART:20270101T080000Z\r\nRRULE:FREQ=HOURLY\r\n"), "");
  EXPECT_EQ(note(), "an event without DTEND or DURATION has no length");
  // As a change it still takes the place of a repetition.
  const auto change = of("RECURRENCE-ID:20270101T080000Z\r\nDTSTART:20270101T080000Z\r\n");
  ASSERT_TRUE(change);
  EXPECT_TRUE(change->cancelled);
}

TEST_F(CalendarVersion, ADayThatEndsOnItselfIsThatDay) {
  EXPECT_EQ(end_of("DTSTART;VALUE=DATE:20270105\r\nDTEND;VALUE=DATE:20270105\r\n"),
            "2027-01-06T00:00:00.000Z");
  EXPECT_EQ(note(), "an event of a day ends on the day of its beginning");
}

TEST_F(CalendarVersion, RepetitionsExceptionsAndPeriods) {
  const auto version =
      of("DTSTART:20270101T080000Z\r\nDTEND:20270101T200000Z\r\nRRULE:FREQ=DAILY\r\n"
         "RRULE:FREQ=MONTHLY\r\nEXDATE:20270102T080000Z,20270103T080000Z\r\n"
         "EXDATE;VALUE=DATE:20270104\r\nRDATE:20270201T080000Z,20270202T080000Z\r\n"
         "RDATE;VALUE=PERIOD:20270203T080000Z/PT2H,20270204T080000Z/20270204T090000Z\r\n");
  ASSERT_TRUE(version) << damage_->message;
  EXPECT_EQ(version->rules.size(), 2u);
  EXPECT_EQ(version->exceptions.size(), 3u);
  ASSERT_EQ(version->extras.size(), 4u);
  EXPECT_FALSE(version->extras[0].length);
  ASSERT_TRUE(version->extras[2].length && version->extras[3].length);
  EXPECT_EQ(version->extras[2].length->exact, std::chrono::hours{2});
  EXPECT_EQ(version->extras[3].length->nominal, std::chrono::hours{1});
}

TEST_F(CalendarVersion, ChangesNameTheirRepetition) {
  const auto version =
      of("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20270705T080000\r\n"
         "DTSTART:20270705T090000Z\r\nDTEND:20270705T200000Z\r\nRRULE:FREQ=DAILY\r\n");
  ASSERT_TRUE(version && version->changes);
  EXPECT_TRUE(version->and_later);
  EXPECT_EQ(version->changes->instant(), at("2027-07-05T07:00:00Z"));
  EXPECT_FALSE(version->is_series());
  EXPECT_EQ(damage("RECURRENCE-ID;RANGE=THISANDPRIOR:20270705T080000Z\r\n"
                   "DTSTART:20270705T090000Z\r\nDTEND:20270705T200000Z\r\n"),
            "RANGE is not THISANDFUTURE, and nothing else is read");
}

TEST_F(CalendarVersion, IsCalledOffInThreeWays) {
  const std::string times = "DTSTART:20270101T080000Z\r\nDTEND:20270101T200000Z\r\n";
  EXPECT_TRUE(of(times + "STATUS:CANCELLED\r\n")->cancelled);
  EXPECT_TRUE(of(times, {"cancel", ""})->cancelled);
  EXPECT_EQ(note(), "");
  EXPECT_TRUE(of(times + "ATTENDEE;PARTSTAT=DECLINED:mailto:a@x.org\r\n")->cancelled);
  EXPECT_EQ(note(), "all attendees of an event have declined or delegated");
  // What calls one repetition off need not say when it would have been.
  EXPECT_TRUE(of("STATUS:CANCELLED\r\nRECURRENCE-ID:20270101T080000Z\r\n")->cancelled);
}

TEST_F(CalendarVersion, TimesWithoutAZoneAreOfTheCalendars) {
  const std::string times = "DTSTART:20270701T080000\r\nDTEND:20270701T200000\r\n";
  EXPECT_EQ(of(times)->start.instant(), at("2027-07-01T07:00:00Z"));
  EXPECT_EQ(of(times, {"", "America/New_York"})->start.instant(), at("2027-07-01T12:00:00Z"));
  EXPECT_EQ(damage(times, {"", "Mars/Base"}),
            "the time zone Mars/Base (X-WR-TIMEZONE) is not known, and a time has no other");
  EXPECT_TRUE(of("DTSTART:20270701T080000Z\r\nDURATION:PT1H\r\n", {"", "Mars/Base"}));
}

TEST_F(CalendarVersion, WhatIsDamagedIsSaid) {
  const std::string times = "DTSTART:20270101T080000Z\r\nDTEND:20270101T200000Z\r\n";
  const struct {
    std::string lines;
    const char* damage;
  } cases[] = {
      {"SUMMARY:x\r\n", "an event without DTSTART"},
      {"DTSTART:20271301T080000Z\r\nDTEND:20270101T200000Z\r\n", "a time that is none"},
      {times + "DURATION:8\r\n", "an event with a line that is not iCalendar"},
      {"DTSTART:20270230T080000Z\r\nDTEND:20270301T200000Z\r\n", "a time that is none"},
      {"DTSTART:20270102T080000Z\r\nDTEND:20270101T200000Z\r\n",
       "an event that ends before it begins"},
      {"DTSTART;TZID=Mars/Base:20270101T080000\r\nDTEND:20270101T200000Z\r\n",
       "the time zone \"Mars/Base\" is neither known nor described in the file"},
      {"DTSTART:20270101T080000Z\r\nDURATION:-PT8H\r\n", "a DURATION that is none"},
      {"DTSTART:20270104T080000Z\r\nDTEND:20270104T240100Z\r\n", "a time that is none"},
      {times + "RRULE:FREQ=HOURLY\r\n",
       "a repetition that is not read: daily, weekly, monthly and yearly are"},
      {times + "EXRULE:FREQ=DAILY\r\n", "EXRULE is not read"},
  };
  for (const auto& one : cases) EXPECT_EQ(damage(one.lines), one.damage) << one.lines;
}

TEST_F(CalendarVersion, SaysEachThingOnce) {
  const std::string start = "DTSTART:20270101T080000Z\r\n";
  EXPECT_EQ(damage("SUMMARY:On call: Ana\r\nSUMMARY:On call: Ben\r\n" + start),
            "an event with two SUMMARY");
  EXPECT_EQ(damage("SUMMARY:x\r\n" + start + "DTEND:20270101T200000Z\r\nDURATION:PT6H\r\n"),
            "an event whose DTEND and DURATION differ");
  EXPECT_EQ(end_of("SUMMARY:x\r\n" + start + "DTEND:20270101T200000Z\r\nDURATION:PT12H\r\n"),
            "2027-01-01T20:00:00.000Z");
}

}  // namespace
}  // namespace tocsin::document
