#include "channel/hooked_inbox.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kHookedNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};

// A hook's inbox whose relay says what a test tells it. How it works with a whole relay is tested
// there (unit/relay/server_test.cpp).
class HookedInboxTest : public testing::Test {
 protected:
  HookedInbox inbox() {
    return HookedInbox{HookedAt{{relay_.origin(), {}},
                                seal::Identity::from_secret_halves(key_.secret_halves().view()),
                                "sms",
                                ""},
                       clock_, [this](const wire::Hooked& post, Collected& collected) {
                         bodies_.emplace_back(base::text_of(post.body));
                         times_.push_back(post.at);
                         collected.messages.push_back({post.body});
                       }};
  }
  wire::Item item(std::uint64_t cursor, std::string_view body, std::string hook = "sms",
                  wire::ItemKind kind = wire::ItemKind::hooked) {
    const base::ByteView bytes = base::bytes_of(body);
    const wire::Hooked post{std::move(hook), kHookedNight, "", {bytes.begin(), bytes.end()}};
    return {cursor, kind, seal::random_message_id(entropy_), kHookedNight + 24h,
            wire::seal(post, key_.public_identity().seal, entropy_)};
  }
  void will_hold(const std::vector<wire::Item>& items) {
    relay_.will_say({"200 OK"});
    relay_.will_say_more(std::string{base::text_of(wire::encode_items(items))});
  }

  seal::Entropy entropy_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  base::VirtualClock clock_{kHookedNight};
  PushService relay_;
  std::vector<std::string> bodies_;
  std::vector<base::Instant> times_;
};

TEST_F(HookedInboxTest, ReadsEachPostOnceAndDeletesNone) {
  will_hold({item(3, "one"), item(4, "two")});
  HookedInbox inbox = this->inbox();
  const Polling::Asked asked = inbox.ask();
  EXPECT_EQ(asked.collected.messages.size(), 2U);
  EXPECT_EQ(asked.trouble, "");
  EXPECT_EQ(asked.pause, 0ms);  // there may be more
  will_hold({});
  EXPECT_FALSE(inbox.ask().collected.has_any());
  EXPECT_NE(relay_.requests().back().head.find("?after=4&"), std::string::npos);
  EXPECT_EQ(bodies_, (std::vector<std::string>{"one", "two"}));
  for (const auto& request : relay_.requests())
    EXPECT_EQ(request.head.find("acknowledge"), std::string::npos);
}

TEST_F(HookedInboxTest, IsNotAskedMoreOftenThanARelayAllows) {
  will_hold({});
  HookedInbox inbox = this->inbox();
  EXPECT_EQ(inbox.ask().pause, 2s);
  clock_.advance(1s);
  EXPECT_EQ(inbox.ask().pause, 1s);
  EXPECT_EQ(relay_.requests().size(), 1U);
  clock_.advance(1s);
  will_hold({});
  inbox.ask();
  EXPECT_EQ(relay_.requests().size(), 2U);
}

// An answer that seemed to come before the question would not count.
TEST_F(HookedInboxTest, TimesAreByOurClockWhateverTheRelaysSays) {
  relay_.will_say({"200 OK\r\nDate: " + base::to_http_date(kHookedNight - 4min)});
  wire::Item late = item(3, "one");
  const base::ByteView body = base::bytes_of("one");
  late.envelope =
      wire::seal(wire::Hooked{"sms", kHookedNight - 4min, "", {body.begin(), body.end()}},
                 key_.public_identity().seal, entropy_);
  relay_.will_say_more(std::string{base::text_of(wire::encode_items({&late, 1}))});
  inbox().ask();
  EXPECT_EQ(times_, std::vector<base::Instant>{kHookedNight});
}

TEST_F(HookedInboxTest, LeavesOutWhatNoProviderPosted) {
  wire::Item other = item(5, "of another hook", "voice");
  wire::Item damaged = item(6, "damaged");
  damaged.envelope.back() ^= 1;
  will_hold(
      {item(4, "by a sender", "sms", wire::ItemKind::message), other, damaged, item(7, "good")});
  HookedInbox inbox = this->inbox();
  EXPECT_EQ(inbox.ask().collected.messages.size(), 1U);
  EXPECT_EQ(bodies_, std::vector<std::string>{"good"});
}

TEST_F(HookedInboxTest, IsFoundByTheHooksAddress) {
  const seal::Certificate certificate{};
  Parts parts{.home = {},
              .relay = {"https://relay.example", {"a pin"}},
              .coordinator = key_,
              .certificate = certificate,
              .incident = key_,
              .clock = clock_,
              .hook_key = [&](std::string_view name) {
                EXPECT_EQ(name, "sms-2");
                return seal::Identity::from_secret_halves(key_.secret_halves().view());
              }};
  const HookedAt ours = hooked_at("https://relay.example/hook/sms-2", parts);
  EXPECT_EQ(ours.relay.url, "https://relay.example");
  EXPECT_EQ(ours.relay.pins, std::vector<std::string>{"a pin"});
  EXPECT_EQ(ours.hook, "sms-2");
  EXPECT_EQ(ours.address, "https://relay.example/hook/sms-2");
  // A pin is of one relay.
  EXPECT_TRUE(hooked_at("https://hooks.example:8443/hook/sms-2", parts).relay.pins.empty());
  for (const char* none : {"", "https://relay.example", "https://relay.example/hook/",
                           "https://relay.example/hook/Sms", "relay.example/hook/sms",
                           "https://relay.example/a/hook/sms"})
    EXPECT_THROW(hooked_at(none, parts), base::Fault) << none;
}

TEST_F(HookedInboxTest, TroubleIsNamedAndPasses) {
  relay_.will_say({"503 Down"});
  HookedInbox inbox = this->inbox();
  const Polling::Asked asked = inbox.ask();
  EXPECT_EQ(asked.trouble, "the hook sms cannot be read: the relay is busy");
  EXPECT_EQ(asked.pause, 5s);
  clock_.advance(5s);
  will_hold({item(1, "one")});
  const Polling::Asked again = inbox.ask();
  EXPECT_EQ(again.trouble, "");
  EXPECT_EQ(again.collected.messages.size(), 1U);
}

}  // namespace
}  // namespace tocsin::channel
