#include "record/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "callout/wave.h"
#include "unit/record/record.h"

namespace tocsin::record {
namespace {

const base::Instant kNight = *base::from_rfc3339("2026-11-22T22:40:00Z");

Night night(std::uint8_t id, base::Instant declared, std::vector<incident::PersonId> called = {}) {
  Night night;
  night.incident.bytes.fill(id);
  night.label = "EX-" + std::to_string(id);
  night.declared = declared;
  night.counts.answered = 4;
  night.counts.silent_by_minute = {0, 3};
  night.counts.coming = 2;
  night.called = std::move(called);
  return night;
}

const incident::PersonId kAna{"E1"};
const incident::PersonId kBen{"E2"};

TEST(History, ANightIsRememberedOnceHoweverOftenItEnds) {
  History history;
  history.add(night(1, kNight, {kAna}));
  Night again = night(1, kNight, {kAna, kBen});
  again.counts.answered = 5;
  history.add(again);
  history.add(again);
  ASSERT_EQ(history.nights().size(), 1U);
  EXPECT_EQ(history.nights().front().counts.answered, 5);
  EXPECT_EQ(history.times_called(kNight)[kAna], 1);
}

TEST(History, TheLatestNightComesFirstInWhateverOrderTheyEnd) {
  History history;
  for (const std::uint8_t id : std::initializer_list<std::uint8_t>{2, 4, 1, 3})
    history.add(night(id, kNight + base::Minutes(id)));
  std::string order;
  for (const Night& one : history.nights()) order += one.label + " ";
  EXPECT_EQ(order, "EX-4 EX-3 EX-2 EX-1 ");
}

TEST(History, WhoWasCalledCountsForAYearAndIsThenForgotten) {
  History history;
  history.add(night(1, kNight, {kAna}));
  history.add(night(2, kNight + kRemembered / 2, {kAna, kBen}));
  const base::Instant year_after = kNight + kRemembered;
  EXPECT_EQ(history.times_called(year_after)[kAna], 2);
  EXPECT_EQ(history.times_called(year_after + base::Minutes(1))[kAna], 1);
  history.forget(year_after + base::Minutes(1));
  EXPECT_TRUE(history.nights().back().called.empty());
  // The counts of the night stay.
  EXPECT_EQ(history.taken(year_after + base::Minutes(1)).answered, 8U);
}

TEST(History, TheJournalIsToldTheSumOfAllNights) {
  History history;
  history.add(night(1, kNight, {kAna}));
  history.add(night(2, kNight + base::Minutes(1), {kAna, kBen}));
  const incident::HistoryTaken taken = history.taken(kNight + base::Minutes(2));
  EXPECT_EQ(taken.nights, 2U);
  EXPECT_EQ(taken.silent_by_minute, (std::vector<std::uint64_t>{0, 6}));
  EXPECT_EQ(taken.coming, 4U);
  EXPECT_EQ(taken.called, (std::vector<incident::TimesCalled>{{kAna, 2}, {kBen, 1}}));
}

TEST(History, SaysInWhichNightsAPersonWasCalled) {
  History history;
  history.add(night(1, kNight, {kAna}));
  history.add(night(2, kNight + base::Minutes{1}, {kAna, kBen}));
  history.add(night(3, kNight + base::Minutes{2}));
  const auto labels = [&](const incident::PersonId& person) {
    std::string all;
    for (const Night& one : history.nights_of(person)) all += one.label + " ";
    return all;
  };
  EXPECT_EQ(labels(kAna), "EX-2 EX-1 ");
  EXPECT_EQ(labels(kBen), "EX-2 ");
  EXPECT_EQ(labels(incident::PersonId{"E3"}), "");
}

TEST(History, WhoeverWasAskedAnsweredOrWasSilent) {
  Night one = night(1, kNight);  // 4 answers, 3 silent
  EXPECT_EQ(asked_by_device(one), 7);
  one.counts.silent_for_good = 5;
  one.counts.picked_up = 9;  // by telephone
  EXPECT_EQ(asked_by_device(one), 12);
}

TEST(History, SurvivesItsBytesAndNothingElseIsReadAsOne) {
  History history;
  history.add(night(1, kNight, {kAna}));
  history.add(night(2, kNight + base::Minutes(1), {kAna, kBen}));
  const base::Bytes bytes = encode(history);
  const auto decoded = decode_history(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(encode(*decoded), bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_history(base::ByteView{bytes}.first(size)));
  base::Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(decode_history(longer));
}

// Three nights with the same need. A person who was called is not called again until everybody else
// has been called.
TEST(History, NobodyIsCalledTwiceBeforeEverybodyWasCalledOnce) {
  const std::vector<bool> can_hold{true};
  for (const int people : {9, 12, 30}) {
    History history;
    for (std::uint8_t n = 1; n <= 3; ++n) {
      const base::Instant declared = kNight + std::chrono::days(n);
      auto times = history.times_called(declared);
      callout::Question question;
      question.can_hold = {&can_hold};
      question.group_room = {1'000};
      callout::Post post;
      post.open = 2;
      const callout::Deadline hour{0, 2, 60, {}, 60, 2};
      post.deadlines = {hour};
      post.at_all = hour;
      question.posts = {post};
      const auto id_of = [](int p) { return incident::PersonId{"E" + std::to_string(p)}; };
      for (int p = 0; p < people; ++p)
        question.candidates.push_back(
            {static_cast<std::uint32_t>(p), 0, 0, 20, false, false, times[id_of(p)]});
      callout::Recourses recourses;
      Night one = night(n, declared);
      const auto wave = plan_wave(question, callout::Belief{callout::Evidence{}}, recourses);
      ASSERT_GT(wave.asks.size(), 1U);
      for (const callout::Ask& ask : wave.asks)
        one.called.push_back(id_of(static_cast<int>(ask.person)));
      history.add(one);
      times = history.times_called(declared);
      int least = 3;
      int most = 0;
      for (int p = 0; p < people; ++p) {
        least = std::min(least, times[id_of(p)]);
        most = std::max(most, times[id_of(p)]);
      }
      EXPECT_LE(most - least, 1) << people << " people, night " << int{n};
    }
  }
}

using HistoryFile = Record;

TEST_F(HistoryFile, IsEmptyBeforeTheFirstNight) {
  EXPECT_TRUE(read_history(home_, keys_.store).nights().empty());
}

TEST_F(HistoryFile, ThatWasChangedIsRefused) {
  History history;
  history.add(night(1, kNight, {kAna}));
  home_.write_sealed(keys_.store, "history", encode(history), entropy_);
  ASSERT_EQ(read_history(home_, keys_.store).nights().size(), 1U);
  std::fstream file(home_.path() / "history.sealed",
                    std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(40);
  const int byte = file.get();
  file.seekp(40);
  file.put(static_cast<char>(byte ^ 1));
  file.close();
  try {
    read_history(home_, keys_.store);
    FAIL() << "a changed history was believed";
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
  }
}

}  // namespace
}  // namespace tocsin::record
