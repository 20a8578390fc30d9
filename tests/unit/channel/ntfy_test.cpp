#include "channel/ntfy.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

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
using nlohmann::json;

const base::Instant kNtfyNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                               40min};
constexpr std::string_view kNtfyToken = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";
constexpr std::string_view kTaken = R"({"id":"hwQ2YpKdmg","time":1,"event":"message"})";

class Ntfy : public testing::Test {
 protected:
  void SetUp() override {
    service_.will_say({"200 OK"});
    service_.will_say_more(std::string{kTaken});
  }
  std::unique_ptr<NtfyChannel> ntfy(std::string replies = "replies",
                                    std::string link = "https://relay.example") {
    return std::make_unique<NtfyChannel>(
        seal::SecretText{kNtfyToken},
        NtfySettings{service_.origin(), std::move(replies), std::move(link)}, clock_,
        Listen::when_asked);
  }
  Outgoing<playbook::Nudge> nudge(Urgency urgency = Urgency::high) {
    Outgoing<playbook::Nudge> one{
        seal::random_message_id(entropy_), "ana-7f3Kq",
        playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                        playbook::Meaning::come},
        clock_.now() + 20min, urgency};
    one.asks = true;
    return one;
  }
  json sent(NtfyChannel& channel, const Outgoing<playbook::Nudge>& one) {
    EXPECT_EQ(channel.send({&one, 1}).at(0).receipt, Receipt::sent);
    return json::parse(service_.requests().back().body);
  }
  Delivery after(std::string head, std::string body = "") {
    service_.will_say({std::move(head)});
    service_.will_say_more(std::move(body));
    const Outgoing<playbook::Nudge> one = nudge();
    return ntfy()->send({&one, 1}).at(0);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kNtfyNight};
  PushService service_;
};

TEST_F(Ntfy, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = nudge();
  const json body = sent(*ntfy(), one);
  const PushService::Request asked = service_.requests().at(0);
  EXPECT_TRUE(asked.head.starts_with("POST / HTTP/1.1\r\n"));
  EXPECT_EQ(asked.header("Authorization"), fmt::format("Bearer {}", kNtfyToken));
  std::set<std::string> names;
  for (const std::string_view line : base::split(asked.head, '\n'))
    if (line.find(": ") != std::string_view::npos) names.emplace(line.substr(0, line.find(':')));
  EXPECT_EQ(names, (std::set<std::string>{"Host", "Accept", "Authorization", "Content-Type",
                                          "Content-Length"}));
  json actions = json::array();
  for (const auto& [label, words] :
       {std::pair{"Coming", "Y"}, {"Only if short", "LR"}, {"Cannot come", "N"}})
    actions.push_back({{"action", "http"},
                       {"label", label},
                       {"method", "POST"},
                       {"url", service_.origin() + "/replies"},
                       {"body", fmt::format("{}:{} ana-7f3Kq", seal::to_text(one.id), words)},
                       {"clear", true}});
  EXPECT_EQ(body, (json{{"topic", "ana-7f3Kq"},
                        {"message", "Incident message: open https://relay.example"},
                        {"priority", 5},
                        {"click", "https://relay.example"},
                        {"actions", actions}}));
}

TEST_F(Ntfy, HasNoButtonsWithoutATopicForRepliesAndNoLinkWithoutAPage) {
  const json plain = sent(*ntfy("", ""), nudge(Urgency::normal));
  EXPECT_FALSE(plain.contains("actions"));
  EXPECT_FALSE(plain.contains("click"));
  EXPECT_EQ(plain.at("priority"), 3);
  Outgoing<playbook::Nudge> told = nudge();
  told.asks = false;
  EXPECT_FALSE(sent(*ntfy(), told).contains("actions"));
  const auto silent = ntfy("");
  EXPECT_FALSE(silent->collect(0ms).has_any());
  EXPECT_EQ(service_.requests().size(), 2U);
}

TEST_F(Ntfy, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("200 OK", std::string{kTaken}).receipt, Receipt::sent);
  EXPECT_EQ(after("200 OK", "<html>").receipt, Receipt::unknown);
  EXPECT_EQ(after("").receipt, Receipt::unknown);
  EXPECT_EQ(after("500 Oh").receipt, Receipt::unknown);
  EXPECT_EQ(after("507 Full").receipt, Receipt::unknown);
  EXPECT_EQ(after("400 Bad", R"({"code":40009,"http":400})").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("401 No", R"({"code":40101,"http":401})").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("403 No", R"({"code":40301,"http":403})").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("413 Large").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("429 Many", R"({"code":42901,"http":429})").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("429 Many", R"({"code":42909,"http":429})").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("429 Many").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("429 Many", R"({"code":42908,"http":429})").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
}

TEST_F(Ntfy, NoReasonSaysTheTokenOrTheTopic) {
  for (const char* head : {"", "200 x", "400 x", "401 x", "403 x", "404 x", "429 x", "500 x"}) {
    const Delivery delivery = after(head, R"({"code":42908,"error":"ana-7f3Kq"})");
    EXPECT_EQ(delivery.reason.find("ana"), std::string::npos) << head;
    EXPECT_EQ(delivery.reason.find("tk_"), std::string::npos) << head;
  }
}

TEST_F(Ntfy, TriesNobodyForAWhileWhenTheDayIsSpent) {
  const auto channel = ntfy();
  const std::vector<Outgoing<playbook::Nudge>> batch(20, nudge());
  service_.will_say({"429 Many"});
  service_.will_say_more(R"({"code":42908,"http":429})");
  channel->send({batch.data(), 1});
  EXPECT_GE(channel->room().messages, 10'000U);  // so that people are tried elsewhere at once
  for (const Delivery& delivery : channel->send(batch))
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_good);
  EXPECT_EQ(service_.requests().size(), 1U);
}

// A server as it comes: 60 at once and one every 5 s, reading among them.
TEST_F(Ntfy, SendsNoFasterThanAServerTakesThem) {
  const auto gone_in = [&](NtfyLimits limits, base::Milliseconds time) {
    NtfyChannel channel{seal::SecretText{kNtfyToken},
                        {service_.origin(), "", "", limits},
                        clock_,
                        Listen::when_asked};
    const std::vector<Outgoing<playbook::Nudge>> batch(50, nudge());
    std::size_t total = 0;
    const base::Instant end = clock_.now() + time;
    while (clock_.now() < end) {
      const Room room = channel.room();
      if (room.messages == 0) {
        clock_.set(std::min(end, room.again));
        continue;
      }
      for (const Delivery& delivery :
           channel.send({batch.data(), std::min(batch.size(), room.messages)}))
        total += delivery.receipt == Receipt::sent;
    }
    return total;
  };
  const std::size_t usual = gone_in(NtfyLimits::usual, 5min);
  EXPECT_LE(usual, 45U + 40U);
  EXPECT_GE(usual, 45U + 36U);
  EXPECT_GE(gone_in(NtfyLimits::none, 10s), 400U);
}

TEST_F(Ntfy, HearsTapsFromTheTopicForReplies) {
  service_.will_answer([&](const PushService::Request& request) -> PushService::Answer {
    if (request.header("Authorization").empty()) return {"403 Forbidden", ""};
    return {"200 OK", R"({"id":"a1","time":1795387200,"event":"message","topic":"replies",)"
                      R"("message":"AQIDBAUGBwgJCgsMDQ4PEA:N ana-7f3Kq"})"};
  });
  const auto channel = ntfy();
  const Collected heard = channel->collect(0ms);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].from, "ana-7f3Kq");
  EXPECT_EQ(heard.said[0].words, "N");
  EXPECT_EQ(channel->collect(0ms).said.size(), 1U);  // again, until it is kept
  channel->acknowledge(heard.cursor);
  EXPECT_FALSE(channel->collect(0ms).has_any());
  EXPECT_EQ(channel->trouble(), "");
}

class NtfyMade : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-ntfy-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write_token(std::string_view text) {
    std::ofstream{folder_ / "token"} << text;
    std::filesystem::permissions(folder_ / "token", std::filesystem::perms::owner_read |
                                                        std::filesystem::perms::owner_write);
  }
  std::unique_ptr<NtfyChannel> make(const contact::Settings& settings) {
    return NtfyChannel::make(settings, {.home = folder_,
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
      return fmt::format("{}; {}", fault.what(), fault.hint());
    }
    return {};
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kNtfyNight};
};

TEST_F(NtfyMade, FromASecretFileAServerAndATopic) {
  write_token(fmt::format("{}\n", kNtfyToken));
  PushService service;
  const auto channel = make(
      {{"token", "token"}, {"url", service.origin()}, {"replies", "replies"}, {"limits", "none"}});
  const Outgoing<playbook::Nudge> one{
      {},
      "ana",
      playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                      playbook::Meaning::come},
      clock_.now() + 20min};
  channel->send({&one, 1});
  ASSERT_EQ(service.requests().size(), 1U);
  EXPECT_EQ(json::parse(service.requests()[0].body).at("click"), "https://relay.example");
}

TEST_F(NtfyMade, RefusesWhatIsNoTokenAndWhatIsNoTopic) {
  write_token("AgQdq7mVBoFD37zQVN29RhuMzNIz2");
  const std::string no_token = fault({{"token", "token"}, {"url", "https://ntfy.example"}});
  EXPECT_NE(no_token.find("holds no access token"), std::string::npos);
  EXPECT_EQ(no_token.find("AgQdq"), std::string::npos);
  write_token(std::string{kNtfyToken});
  for (const char* topic : {"a/b", "a b", "../v1/account"})
    EXPECT_NE(fault({{"token", "token"}, {"url", "https://ntfy.example"}, {"replies", topic}})
                  .find("topic for replies"),
              std::string::npos)
        << topic;
}

}  // namespace
}  // namespace tocsin::channel
