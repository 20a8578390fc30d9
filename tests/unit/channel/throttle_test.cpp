#include "channel/throttle.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "channel/notify.h"
#include "channel/telegram.h"
#include "channel/twilio_calls.h"
#include "channel/vonage_calls.h"
#include "channel/whatsapp.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kThrottleNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};
constexpr base::Rate kRate{30, 10};

class ThrottleTest : public testing::Test {
 protected:
  // As many as it lets go now.
  int go() {
    int gone = 0;
    while (!throttle_.take()) ++gone;
    return gone;
  }

  base::VirtualClock clock_{kThrottleNight};
  Throttle throttle_{kRate, 20, clock_};
};

TEST_F(ThrottleTest, LetsNobodyPassTheLimit) {
  EXPECT_EQ(throttle_.room().messages, 20U);  // as many as go beside each other
  int gone = go();
  EXPECT_EQ(gone, 30);
  EXPECT_EQ(throttle_.room().messages, 0U);
  for (int i = 0; i < 600; ++i) {
    clock_.advance(100ms);
    gone += go();
  }
  EXPECT_LE(gone, 30 + 600);
  EXPECT_GE(gone, 30 + 598);
}

TEST_F(ThrottleTest, SaysWhenThereIsRoomForALotAgain) {
  go();
  const Room none = throttle_.room();
  ASSERT_EQ(none.messages, 0U);
  EXPECT_GT(none.again, clock_.now());
  clock_.advance(none.again - clock_.now());
  EXPECT_GE(throttle_.room().messages, 12U);
}

// One message every ten seconds: nobody waits until there are twelve.
TEST_F(ThrottleTest, SendsOneByOneWhereAProviderIsSlow) {
  Throttle slow{{40, 0.1}, 10, clock_};
  EXPECT_EQ(slow.room().messages, 10U);
  while (!slow.take()) continue;
  for (int i = 0; i < 5; ++i) {
    const Room none = slow.room();
    ASSERT_EQ(none.messages, 0U);
    EXPECT_LE(none.again - clock_.now(), 10s + 1ms);
    clock_.advance(none.again - clock_.now());
    ASSERT_EQ(slow.room().messages, 1U);
    EXPECT_FALSE(slow.take());
  }
}

TEST_F(ThrottleTest, WaitsAsLongAsABusyProviderAsksAndThenSendsOne) {
  throttle_.was_busy(40s);
  EXPECT_EQ(throttle_.room().messages, 0U);
  EXPECT_EQ(throttle_.room().again, clock_.now() + 40s);
  EXPECT_EQ(throttle_.take(), std::optional<base::Milliseconds>{40s});
  clock_.advance(40s);
  EXPECT_EQ(throttle_.room().messages, 1U);
  for (const std::size_t lot : {2U, 4U, 8U, 16U, 20U, 20U}) {
    throttle_.was_taken();
    clock_.advance(10s);
    EXPECT_EQ(throttle_.room().messages, lot);
  }
}

TEST_F(ThrottleTest, IsHeldNoLongerThanFiveMinutes) {
  throttle_.was_busy(24h);
  EXPECT_EQ(throttle_.held(), 5min);
}

// 1, 2, 4 … 30 s are the ceilings of a wait that is drawn.
TEST_F(ThrottleTest, WaitsLongerEachTimeThatAProviderIsBusy) {
  base::Milliseconds longest{0};
  for (int times = 0; times < 8; ++times) {
    throttle_.was_busy(0ms);
    EXPECT_GT(throttle_.held(), 0ms);
    EXPECT_LE(throttle_.held(), std::min<base::Milliseconds>(30s, 1s * (1 << times)));
    longest = std::max(longest, throttle_.held());
    clock_.advance(throttle_.held());
  }
  EXPECT_GT(longest, 1s);
}

TEST_F(ThrottleTest, HasRoomForEverythingWhileNothingIsTakenSoThatItFails) {
  throttle_.was_spent(5min);
  EXPECT_TRUE(throttle_.is_spent());
  EXPECT_GT(throttle_.room().messages, 1'000'000U);
  clock_.advance(5min);
  EXPECT_FALSE(throttle_.is_spent());
  EXPECT_EQ(throttle_.room().messages, 20U);
}

// What a channel sends to everybody when its provider answers at once: from when to when, and the
// most in any second.
struct Sent {
  double seconds = 0;
  std::size_t most_in_a_second = 0;
};

Sent send_to_all(Throttle& throttle, base::VirtualClock& clock, int people) {
  const base::Milliseconds began = clock.steady();
  std::deque<base::Milliseconds> second;
  Sent sent;
  while (people > 0) {
    const Room room = throttle.room();
    for (std::size_t i = 0; i < room.messages && people > 0; ++i, --people) {
      EXPECT_EQ(throttle.take(), std::nullopt) << "there was room";
      second.push_back(clock.steady());
      while (second.front() + 1s <= clock.steady()) second.pop_front();
      sent.most_in_a_second = std::max(sent.most_in_a_second, second.size());
    }
    throttle.was_answered();
    if (people > 0) clock.advance(std::max<base::Milliseconds>(1ms, room.again - clock.now()));
  }
  sent.seconds = std::chrono::duration<double>(clock.steady() - began).count();
  return sent;
}

struct Published {
  const char* channel;
  base::Rate rate;
  std::size_t at_once;
  Bursts bursts;
  double a_second;  // by the provider's documentation (tocsin-channel(5))
};

TEST(Throttle, TenThousandPeopleTakeATenthLongerThanTheLimitAloneAtMost) {
  for (const Published& limit :
       {Published{"sms by Notify", kNotifyRate, kNotifyAtOnce, Bursts::at_any_time, 50},
        Published{"whatsapp", kWhatsAppRate, kWhatsAppAtOnce, Bursts::within_the_second, 80},
        Published{"telegram", kTelegramRate, kTelegramAtOnce, Bursts::at_any_time, 30},
        Published{"calls by Twilio", kTwilioCalls.rate, kTwilioCalls.at_once, kTwilioCalls.bursts,
                  1},
        Published{"calls by Vonage", kVonageCalls.rate, kVonageCalls.at_once, kVonageCalls.bursts,
                  3}}) {
    base::VirtualClock clock{kThrottleNight};
    Throttle throttle{limit.rate, limit.at_once, clock, limit.bursts};
    const Sent sent = send_to_all(throttle, clock, 10'000);
    EXPECT_LE(sent.seconds, 1.1 * 10'000 / limit.a_second) << limit.channel;
    RecordProperty(limit.channel, std::to_string(sent.seconds) + " s");
    if (limit.bursts == Bursts::within_the_second) {
      EXPECT_LE(static_cast<double>(sent.most_in_a_second), limit.rate.most) << limit.channel;
    }
  }
}

// A provider that answers slowly may have counted what it got at any time until then.
TEST(Throttle, ASecondBeginsWithTheAnswer) {
  base::VirtualClock clock{kThrottleNight};
  Throttle throttle{base::Rate{4, 4}, 4, clock, Bursts::within_the_second};
  for (int i = 0; i < 4; ++i) EXPECT_EQ(throttle.take(), std::nullopt);
  clock.advance(900ms);
  throttle.was_answered();
  clock.advance(900ms);
  EXPECT_EQ(throttle.room().messages, 0U);
  EXPECT_NE(throttle.take(), std::nullopt);
  clock.advance(100ms);
  EXPECT_EQ(throttle.room().messages, 4U);
}

// A provider that takes one in a second never has room for a lot.
TEST(Throttle, HasRoomForOneWhereTheLimitIsOne) {
  base::VirtualClock clock{kThrottleNight};
  Throttle throttle{base::Rate{1, 1}, 4, clock};
  EXPECT_EQ(throttle.room().messages, 1U);
  EXPECT_EQ(throttle.take(), std::nullopt);
  EXPECT_EQ(throttle.room().messages, 0U);
  clock.advance(1s);
  EXPECT_EQ(throttle.room().messages, 1U);
}

}  // namespace
}  // namespace tocsin::channel
