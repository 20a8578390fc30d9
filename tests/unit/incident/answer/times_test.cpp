#include "incident/answer/times.h"

#include <gtest/gtest.h>

#include "incident/answer/clauses.h"

namespace tocsin::incident {
namespace {

const base::Instant kMonday = *base::from_rfc3339("2026-11-30T22:40:00Z");  // a Monday

// In how many minutes the time is that `words` are; -1 when it is not certain, -2 when it is none.
int minutes(std::string_view words, bool later = false, base::Instant now = kMonday) {
  const auto clauses = clauses_of(tokens_of(plain_spelling(words), 100));
  SaidTime time;
  if (read_time(clauses.front().items, time) != clauses.front().items.size()) return -2;
  const auto at = instant_of(time, later, now, base::Zone{});
  return at ? static_cast<int>((*at - now) / base::Minutes{1}) : -1;
}

TEST(AnswerTime, Durations) {
  for (const auto& [words, expected] :
       std::initializer_list<std::pair<const char*, int>>{{"20 min", 20},
                                                          {"20mins", 20},
                                                          {"in 20", 20},
                                                          {"1h", 60},
                                                          {"1h30", 90},
                                                          {"1hr 20 min", 80},
                                                          {"1.5h", 90},
                                                          {"half an hour", 30},
                                                          {"an hour and a half", 90},
                                                          {"½ hour", 30},
                                                          {"twenty minutes", 20},
                                                          {"about 25 mins", 25},
                                                          {"pół godziny", 30},
                                                          {"hanner awr", 30},
                                                          {"aadha ghanta", 30},
                                                          {"za 20 minut", 20},
                                                          {"mewn 20 munud", 20},
                                                          {"۲۰ منٹ", 20},
                                                          {"20-30 min", 30},
                                                          {"20 to 30 minutes", 30},
                                                          {"two and a half hours", 150}})
    EXPECT_EQ(minutes(words), expected) << words;
  for (const char* words : {"0 min", "9999 min", "50 hours", "at least 20 min", "20 min ago"})
    EXPECT_EQ(minutes(words), -1) << words;
}

TEST(AnswerTime, TimesOfDayAreTheNextOnes) {
  for (const auto& [words, expected] :
       std::initializer_list<std::pair<const char*, int>>{{"23:15", 35},
                                                          {"by 23.15", 35},
                                                          {"2315", 35},
                                                          {"11.15pm", 35},
                                                          {"quarter past 11", 35},
                                                          {"by 11", 20},
                                                          {"half 11", 50},
                                                          {"midnight", 80},
                                                          {"00:30", 110},
                                                          {"o 23:30", 50},
                                                          {"erbyn 23:30", 50},
                                                          {"twenty to 12", 60}})
    EXPECT_EQ(minutes(words), expected) << words;
}

TEST(AnswerTime, LaterTimesMayBeFarAhead) {
  for (const auto& [words, expected] :
       std::initializer_list<std::pair<const char*, int>>{{"from 7am", 500},
                                                          {"07:00", 500},
                                                          {"7", 500},
                                                          {"after 6", 440},
                                                          {"630", 470},
                                                          {"tomorrow 8am", 560},
                                                          {"tuesday 07:00", 500},
                                                          {"od 7 rano", 500},
                                                          {"7 baje ke baad", 500},
                                                          {"tomorrow 23:00", 1460},
                                                          {"not before 7", 500},
                                                          {"7am onwards", 500}})
    EXPECT_EQ(minutes(words, true), expected) << words;
}

TEST(AnswerTime, WhatCouldBeTwoTimesIsNone) {
  EXPECT_EQ(minutes("1:15", false, kMonday + base::Minutes{110}), -1);  // or an hour and a quarter
  EXPECT_EQ(minutes("22:30"), -1);                                      // it has just passed
  EXPECT_EQ(minutes("from 22:30", true), -1);
  EXPECT_EQ(minutes("after 6", true, kMonday - base::Minutes{10 * 60}), -1);  // 18:00 or 06:00
  EXPECT_EQ(minutes("tomorrow 8", true), -1);
  EXPECT_EQ(minutes("tomorrow 8am", true, kMonday + base::Minutes{4 * 60}), -1);  // it is 02:40
  EXPECT_EQ(minutes("L 20", true), -2);
  EXPECT_EQ(minutes("20", true), -1);
  EXPECT_EQ(minutes("7"), -1);
}

// Whatever hour is said without a half of the day, at any time: it is one that a clock of twelve
// hours shows next, or none.
TEST(AnswerTime, AnHourIsNeverTakenForTheFartherOne) {
  for (int hour = 1; hour <= 12; ++hour)
    for (int now = 0; now < 24 * 60; now += 7) {
      const base::Instant at = kMonday + base::Minutes{now};
      const int ahead = minutes("by " + std::to_string(hour), false, at);
      const int of_day = (22 * 60 + 40 + now) % (12 * 60);
      const int next = (hour % 12 * 60 - of_day + 12 * 60 - 1) % (12 * 60) + 1;
      if (ahead != -1) {
        EXPECT_EQ(ahead, next) << hour << " at " << base::to_rfc3339(at);
      }
      if (next <= 180) {
        EXPECT_NE(ahead, -1) << hour << " at " << base::to_rfc3339(at);
      }
    }
}

}  // namespace
}  // namespace tocsin::incident
