#include "channel/telegram.h"

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

const base::Instant kTelegramNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                   40min};
constexpr std::string_view kToken = "123456789:AAF-3xample_of_a_token_that_is_none0";

class Telegram : public testing::Test {
 protected:
  void SetUp() override {
    service_.will_say({"200 OK"});
    service_.will_say_more(R"({"ok":true,"result":{"message_id":77}})");
  }
  std::unique_ptr<TelegramChannel> telegram() {
    return std::make_unique<TelegramChannel>(
        seal::SecretText{kToken}, TelegramSettings{service_.origin(), "https://relay.example"},
        clock_, Listen::when_asked);
  }
  Outgoing<playbook::Nudge> nudge() {
    return {seal::random_message_id(entropy_), "5001",
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min, Urgency::high};
  }
  Delivery after(std::string head, std::string body = "") {
    service_.will_say({std::move(head)});
    service_.will_say_more(std::move(body));
    const Outgoing<playbook::Nudge> one = nudge();
    return telegram()->send({&one, 1}).at(0);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kTelegramNight};
  PushService service_;
};

TEST_F(Telegram, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = nudge();
  EXPECT_EQ(telegram()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(
      requests[0].head.starts_with(fmt::format("POST /bot{}/sendMessage HTTP/1.1\r\n", kToken)));
  std::set<std::string> names;
  for (const std::string_view line : base::split(requests[0].head, '\n'))
    if (line.find(": ") != std::string_view::npos) names.emplace(line.substr(0, line.find(':')));
  EXPECT_EQ(names, (std::set<std::string>{"Host", "Accept", "Content-Type", "Content-Length"}));
  EXPECT_EQ(json::parse(requests[0].body),
            (json{{"chat_id", 5001},
                  {"text", "Incident message: open https://relay.example"},
                  {"link_preview_options", {{"is_disabled", true}}}}));
}

TEST_F(Telegram, OffersTheAnswersBelowAMessageThatAsksForOne) {
  Outgoing<playbook::Nudge> one = nudge();
  one.asks = true;
  telegram()->send({&one, 1});
  const json rows =
      json::parse(service_.requests().at(0).body).at("reply_markup").at("inline_keyboard");
  std::vector<std::string> seen;
  for (const json& row : rows)
    for (const json& button : row) {
      EXPECT_EQ(button.size(), 2U);
      EXPECT_LE(button.at("callback_data").get<std::string>().size(), 64U);
      seen.push_back(fmt::format("{} = {}", button.at("text").get<std::string>(),
                                 button.at("callback_data").get<std::string>().substr(22)));
      EXPECT_TRUE(button.at("callback_data").get<std::string>().starts_with(seal::to_text(one.id)));
    }
  EXPECT_EQ(rows.size(), 4U);
  EXPECT_EQ(seen,
            (std::vector<std::string>{"Coming in 15 min = :Y 15", "Coming in 30 min = :Y 30",
                                      "Coming in 45 min = :Y 45", "Coming in 60 min = :Y 60",
                                      "Later, in 2 hours = :L 120", "Later, in 4 hours = :L 240",
                                      "Only if short = :LR", "Cannot come = :N"}));
}

TEST_F(Telegram, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("200 OK", R"({"ok":true,"result":{"message_id":7}})").receipt, Receipt::sent);
  EXPECT_EQ(after("200 OK", "<html>").receipt, Receipt::unknown);
  EXPECT_EQ(after("").receipt, Receipt::unknown);
  EXPECT_EQ(after("502 Bad Gateway").receipt, Receipt::unknown);
  EXPECT_EQ(after("500 Oh").receipt, Receipt::unknown);
  const auto says = [](std::string_view description) {
    return fmt::format(R"({{"ok":false,"description":"{}"}})", description);
  };
  const Delivery gone = after("400 Bad", says("Bad Request: chat not found"));
  EXPECT_EQ(gone.receipt, Receipt::failed_for_good);
  EXPECT_NE(gone.reason.find("write to it first"), std::string::npos);
  EXPECT_EQ(after("400 Bad", R"({"ok":false,"parameters":{"migrate_to_chat_id":-1001}})").reason,
            gone.reason);
  const Delivery refused = after("400 Bad", says("Bad Request: message is too long"));
  EXPECT_EQ(refused.receipt, Receipt::failed_for_good);
  EXPECT_NE(refused.reason, gone.reason);
  EXPECT_EQ(after("403 No", says("Forbidden: bot was blocked by the user")).receipt,
            Receipt::failed_for_good);
  EXPECT_EQ(after("401 Unauthorized").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("404 Not Found").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("413 Large").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
}

TEST_F(Telegram, NoReasonSaysTheTokenOrWhatTelegramSaid) {
  for (const char* head : {"", "200 x", "400 x", "401 x", "403 x", "404 x", "429 x", "500 x"}) {
    const Delivery delivery =
        after(head, R"({"ok":false,"description":"Forbidden: user 5001 is Ana Bell"})");
    for (const char* secret : {"5001", "Ana", "3xample", "123456789"})
      EXPECT_EQ(delivery.reason.find(secret), std::string::npos) << head;
  }
}

TEST_F(Telegram, FollowsNoRedirectAndReadsNoLongAnswer) {
  after("307 There\r\nLocation: /bot1/sendMessage");
  EXPECT_EQ(service_.requests().size(), 1U);
  EXPECT_EQ(after("200 OK", std::string(100'000, 'x')).receipt, Receipt::unknown);
}

TEST_F(Telegram, WaitsAsLongAsTheBodyOfARefusalSays) {
  const auto channel = telegram();
  const Outgoing<playbook::Nudge> one = nudge();
  service_.will_say({"429 Many"});
  service_.will_say_more(
      R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 47",
          "parameters":{"retry_after":47}})");
  const Delivery busy = channel->send({&one, 1}).at(0);
  EXPECT_EQ(busy.receipt, Receipt::failed_for_now);
  EXPECT_EQ(busy.retry_after, 47s);
  EXPECT_EQ(channel->room().messages, 0U);
  EXPECT_EQ(channel->room().again, clock_.now() + 47s);
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(Telegram, SendsAboutThirtyASecondAndNotMore) {
  const auto channel = telegram();
  const std::vector<Outgoing<playbook::Nudge>> batch(10, nudge());
  std::size_t total = 0;
  while (total < 300) {
    const Room room = channel->room();
    if (room.messages == 0) {
      ASSERT_GT(room.again, clock_.now());
      clock_.set(room.again);
      continue;
    }
    ASSERT_LE(room.messages, batch.size());
    for (const Delivery& delivery : channel->send({batch.data(), room.messages}))
      ASSERT_EQ(delivery.receipt, Receipt::sent);
    total += room.messages;
  }
  EXPECT_GE(clock_.now() - kTelegramNight, 9'600ms);
  EXPECT_LE(clock_.now() - kTelegramNight, 11'500ms);
}

TEST_F(Telegram, AsksTelegramForAnswersWhenSomebodyCollectsAndConfirmsWhatIsKept) {
  const auto channel = telegram();
  service_.will_say_more(
      R"({"ok":true,"result":[{"update_id":7,"message":{"message_id":1,"from":{"id":5001},
          "chat":{"id":5001,"type":"private"},"date":1795387200,"text":"Y 20"}}]})");
  const Collected first = channel->collect(0ms);
  ASSERT_EQ(first.said.size(), 1U);
  EXPECT_EQ(channel->collect(0ms).said.size(), 1U);  // again, until it is kept
  EXPECT_EQ(service_.requests().size(), 1U);
  service_.will_say_more(R"({"ok":true,"result":[]})");
  channel->acknowledge(first.cursor);
  EXPECT_TRUE(channel->collect(0ms).said.empty());
  EXPECT_EQ(service_.requests().size(), 2U);
  EXPECT_NE(service_.requests()[1].head.find("&offset=8 "), std::string::npos);
  EXPECT_EQ(channel->trouble(), "");
}

class TelegramMade : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-telegram-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write_token(std::string_view text) {
    std::ofstream{folder_ / "token"} << text;
    std::filesystem::permissions(folder_ / "token", std::filesystem::perms::owner_read |
                                                        std::filesystem::perms::owner_write);
  }
  std::unique_ptr<TelegramChannel> make(const contact::Settings& settings) {
    return TelegramChannel::make(settings, {.home = folder_,
                                            .relay = {"https://relay.example", {}},
                                            .coordinator = coordinator_,
                                            .certificate = certificate_,
                                            .incident = coordinator_,
                                            .clock = clock_});
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kTelegramNight};
};

TEST_F(TelegramMade, FromASecretFileAndTheRelaysAddress) {
  write_token(fmt::format("{}\n", kToken));
  PushService service;
  const auto channel = make({{"token", "token"}, {"url", service.origin()}});
  const Outgoing<playbook::Nudge> one{
      {},
      "5001",
      playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                      playbook::Meaning::come},
      clock_.now() + 20min};
  channel->send({&one, 1});
  ASSERT_EQ(service.requests().size(), 1U);
  EXPECT_EQ(json::parse(service.requests()[0].body).at("text"),
            "Incident message: open https://relay.example");
}

TEST_F(TelegramMade, RefusesWhatIsNoTokenAndShowsNothingOfIt) {
  write_token("AAF-3xample_of_a_token_that_is_none0");
  try {
    make({{"token", "token"}});
    ADD_FAILURE();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_EQ((std::string{fault.what()} + fault.hint()).find("3xample"), std::string::npos);
    EXPECT_NE(fault.hint().find("BotFather"), std::string::npos);
  }
  EXPECT_THROW(make({{"token", "nowhere"}}), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
