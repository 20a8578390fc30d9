#include "document/calendar/write.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"

namespace tocsin::document {
namespace {

const base::Instant kWritten = *base::from_rfc3339("2026-11-29T12:00:00Z");

Event event(std::string uid, base::Instant from, base::Instant until) {
  Event out;
  out.uid = std::move(uid);
  out.from = from;
  out.until = until;
  return out;
}

TEST(WriteCalendar, IsWhatTheStandardSays) {
  Event one = event("1@tocsin", kWritten, kWritten + std::chrono::hours{12});
  one.summary = "On call, first; back\\up: Siân\x07";
  one.categories = {"On call"};
  one.location = "theatres";
  EXPECT_EQ(write_icalendar(std::vector{one}, kWritten),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tocsin//Rota//EN\r\nMETHOD:PUBLISH\r\n"
            "BEGIN:VEVENT\r\nUID:1@tocsin\r\nDTSTAMP:20261129T120000Z\r\n"
            "DTSTART:20261129T120000Z\r\nDTEND:20261130T000000Z\r\n"
            "SUMMARY:On call\\, first\\; back\\\\up: Siân\r\nLOCATION:theatres\r\n"
            "CATEGORIES:On call\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

// Whatever the words, our own reader gives back the same events; no line is longer than 75 octets,
// and none is cut inside a character.
TEST(WriteCalendar, IsReadBack) {
  base::SeededRandom random{4};
  const std::vector<std::string> parts{"On call", ",", ";", "\\", "é", "ß", "名", " ", "a", ":"};
  std::vector<Event> events;
  for (int i = 0; i < 200; ++i) {
    const base::Instant from = kWritten + std::chrono::minutes{random.below(100'000)};
    Event one =
        event(std::to_string(i), from, from + std::chrono::minutes{1 + random.below(9'000)});
    one.summary = "x";
    for (std::uint64_t n = random.below(60); n > 0; --n)
      one.summary += parts[random.below(parts.size())];
    one.summary += "x";
    events.push_back(std::move(one));
  }
  const std::string text = write_icalendar(events, kWritten);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    ASSERT_LE(end - at, 75U);
    EXPECT_NE(static_cast<unsigned char>(text[at]) & 0xc0U, 0x80U);
    at = end + 2;
  }
  Findings findings;
  const auto read = parse_icalendar(text, "rota.ics", kWritten - std::chrono::days{1},
                                    kWritten + std::chrono::days{400}, findings);
  EXPECT_FALSE(findings.has_errors());
  ASSERT_EQ(read.size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(read[i].uid, events[i].uid);
    EXPECT_EQ(read[i].summary, events[i].summary);
    EXPECT_EQ(read[i].from, events[i].from);
    EXPECT_EQ(read[i].until, events[i].until);
  }
}

}  // namespace
}  // namespace tocsin::document
