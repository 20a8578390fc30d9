#include "channel/signal.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/random.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const base::Instant kSignalNight{1'764'547'200s};

class Signal : public testing::Test {
 protected:
  std::unique_ptr<SignalChannel> signal(const std::string& account = "") {
    return std::make_unique<SignalChannel>(
        SignalSettings{service_.origin(), account, folder_.path() / "signal.sent"}, clock_,
        Listen::when_asked);
  }
  Outgoing<Words> message(bool asks = false) {
    return {seal::random_message_id(entropy_),
            "+447700900123",
            Words{"Come to Resus. Réply."},
            clock_.now() + 20min,
            Urgency::high,
            asks};
  }
  void will_say(const std::string& type, const std::string& more = "") {
    service_.will_say({"200 OK"});
    service_.will_say_more(fmt::format(
        R"({{"jsonrpc":"2.0","result":{{"timestamp":100,"results":[{{"type":"{}"{}}}]}}}})", type,
        more));
  }
  Delivery send(bool asks = false) {
    const auto one = message(asks);
    return channel_->send({&one, 1}).at(0);
  }

  home::TemporaryFolder folder_;
  base::VirtualClock clock_{kSignalNight};
  seal::Entropy entropy_;
  PushService service_;
  std::unique_ptr<SignalChannel> channel_ = signal();
};

TEST_F(Signal, SaysWhatTheManualSaysAndNothingElse) {
  will_say("SUCCESS");
  const auto one = message();
  EXPECT_EQ(channel_->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /api/v1/rpc HTTP/1.1\r\n"));
  EXPECT_EQ(requests[0].header("Content-Type"), "application/json");
  EXPECT_EQ(
      json::parse(requests[0].body),
      json({{"jsonrpc", "2.0"},
            {"id", seal::to_text(one.id)},
            {"method", "send"},
            {"params", {{"recipient", {"+447700900123"}}, {"message", "Come to Resus. Réply."}}}}));
}

TEST_F(Signal, AsksInAPollBelowTheMessage) {
  channel_ = signal("+447700900000");
  will_say("SUCCESS");
  EXPECT_EQ(send(true).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 2U);
  const json poll = json::parse(requests[1].body);
  EXPECT_EQ(poll.at("method"), "sendPollCreate");
  const json& params = poll.at("params");
  EXPECT_EQ(params.at("account"), "+447700900000");
  EXPECT_EQ(params.at("noMulti"), true);
  EXPECT_EQ(params.at("option").size(), 8U);
  EXPECT_EQ(params.at("option").at(7), "Cannot come");
  EXPECT_LE(params.at("question").get<std::string>().size(), 100U);
}

TEST_F(Signal, IsSentAlsoWhenThePollFails) {
  int asked = 0;
  service_.will_answer([&](const auto&) {
    return asked++ == 0
               ? PushService::Answer{"200 OK",
                                     R"({"result":{"timestamp":1,"results":[{"type":"SUCCESS"}]}})"}
               : PushService::Answer{"200 OK", R"({"error":{"code":-32601}})"};
  });
  EXPECT_EQ(send(true).receipt, Receipt::sent);
}

TEST_F(Signal, TellsFailuresApart) {
  const auto after = [&](const std::string& type) {
    channel_ = signal();
    will_say(type);
    return send().receipt;
  };
  EXPECT_EQ(after("NETWORK_FAILURE"), Receipt::failed_for_now);
  EXPECT_EQ(after("UNREGISTERED_FAILURE"), Receipt::failed_for_good);
  EXPECT_EQ(after("IDENTITY_FAILURE"), Receipt::failed_for_good);
  EXPECT_EQ(after("SOMETHING_NEW"), Receipt::failed_for_now);
  service_.will_say({"404 Not Found"});
  EXPECT_EQ(send().receipt, Receipt::failed_for_now);
  service_.will_say({"500 Trouble"});
  EXPECT_EQ(send().receipt, Receipt::unknown);
  service_.will_say({""});
  EXPECT_EQ(send().receipt, Receipt::unknown);
}

TEST_F(Signal, WaitsAsLongAsSignalSays) {
  will_say("RATE_LIMIT_FAILURE", R"(,"retryAfterSeconds":30)");
  const Delivery busy = send();
  EXPECT_EQ(busy.receipt, Receipt::failed_for_now);
  EXPECT_EQ(busy.retry_after, 30s);
  EXPECT_EQ(channel_->room().messages, 0U);
  clock_.advance(30s);
  EXPECT_GT(channel_->room().messages, 0U);
}

// A day is no time to wait: people are tried elsewhere.
TEST_F(Signal, IsSpentWhenSignalTakesNothingTonight) {
  will_say("RATE_LIMIT_FAILURE", R"(,"retryAfterSeconds":86400)");
  EXPECT_EQ(send().receipt, Receipt::failed_for_good);
  const std::size_t asked = service_.requests().size();
  EXPECT_EQ(send().receipt, Receipt::failed_for_good);
  EXPECT_EQ(service_.requests().size(), asked);
  clock_.advance(1h + 1s);
  will_say("SUCCESS");
  EXPECT_EQ(send().receipt, Receipt::sent);
}

TEST_F(Signal, NoReasonSaysWhatSignalCliSaid) {
  service_.will_say({"200 OK"});
  service_.will_say_more(R"({"error":{"code":-1,"message":"+447700900123 Ana"}})");
  const std::string reason = send().reason;
  EXPECT_EQ(reason.find("+44"), std::string::npos);
  EXPECT_EQ(reason.find("Ana"), std::string::npos);
}

// A name may resolve to any address, and an environment may name any proxy.
TEST_F(Signal, SpeaksToThisMachineAlone) {
  ::setenv("http_proxy", service_.origin().c_str(), 1);
  channel_ = std::make_unique<SignalChannel>(
      SignalSettings{"http://192.0.2.1:8080", "", folder_.path() / "signal.sent"}, clock_,
      Listen::when_asked);
  EXPECT_EQ(send().receipt, Receipt::failed_for_now);
  ::unsetenv("http_proxy");
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(Signal, IsMadeForADaemonHereOnly) {
  base::SeededRandom random{1};
  const seal::Identity identity = seal::Identity::generate(random);
  const seal::Certificate certificate{};
  const Parts parts{.home = folder_.path(),
                    .relay = {},
                    .coordinator = identity,
                    .certificate = certificate,
                    .incident = identity,
                    .clock = clock_};
  for (const char* url :
       {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:1", "http://127.0.0.2"})
    EXPECT_EQ(SignalChannel::make({{"url", url}}, parts)->name(), "signal") << url;
  for (const char* url : {"http://signal.example:8080", "https://10.0.0.1", "http://127.example",
                          "http://localhost.example", "http://127.0.0.1:8080/path"})
    EXPECT_THROW(SignalChannel::make({{"url", url}}, parts), base::Fault) << url;
  EXPECT_THROW(SignalChannel::make({{"account", "Ana"}}, parts), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
