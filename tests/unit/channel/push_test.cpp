#include "channel/push.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h + 40min};

class Push : public ::testing::Test {
 protected:
  Subscription subscription(std::string_view path) {
    return {service_.origin() + std::string{path}, {seal::P256Key::generate(entropy_).point(), {}}};
  }
  std::unique_ptr<PushChannel> push(std::string own) {
    return std::make_unique<PushChannel>(
        seal::P256Key::generate(entropy_),
        PushSettings{"https://relay.example", std::move(own), 2'000ms}, clock_);
  }
  std::unique_ptr<PushChannel> push() { return push(service_.origin()); }
  Outgoing<playbook::Nudge> wake(const Subscription& to, Urgency urgency = Urgency::high) {
    return {seal::random_message_id(entropy_), address_of(to), {}, clock_.now() + 20min, urgency};
  }
  Delivery after(std::string answer) {
    service_.will_say({std::move(answer)});
    const Outgoing<playbook::Nudge> one = wake(subscription("/p/secret"));
    return push()->send({&one, 1}).at(0);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kNight};
  PushService service_;
};

TEST_F(Push, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = wake(subscription("/p/secret?x=1"));
  EXPECT_EQ(push()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  const PushService::Request& asked = requests[0];
  EXPECT_TRUE(asked.head.starts_with("POST /p/secret?x=1 HTTP/1.1\r\n"));
  EXPECT_EQ(asked.header("TTL"), "1200");
  EXPECT_EQ(asked.header("Topic"), "message");
  EXPECT_EQ(asked.header("Urgency"), "high");
  EXPECT_EQ(asked.header("Content-Encoding"), "aes128gcm");
  EXPECT_EQ(asked.body.size(), 103U);
  std::set<std::string> names;
  for (const std::string_view line : base::split(asked.head, '\n'))
    if (line.find(": ") != std::string_view::npos) names.emplace(line.substr(0, line.find(':')));
  EXPECT_EQ(names,
            (std::set<std::string>{"Host", "Accept", "Authorization", "Content-Encoding",
                                   "Content-Type", "Content-Length", "TTL", "Topic", "Urgency"}));
  const std::string token = asked.header("Authorization");
  ASSERT_TRUE(token.starts_with("vapid t="));
  const auto said = base::from_base64url(base::split(token, '.').at(1));
  ASSERT_TRUE(said);
  EXPECT_NE(base::text_of(*said).find(fmt::format(R"("aud":"{}")", service_.origin())),
            std::string_view::npos);
  EXPECT_NE(base::text_of(*said).find(R"("sub":"https://relay.example")"), std::string_view::npos);
}

TEST_F(Push, EveryMessageIsAsLongAndNoneIsTheSame) {
  const Subscription to = subscription("/p/1");
  const Outgoing<playbook::Nudge> batch[] = {wake(to), wake(to, Urgency::normal)};
  push()->send(batch);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].body.size(), requests[1].body.size());
  EXPECT_NE(requests[0].body, requests[1].body);
}

TEST_F(Push, EveryAnswerHasItsMeaning) {
  for (const char* answer : {"200 OK", "201 Created", "202 Accepted", "204 Nothing"})
    EXPECT_EQ(after(answer).receipt, Receipt::sent) << answer;
  for (const char* answer : {"404 Not Found", "410 Gone"}) {
    EXPECT_EQ(after(answer).receipt, Receipt::failed_for_good) << answer;
    EXPECT_EQ(after(answer).reason, "the subscription is gone");
  }
  std::set<std::string> reasons;
  for (const char* answer : {"400 Bad Request", "403 Forbidden", "413 Too Large", "301 Moved"}) {
    const Delivery delivery = after(answer);
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_good) << answer;
    EXPECT_TRUE(reasons.insert(delivery.reason).second) << answer;
  }
  for (const char* answer : {"408 Timeout", "429 Busy", "500 Oh", "503 Down"})
    EXPECT_EQ(after(answer).receipt, Receipt::failed_for_now) << answer;
  EXPECT_EQ(after("429 Busy\r\nRetry-After: 7").retry_after, 7s);
  EXPECT_EQ(after("").receipt, Receipt::unknown);  // closed: it may have been accepted
}

TEST_F(Push, NoReasonNamesTheEndpoint) {
  for (const char* answer : {"", "400 x", "403 x", "404 x", "410 x", "413 x", "429 x", "500 x"})
    EXPECT_EQ(after(answer).reason.find("secret"), std::string::npos) << answer;
}

TEST_F(Push, FollowsNoRedirect) {
  after("307 There\r\nLocation: /p/other");
  EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(Push, ReadsNoLongAnswer) {
  EXPECT_EQ(after("201 Created\r\nX: " + std::string(5'000, 'x')).receipt, Receipt::sent);
  service_.will_say_more(std::string(20'000, 'x'));
  EXPECT_EQ(after("201 Created").receipt, Receipt::unknown);
}

TEST_F(Push, TellsOnceWhichSubscriptionIsGone) {
  const auto channel = push();
  const Outgoing<playbook::Nudge> one = wake(subscription("/p/1"));
  service_.will_say({"410 Gone"});
  channel->send({&one, 1});
  EXPECT_EQ(channel->take_gone(), std::vector<std::string>{one.address});
  EXPECT_TRUE(channel->take_gone().empty());
}

TEST_F(Push, SpeaksToNobodyInsideTheBuilding) {
  const auto channel = push("");
  Outgoing<playbook::Nudge> one = wake(subscription("/p/1"));
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::failed_for_good);

  // A valid name that resolves to this machine. The address is checked when the connection is made.
  HttpClient http{{}};
  const std::string port = service_.origin().substr(service_.origin().rfind(':'));
  EXPECT_EQ(
      http.perform({.url = "https://127.0.0.1" + port, .reach = Reach::public_addresses}).failure,
      HttpFailure::not_allowed);
  EXPECT_EQ(
      http.perform({.url = "https://localhost" + port, .reach = Reach::public_addresses}).failure,
      HttpFailure::not_allowed);
  EXPECT_NE(
      http.perform({.url = "http://127.0.0.1" + port, .reach = Reach::public_addresses}).failure,
      HttpFailure::none);
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(Push, RefusesWhatIsNoSubscriptionAndSendsTheRest) {
  Subscription bad_key = subscription("/p/1");
  bad_key.keys.device.fill(9);
  Outgoing<playbook::Nudge> late = wake(subscription("/p/2"));
  late.expires = clock_.now();
  Outgoing<playbook::Nudge> junk = wake(subscription("/p/3"));
  junk.address = "not base64url!";
  const Outgoing<playbook::Nudge> batch[] = {wake(bad_key), late, junk, wake(subscription("/p/4"))};
  const auto deliveries = push()->send(batch);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(deliveries[i].receipt, Receipt::failed_for_good) << i;
    EXPECT_EQ(deliveries[i].id, batch[i].id);
  }
  EXPECT_EQ(deliveries[3].receipt, Receipt::sent);
  EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(Push, HasAnAllowanceThatFillsAgain) {
  const auto channel = push();
  const Subscription to = subscription("/p/1");
  std::vector<Outgoing<playbook::Nudge>> batch;
  for (int i = 0; i < 1'010; ++i) batch.push_back(wake(to));
  const auto deliveries = channel->send(batch);
  const auto count = [](const std::vector<Delivery>& of, Receipt receipt) {
    return std::ranges::count(of, receipt, &Delivery::receipt);
  };
  EXPECT_EQ(count(deliveries, Receipt::sent), 1'000);
  EXPECT_EQ(deliveries.back().receipt, Receipt::failed_for_now);
  EXPECT_GT(deliveries.back().retry_after, deliveries[1'000].retry_after);
  clock_.advance(20ms);  // ten more, at 500 a second
  EXPECT_EQ(count(channel->send(std::span{batch}.first(11)), Receipt::sent), 10);
}

}  // namespace
}  // namespace tocsin::channel
