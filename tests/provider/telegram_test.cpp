// The channel telegram against a simulator of Telegram's Bot API, which forgets what was confirmed,
// holds its limit and fails as it is told.
#include "channel/telegram.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "provider/as_driver.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Receipt;
using channel::Said;
using channel::TelegramChannel;
using nlohmann::json;

const std::string kToken = "123456789:AAF-3xample_of_a_token_that_is_none0";
using Nudge = channel::Outgoing<playbook::Nudge>;

class TelegramProvider : public testing::Test {
 protected:
  void SetUp() override {
    provider_.control({{"people", {5001, 5002, 5003}}});
    channel_ = channel();
  }
  std::unique_ptr<TelegramChannel> channel(channel::Listen listen = channel::Listen::when_asked,
                                           const std::string& token = kToken) {
    return std::make_unique<TelegramChannel>(
        seal::SecretText{token},
        channel::TelegramSettings{provider_.origin(), "https://relay.example"}, clock_, listen);
  }
  Nudge nudge(const std::string& chat = "5001") {
    Nudge one{seal::random_message_id(entropy_), chat,
              playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                              playbook::Meaning::come},
              clock_.now() + 6h, channel::Urgency::high};
    one.asks = true;
    return one;
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  Collected collect() { return take_in(*channel_); }
  Collected collect_later(base::Milliseconds later = 5min) {
    provider_.advance(clock_, later);
    return collect();
  }
  static std::string words(const Collected& collected) {
    std::string all;
    for (const Said& said : collected.said) all += said.from + ":" + said.words + " ";
    return all;
  }
  void fails(json fault) { provider_.control({{"faults", json::array({std::move(fault)})}}); }
  void writes(int from, const std::string& text) {
    provider_.control({{"write", json::array({{{"from", from}, {"text", text}}})}});
  }
  json messages() { return provider_.control().at("messages"); }
  int waiting() { return provider_.control().at("waiting"); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  ProviderProcess provider_{{"telegram", "--token", kToken}};
  std::unique_ptr<TelegramChannel> channel_;
};

TEST_F(TelegramProvider, TakesANudgeWithButtonsAndNothingElse) {
  EXPECT_EQ(send(nudge()), Receipt::sent);
  Nudge told = nudge();
  told.asks = false;
  EXPECT_EQ(send(told), Receipt::sent);
  const json seen = messages();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen.at(0).at("to"), 5001);
  EXPECT_EQ(seen.at(0).at("text"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at(0).at("buttons").size(), 4U);
  EXPECT_TRUE(seen.at(1).at("buttons").empty());
}

TEST_F(TelegramProvider, HearsATapAsAnAnswerToItsMessage) {
  const Nudge one = nudge();
  send(one);
  provider_.control(
      {{"tap", json::array({{{"from", 5001}, {"message", 1}, {"row", 0}, {"column", 1}}})}});
  const Collected heard = channel_->collect(0ms);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].words, "Y 30");
  EXPECT_EQ(heard.said[0].from, "5001");
  EXPECT_EQ(heard.said[0].about, one.id);
  EXPECT_TRUE(provider_.control().at("acknowledged").empty()) << "it is in no journal yet";
  channel_->acknowledge(heard.cursor);
  collect_later();
  EXPECT_EQ(provider_.control().at("acknowledged").size(), 1U);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(TelegramProvider, GivesWhatPeopleWriteOnceAndKeepsNothingThatIsKept) {
  writes(5001, "Y 20");
  writes(5002, "/start 7KQ2M");
  provider_.control({{"write", json::array({{{"from", 5003}, {"chat", -77}, {"text", "N"}}})}});
  EXPECT_EQ(words(collect()), "5001:Y 20 5002:/start 7KQ2M ");
  EXPECT_EQ(words(collect_later()), "");
  EXPECT_EQ(waiting(), 0);
  writes(5001, "N");
  EXPECT_EQ(words(collect_later()), "5001:N ");
}

TEST_F(TelegramProvider, GivesAHundredAnswersInTheirOrder) {
  json written = json::array();
  std::string expected;
  for (int i = 0; i < 120; ++i) {
    written.push_back({{"from", 5001 + i % 3}, {"text", fmt::format("Y {}", i)}});
    expected += fmt::format("{}:Y {} ", 5001 + i % 3, i);
  }
  provider_.control({{"write", written}});
  std::string got;
  for (int i = 0; i < 4; ++i) got += words(collect());
  EXPECT_EQ(got, expected);
}

// A crash before the journal had it.
TEST_F(TelegramProvider, GivesItAgainAfterACrashUnderTheSameId) {
  writes(5001, "Y 20");
  const Collected lost = channel_->collect(0ms);
  ASSERT_EQ(lost.said.size(), 1U);
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 1U);
  EXPECT_EQ(again.said[0].id, lost.said[0].id);
  channel_ = channel();  // the end of the one before told Telegram
  EXPECT_EQ(waiting(), 0);
}

TEST_F(TelegramProvider, GivesItAgainWhenTheAnswerWasLostOrCut) {
  for (const char* kind : {"lost", "cut"}) {
    writes(5001, kind);
    fails({{"kind", kind}, {"path", "/bot"}});
    EXPECT_EQ(words(collect_later()), "") << kind;
    EXPECT_EQ(words(collect_later()), fmt::format("5001:{} ", kind));
    collect_later();
  }
}

TEST_F(TelegramProvider, IsCutOffByAnotherProgramAndSaysSo) {
  provider_.control({{"poll", true}});
  writes(5001, "Y 20");
  EXPECT_EQ(words(collect()), "");
  EXPECT_NE(channel_->trouble().find("another program"), std::string::npos);
  EXPECT_EQ(words(collect_later()), "5001:Y 20 ");
  EXPECT_EQ(channel_->trouble(), "");
}

TEST_F(TelegramProvider, RefusesWhoeverCannotBeWrittenToForGood) {
  provider_.control({{"block", {5002}}});
  EXPECT_EQ(send(nudge("5002")), Receipt::failed_for_good);
  EXPECT_EQ(send(nudge("5999")), Receipt::failed_for_good);  // never wrote to the bot
  EXPECT_EQ(send(nudge("4242")), Receipt::failed_for_good);
  EXPECT_EQ(send(nudge("99999999999999999999")), Receipt::failed_for_good);
  EXPECT_TRUE(messages().empty());
  EXPECT_EQ(send(nudge()), Receipt::sent);
}

TEST_F(TelegramProvider, IsNeverAskedForMoreThanItsLimit) {
  std::vector<Nudge> batch(300, nudge());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  const base::Instant begun = clock_.now();
  for (const auto& [id, receipt] : send_until_done(*channel_, provider_, clock_, std::move(batch)))
    EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_LE(clock_.now() - begun, 12s + 5s);  // 10 s are the limit's, and this machine's time
  EXPECT_TRUE(provider_.control().at("refused").empty());
  EXPECT_EQ(messages().size(), 300U);
}

TEST_F(TelegramProvider, IsLeftInPeaceForAsLongAsItSays) {
  provider_.control({{"per_second", 1}});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  const int before = provider_.control().at("requests").at("sendMessage");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  EXPECT_EQ(provider_.control().at("requests").at("sendMessage"), before);
  provider_.advance(clock_, channel_->room().again - clock_.now() + 1s);
  EXPECT_EQ(send(nudge()), Receipt::sent);
}

TEST_F(TelegramProvider, FailsInEveryWayAndNobodyIsForgotten) {
  fails({{"kind", "reset"}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "lost"}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);  // Telegram has it
  fails({{"kind", "cut"}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 502}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "slow"}, {"seconds", 0.2}, {"path", "/bot"}});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(messages().size(), 3U);
}

// Nobody gets two because a connection that was used before is closed.
TEST_F(TelegramProvider, SendsNothingTwiceOverAConnectionThatEnds) {
  for (const char* kind : {"lost", "reset"}) {
    EXPECT_EQ(send(nudge()), Receipt::sent);
    fails({{"kind", kind}, {"path", "/bot"}});
    EXPECT_EQ(send(nudge("5002")), Receipt::unknown) << kind;
  }
  EXPECT_EQ(messages().size(), 3U);
}

TEST_F(TelegramProvider, RefusesAForeignToken) {
  channel_ = channel(channel::Listen::when_asked, "987654321:AAF-3xample_of_a_token_that_is_none1");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  collect();
  EXPECT_NE(channel_->trouble().find("token"), std::string::npos);
  EXPECT_EQ(channel_->trouble().find("3xample"), std::string::npos);
}

TEST_F(TelegramProvider, PassesOverForgedAndDamagedUpdates) {
  provider_.control(
      {{"updates", json::array({{{"message", {{"text", "N"}, {"from", {{"id", 5001}}}}}},
                                {{"message",
                                  {{"text", 7},
                                   {"message_id", 3},
                                   {"date", 1795387200},
                                   {"from", {{"id", 5001}}},
                                   {"chat", {{"id", 5001}, {"type", "private"}}}}}},
                                {{"callback_query",
                                  {{"id", "1"},
                                   {"from", {{"id", 5001}}},
                                   {"data", "AQIDBAUGBwgJCgsMDQ4PEA:Y 30"},
                                   {"message", {{"chat", {{"id", 5002}, {"type", "private"}}}}}}}},
                                {{"callback_query", {{"id", "2"}, {"from", "Ana"}, {"data", "x"}}}},
                                {{"message", json::array()}}})}});
  writes(5001, "Y 20");
  EXPECT_EQ(words(collect()), "5001:Y 20 ");
  collect_later();
  EXPECT_EQ(waiting(), 0);
}

TEST_F(TelegramProvider, IsHeardInTheBackgroundAndConfirmsByItself) {
  writes(5001, "Y 20");
  channel_ = channel(channel::Listen::background);
  const Collected heard = channel_->collect(30s);
  EXPECT_EQ(words(heard), "5001:Y 20 ");
  channel_->acknowledge(heard.cursor);
  while (waiting() != 0) continue;
  writes(5001, "N");
  EXPECT_EQ(words(channel_->collect(30s)), "5001:N ");
}

// The end does not wait for an answer that never comes.
TEST_F(TelegramProvider, IsLeftWhileItHangs) {
  fails({{"kind", "hang"}, {"path", "/bot"}});
  channel_ = channel(channel::Listen::background);
  channel_->collect(0ms);
  while (provider_.control().at("requests").empty()) continue;
  channel_.reset();
}

}  // namespace
}  // namespace tocsin::provider
