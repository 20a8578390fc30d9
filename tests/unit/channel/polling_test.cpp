#include "channel/polling.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kPollingNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};

Polling::Asked with(std::string words, base::Milliseconds pause) {
  Polling::Asked asked;
  if (!words.empty())
    asked.collected.said.push_back({said_id("x", words), "+44", words, kPollingNight});
  asked.pause = pause;
  return asked;
}

std::string words_of(const Collected& collected) {
  std::string all;
  for (const Said& said : collected.said) all += said.words;
  return all;
}

TEST(Polling, AsksWhenItIsDueAndGoesOnWhileThereIsMore) {
  base::VirtualClock clock{kPollingNight};
  int asked = 0;
  Polling polling{[&] {
                    ++asked;
                    return with(std::to_string(asked), asked % 3 == 0 ? 5'000ms : 0ms);
                  },
                  [] {}, clock, Listen::when_asked};
  const Collected first = polling.collect(0ms);
  EXPECT_EQ(words_of(first), "123");
  polling.acknowledge(first.cursor);
  EXPECT_EQ(words_of(polling.collect(0ms)), "");
  clock.advance(4'999ms);
  polling.collect(0ms);
  EXPECT_EQ(asked, 3);
  clock.advance(1ms);
  EXPECT_EQ(words_of(polling.collect(0ms)), "456");
}

TEST(Polling, KeepsWhatWasNotAcknowledged) {
  base::VirtualClock clock{kPollingNight};
  int asked = 0;
  Polling polling{[&] { return with(std::to_string(++asked), 1s); }, [] {}, clock,
                  Listen::when_asked};
  const Collected first = polling.collect(0ms);
  clock.advance(1s);
  const Collected both = polling.collect(0ms);
  EXPECT_EQ(words_of(both), "12");
  polling.acknowledge(first.cursor);
  EXPECT_EQ(words_of(polling.collect(0ms)), "2");
  polling.acknowledge(both.cursor);
  EXPECT_FALSE(polling.collect(0ms).has_any());
}

TEST(Polling, SaysWhatTheTroubleIsUntilItIsOver) {
  base::VirtualClock clock{kPollingNight};
  std::string trouble = "out of reach";
  Polling polling{[&] {
                    return Polling::Asked{{}, 1s, trouble};
                  },
                  [] {}, clock, Listen::when_asked};
  EXPECT_EQ(polling.trouble(), "");
  polling.collect(0ms);
  EXPECT_EQ(polling.trouble(), "out of reach");
  trouble.clear();
  clock.advance(1s);
  polling.collect(0ms);
  EXPECT_EQ(polling.trouble(), "");
}

TEST(Polling, KnowsWhatIsOwedAndIsHurried) {
  base::VirtualClock clock{kPollingNight};
  int asked = 0;
  Polling polling{[&] { return with(++asked == 1 ? "a" : "", 1h); }, [] {}, clock,
                  Listen::when_asked};
  EXPECT_FALSE(polling.is_owed());
  const Collected first = polling.collect(0ms);
  EXPECT_TRUE(polling.is_owed());
  polling.acknowledge(first.cursor);
  EXPECT_FALSE(polling.is_owed());
  polling.collect(0ms);
  EXPECT_EQ(asked, 1);
  polling.hurry();
  polling.collect(0ms);
  EXPECT_EQ(asked, 2);
}

TEST(Polling, IsHurriedInTheBackgroundAlsoWhileItAsks) {
  const base::SystemClock clock;
  Polling* hurried = nullptr;
  std::atomic<int> asked = 0;
  Polling polling{[&] {
                    const int n = ++asked;
                    if (n == 2) hurried->hurry();
                    return with(n == 1 || n == 3 ? std::to_string(n) : "", 1h);
                  },
                  [] {}, clock, Listen::background};
  hurried = &polling;
  const Collected first = polling.collect(30s);
  EXPECT_EQ(words_of(first), "1");
  polling.acknowledge(first.cursor);
  polling.hurry();
  EXPECT_EQ(words_of(polling.collect(30s)), "3");
}

TEST(Polling, AsksByItselfInTheBackground) {
  const base::SystemClock clock;
  Polling polling{[n = 0]() mutable { return with(n++ == 0 ? "here" : "", 1h); }, [] {}, clock,
                  Listen::background};
  EXPECT_EQ(words_of(polling.collect(30s)), "here");
}

// An end does not wait for a provider that does not answer.
TEST(Polling, IsInterruptedAtItsEnd) {
  const base::SystemClock clock;
  std::mutex mutex;
  std::condition_variable changed;
  bool is_asking = false;
  bool is_interrupted = false;
  {
    Polling polling{[&] {
                      std::unique_lock lock{mutex};
                      is_asking = true;
                      changed.notify_all();
                      changed.wait(lock, [&] { return is_interrupted; });
                      return with("", 1h);
                    },
                    [&] {
                      const std::lock_guard lock{mutex};
                      is_interrupted = true;
                      changed.notify_all();
                    },
                    clock, Listen::background};
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return is_asking; });
  }
  EXPECT_TRUE(is_interrupted);
}

}  // namespace
}  // namespace tocsin::channel
