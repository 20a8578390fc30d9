#include "channel/waking.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kAtNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                             40min};

// A relay that accepts everything, or nothing.
class Mailboxes final : public Carrier<Class::sealed> {
 public:
  std::string_view name() const noexcept override { return "relay"; }
  std::vector<Delivery> send(std::span<const SealedMessage> batch) override {
    std::vector<Delivery> deliveries;
    for (const SealedMessage& one : batch) deliveries.push_back({one.id, receipt, {}, {}});
    return deliveries;
  }
  Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}

  Receipt receipt = Receipt::sent;
};

class Waking : public ::testing::Test {
 protected:
  void SetUp() override { waking_.know({{"ana", ana_}, {"ben", ben_}}); }
  Subscription subscription(std::string_view path) {
    return {service_.origin() + std::string{path}, {seal::P256Key::generate(entropy_).point(), {}}};
  }
  std::unique_ptr<PushChannel> push() {
    return std::make_unique<PushChannel>(
        seal::P256Key::generate(entropy_),
        PushSettings{"https://relay.example", service_.origin(), 2'000ms}, clock_);
  }
  SealedMessage message(std::string mailbox) {
    return {seal::random_message_id(entropy_),
            std::move(mailbox),
            {{1}},
            clock_.now() + 20min,
            Urgency::high};
  }
  std::size_t asked() const { return service_.requests().size(); }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kAtNight};
  PushService service_;
  Subscription ana_ = subscription("/p/ana");
  Subscription ben_ = subscription("/p/ben");
  Mailboxes relay_;
  WakingChannel waking_{relay_, push(), clock_, Listen::when_asked};
};

TEST_F(Waking, WakesWhoeverAMessageWaitsForAndCanBeWoken) {
  const SealedMessage batch[] = {message("ana"), message("zoe")};
  const auto deliveries = waking_.send(batch);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[0].receipt, Receipt::sent);
  ASSERT_EQ(asked(), 1U);
  EXPECT_TRUE(service_.requests()[0].head.starts_with("POST /p/ana "));
  EXPECT_EQ(waking_.trouble(), "");
}

TEST_F(Waking, WakesNobodyForWhatDoesNotLieThere) {
  relay_.receipt = Receipt::failed_for_now;
  const SealedMessage one = message("ana");
  waking_.send({&one, 1});
  EXPECT_EQ(asked(), 0U);
}

TEST_F(Waking, TriesAgainAsThePushServiceAsksAndNotForEver) {
  service_.will_say({"429 Busy\r\nRetry-After: 30", "500 Oh"});
  const SealedMessage one = message("ana");
  EXPECT_EQ(waking_.send({&one, 1}).at(0).receipt, Receipt::sent);  // the message, not the push
  EXPECT_EQ(waking_.trouble(), "the push service is busy");
  waking_.collect({});
  EXPECT_EQ(asked(), 1U);
  clock_.advance(30s);
  waking_.collect({});
  EXPECT_EQ(asked(), 2U);
  for (int i = 0; i < 30; ++i) {
    clock_.advance(30s);  // a message lives twenty minutes here
    waking_.collect({});
  }
  EXPECT_EQ(asked(), 8U);
}

TEST_F(Waking, ANewerOneTakesThePlaceOfAnOlder) {
  service_.will_say({"503 Down\r\nRetry-After: 10", "201 Created"});
  const SealedMessage first = message("ana");
  waking_.send({&first, 1});
  const SealedMessage second = message("ana");
  waking_.send({&second, 1});
  EXPECT_EQ(asked(), 1U);  // told to wait
  clock_.advance(10s);
  waking_.collect({});
  clock_.advance(5min);
  waking_.collect({});
  EXPECT_EQ(asked(), 2U);
  EXPECT_EQ(waking_.trouble(), "");
}

TEST_F(Waking, StopsWhenTheMessageHasExpired) {
  service_.will_say({"503 Down"});
  const SealedMessage one = message("ana");
  waking_.send({&one, 1});
  clock_.advance(20min);
  waking_.collect({});
  EXPECT_EQ(asked(), 1U);
}

TEST_F(Waking, ASubscriptionThatIsGoneIsToldAndNotUsedAgain) {
  service_.will_say({"410 Gone", "201 Created"});
  const SealedMessage batch[] = {message("ana"), message("ben")};
  waking_.send(batch);
  const auto gone = waking_.take_gone();
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].subscription, gone[0].mailbox == "ana" ? ana_ : ben_);
  EXPECT_TRUE(waking_.take_gone().empty());
  EXPECT_EQ(waking_.trouble(), "");
  waking_.send(batch);
  EXPECT_EQ(asked(), 3U);
}

TEST_F(Waking, InTheBackgroundNothingWaitsForAPushAndTheLastOnesStillGo) {
  const base::SystemClock real;
  {
    auto channel = std::make_unique<PushChannel>(
        seal::P256Key::generate(entropy_), PushSettings{"", service_.origin(), 2'000ms}, real);
    WakingChannel waking{relay_, std::move(channel), real, Listen::background};
    waking.know({{"ana", ana_}});
    SealedMessage one = message("ana");
    one.expires = real.now() + 20min;
    waking.send({&one, 1});
  }
  EXPECT_EQ(asked(), 1U);
}

// A service in trouble is not asked again in the same breath, however short the time is that is
// drawn for the next try.
TEST_F(Waking, AsksOnceForEachDeviceHoweverManyFail) {
  service_.will_say({"503 Down"});
  std::map<std::string, Subscription> devices;
  std::vector<SealedMessage> batch;
  for (int i = 0; i < 900; ++i) {
    devices.emplace(std::to_string(i), ana_);
    batch.push_back(message(std::to_string(i)));
  }
  waking_.know(devices);
  waking_.send(batch);
  EXPECT_EQ(asked(), 900U);
}

TEST_F(Waking, NobodyIsWokenByAnOldSubscription) {
  service_.will_say({"503 Down", "201 Created"});
  const SealedMessage one = message("ana");
  waking_.send({&one, 1});
  const Subscription newer = subscription("/p/newer");
  waking_.know({{"ana", newer}});
  clock_.advance(2s);
  waking_.collect({});
  ASSERT_EQ(asked(), 2U);
  EXPECT_TRUE(service_.requests()[1].head.starts_with("POST /p/newer "));
  // Without any, what waits is dropped.
  service_.will_say({"503 Down", "201 Created"});
  const SealedMessage two = message("ana");
  waking_.send({&two, 1});
  waking_.know({});
  clock_.advance(2s);
  waking_.collect({});
  waking_.know({{"ana", newer}});
  waking_.collect({});
  EXPECT_EQ(asked(), 3U);
}

}  // namespace
}  // namespace tocsin::channel
