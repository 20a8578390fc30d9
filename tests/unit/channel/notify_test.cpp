#include "channel/notify.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kNotifyNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                 40min};
const std::string kKey =
    "call-ins-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
const std::string kTemplate = "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21";

class Notify : public testing::Test {
 protected:
  std::unique_ptr<NotifyChannel> notify() {
    return std::make_unique<NotifyChannel>(
        *parse_notify_key(kKey),
        NotifySettings{service_.origin(), kTemplate, "https://relay.example"}, clock_,
        Listen::when_asked);
  }
  Outgoing<playbook::Nudge> text() {
    return {seal::random_message_id(entropy_), "+447700900123",
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min, Urgency::high};
  }
  Delivery after(std::string head, std::string error = "") {
    service_.will_say({std::move(head)});
    service_.will_say_more(fmt::format(
        R"({{"status_code":400,"errors":[{{"error":"{}","message":"447700900123"}}]}})", error));
    const Outgoing<playbook::Nudge> one = text();
    return notify()->send({&one, 1}).at(0);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kNotifyNight};
  PushService service_;
};

TEST_F(Notify, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = text();
  EXPECT_EQ(notify()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  const PushService::Request& asked = requests[0];
  EXPECT_TRUE(asked.head.starts_with("POST /v2/notifications/sms HTTP/1.1\r\n"));
  EXPECT_EQ(asked.header("Content-Type"), "application/json");
  EXPECT_TRUE(asked.header("Authorization").starts_with("Bearer eyJ"));
  std::set<std::string> names;
  for (const std::string_view line : base::split(asked.head, '\n'))
    if (line.find(": ") != std::string_view::npos) names.emplace(line.substr(0, line.find(':')));
  EXPECT_EQ(names, (std::set<std::string>{"Host", "Accept", "Authorization", "Content-Type",
                                          "Content-Length"}));
  EXPECT_EQ(nlohmann::json::parse(asked.body),
            (nlohmann::json{
                {"phone_number", "+447700900123"},
                {"template_id", kTemplate},
                {"personalisation", {{"message", "Incident message: open https://relay.example"}}},
                {"reference", seal::to_text(one.id)}}));
}

TEST_F(Notify, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("201 Created").receipt, Receipt::sent);
  EXPECT_EQ(after("200 OK").receipt, Receipt::unknown);  // nothing that Notify says
  EXPECT_EQ(after("").receipt, Receipt::unknown);        // closed: it may have been accepted
  std::set<std::string> reasons;
  const auto expect = [&](const char* head, const char* error, Receipt receipt) {
    const Delivery delivery = after(head, error);
    EXPECT_EQ(delivery.receipt, receipt) << head << error;
    EXPECT_TRUE(reasons.insert(delivery.reason).second) << head << error;
  };
  expect("400 Bad", "ValidationError", Receipt::failed_for_good);
  expect("400 Bad", "BadRequestError", Receipt::failed_for_good);
  expect("403 No", "AuthError", Receipt::failed_for_now);
  expect("404 Not Found", "NoResultFound", Receipt::failed_for_good);
  expect("408 Late", "", Receipt::failed_for_now);
  expect("429 Many", "RateLimitError", Receipt::failed_for_now);
  expect("429 Many", "TooManyRequestsError", Receipt::failed_for_good);
  expect("500 Oh", "Exception", Receipt::failed_for_now);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("401 No").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("429 Many", "SomethingNew").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("503 Down").receipt, Receipt::failed_for_now);
}

TEST_F(Notify, NoReasonSaysWhatNotifySaid) {
  for (const char* head : {"", "200 x", "400 x", "403 x", "404 x", "413 x", "429 x", "500 x"})
    for (const char* error : {"ValidationError", "TooManyRequestsError", "447700900123"})
      EXPECT_EQ(after(head, error).reason.find("7700900123"), std::string::npos) << head;
}

TEST_F(Notify, FollowsNoRedirectAndReadsNoLongAnswer) {
  after("307 There\r\nLocation: /v2/other");
  EXPECT_EQ(service_.requests().size(), 1U);
  service_.will_say({"201 Created"});
  service_.will_say_more(std::string(100'000, 'x'));
  const Outgoing<playbook::Nudge> one = text();
  EXPECT_EQ(notify()->send({&one, 1}).at(0).receipt, Receipt::unknown);
}

TEST_F(Notify, SendsNothingThatHasExpired) {
  Outgoing<playbook::Nudge> late = text();
  late.expires = clock_.now();
  const Outgoing<playbook::Nudge> batch[] = {late, text()};
  const auto deliveries = notify()->send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[0].id, late.id);
  EXPECT_EQ(deliveries[1].receipt, Receipt::sent);
  EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(Notify, HoldsBackWhenTheMinuteIsFull) {
  const auto channel = notify();
  const Outgoing<playbook::Nudge> one = text();
  service_.will_say_more(R"({"errors":[{"error":"RateLimitError"}]})");
  service_.will_say({"429 Many\r\nRetry-After: 7"});
  const Delivery busy = channel->send({&one, 1}).at(0);
  EXPECT_EQ(busy.retry_after, 7s);
  EXPECT_EQ(channel->room().messages, 0U);
  EXPECT_EQ(channel->room().again, clock_.now() + 7s);
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(service_.requests().size(), 1U);

  base::Milliseconds longest{0};
  service_.will_say({"429 Many"});
  for (int i = 0; i < 20; ++i) {
    clock_.advance(30s);
    const Delivery again = channel->send({&one, 1}).at(0);
    EXPECT_GT(again.retry_after, 0ms);
    EXPECT_LE(again.retry_after, 30s);
    longest = std::max(longest, again.retry_after);
  }
  EXPECT_GT(longest, 8s);
  service_.will_say({"201 Created"});
  clock_.advance(30s);
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::sent);
  service_.will_say({"429 Many"});
  EXPECT_LE(channel->send({&one, 1}).at(0).retry_after, 1s);  // from the beginning
}

TEST_F(Notify, TriesNobodyForAWhileWhenTheDayIsSpent) {
  const auto channel = notify();
  std::vector<Outgoing<playbook::Nudge>> batch(20, text());
  service_.will_say({"429 Many"});
  service_.will_say_more(R"({"errors":[{"error":"TooManyRequestsError"}]})");
  EXPECT_EQ(channel->send({batch.data(), 1}).at(0).reason,
            "the day's limit of the provider is reached");
  EXPECT_GE(channel->room().messages, 10'000U);  // so that people are tried elsewhere at once
  for (const Delivery& delivery : channel->send(batch))
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_good);
  EXPECT_EQ(service_.requests().size(), 1U);
  clock_.advance(5min);
  service_.will_say({"201 Created"});
  EXPECT_EQ(channel->send({batch.data(), 1}).at(0).receipt, Receipt::sent);
}

TEST_F(Notify, NeverTakesMoreThanNotifyAllowsInAnyMinuteAndLosesLittle) {
  const auto channel = notify();
  std::vector<Outgoing<playbook::Nudge>> batch(50, text());
  service_.will_say({"201 Created"});
  std::deque<base::Instant> sent;  // of the last minute
  std::size_t total = 0;
  while (total < 4'000) {
    const Room room = channel->room();
    if (room.messages == 0) {
      ASSERT_GT(room.again, clock_.now());
      clock_.set(room.again);
      continue;
    }
    ASSERT_LE(room.messages, 50U);
    for (const Delivery& delivery : channel->send({batch.data(), room.messages}))
      ASSERT_EQ(delivery.receipt, Receipt::sent);
    total += room.messages;
    sent.insert(sent.end(), room.messages, clock_.now());
    while (sent.front() + 1min <= clock_.now()) sent.pop_front();
    ASSERT_LE(sent.size(), 3'000U);
  }
  // 4,000 at 3,000 a minute are 80 s.
  EXPECT_LE(clock_.now() - kNotifyNight, 88s);
}

TEST_F(Notify, RefusesWhatIsOverItsRoom) {
  const auto channel = notify();
  const std::vector<Outgoing<playbook::Nudge>> batch(52, text());
  const auto deliveries = channel->send(batch);
  EXPECT_EQ(deliveries[49].receipt, Receipt::sent);
  EXPECT_EQ(deliveries[50].receipt, Receipt::failed_for_now);
  EXPECT_GT(deliveries[50].retry_after, 0ms);
  EXPECT_EQ(service_.requests().size(), 50U);
}

TEST_F(Notify, SignsAgainByNotifysClockWhenThisMachinesIsWrong) {
  const auto channel = notify();
  const Outgoing<playbook::Nudge> one = text();
  service_.will_say({"403 No\r\nDate: Sun, 22 Nov 2026 22:20:00 GMT", "201 Created"});
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::sent);
  const std::string token = service_.requests().at(1).header("Authorization");
  const auto claims = base::from_base64url(base::split(token, '.').at(1));
  ASSERT_TRUE(claims);
  EXPECT_EQ(nlohmann::json::parse(*claims).at("iat"),
            (kNotifyNight - 20min).time_since_epoch() / 1s);
}

TEST_F(Notify, SaysOfAMailWhatTheManualSays) {
  NotifyChannel channel{
      *parse_notify_key(kKey),
      NotifySettings{service_.origin(), kTemplate, "https://relay.example", NotifyMedium::email},
      clock_, Listen::when_asked};
  Outgoing<playbook::Nudge> one = text();
  one.address = "ana@hospital.test";
  EXPECT_EQ(channel.send({&one, 1}).at(0).receipt, Receipt::sent);
  const PushService::Request asked = service_.requests().at(0);
  EXPECT_TRUE(asked.head.starts_with("POST /v2/notifications/email HTTP/1.1\r\n"));
  EXPECT_EQ(nlohmann::json::parse(asked.body),
            (nlohmann::json{{"email_address", "ana@hospital.test"},
                            {"template_id", kTemplate},
                            {"personalisation",
                             {{"message", "Incident message: open https://relay.example"},
                              {"subject", "Incident message: open"}}},
                            {"reference", seal::to_text(one.id)}}));
}

class NotifyMade : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-notify-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write_key(const std::string& text) {
    std::ofstream{folder_ / "key"} << text;
    std::filesystem::permissions(
        folder_ / "key", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  std::unique_ptr<NotifyChannel> make(const contact::Settings& settings) {
    return NotifyChannel::make(settings, {.home = folder_,
                                          .relay = {"https://relay.example", {}},
                                          .coordinator = coordinator_,
                                          .certificate = certificate_,
                                          .incident = coordinator_,
                                          .clock = clock_});
  }
  std::string fault(const contact::Settings& settings) {
    try {
      make(settings);
    } catch (const base::Fault& fault) {
      return fault.what();
    }
    return {};
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kNotifyNight};
};

TEST_F(NotifyMade, FromASecretFileATemplateAndTheRelaysAddress) {
  write_key(kKey + "\n");
  PushService service;
  const auto channel = make({{"key", "key"}, {"template", kTemplate}, {"url", service.origin()}});
  const Outgoing<playbook::Nudge> one{
      {},
      "+447700900123",
      playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                      playbook::Meaning::come},
      kNotifyNight + 1min,
      Urgency::high};
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::sent);
  EXPECT_NE(service.requests().at(0).body.find("open https://relay.example\""), std::string::npos);
}

TEST_F(NotifyMade, OfNothingElse) {
  EXPECT_NE(fault({{"key", "key"}, {"template", kTemplate}}).find("key"), std::string::npos);
  write_key("hush-hush");
  const std::string no_key = fault({{"key", "key"}, {"template", kTemplate}});
  EXPECT_NE(no_key.find("no API key"), std::string::npos);
  EXPECT_EQ(no_key.find("hush"), std::string::npos);
  write_key(kKey);
  EXPECT_NE(fault({{"key", "key"}, {"template", "call-in"}}).find("template"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
