// The channel sms against a simulator of Twilio that checks its account, holds its limits and fails
// as it is told; and its receipts through the hook of a whole relay.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/form.h"
#include "channel/twilio_text.h"
#include "provider/as_driver.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Delivery;
using channel::Receipt;
using channel::TwilioTextChannel;
using nlohmann::json;

const std::string kAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kToken = "0123456789abcdef0123456789abcdee";
const std::string kMessages = "/2010-04-01/Accounts/" + kAccount + "/Messages.json";
using Nudge = channel::Outgoing<playbook::Nudge>;

class TwilioProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"twilio", "--account", kAccount, "--token", kToken});
    provider_ = std::make_unique<ProviderProcess>(options);
    channel_ = channel();
  }
  std::unique_ptr<TwilioTextChannel> channel(const std::string& token = kToken) {
    return std::make_unique<TwilioTextChannel>(
        channel::TwilioAccess{provider_->origin(), kAccount, seal::SecretText{token}},
        channel::TwilioTextSettings{"+447700900999", "https://relay.example"}, clock_,
        channel::Listen::when_asked);
  }
  Nudge text(const std::string& number = "+447700900123") {
    return {seal::random_message_id(entropy_), number,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h, channel::Urgency::high};
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  Receipts send_all(std::vector<Nudge> batch) {
    return send_until_done(*channel_, *provider_, clock_, std::move(batch));
  }
  // All rounds of the list that are due.
  Collected collect_later(base::Milliseconds later = 5min) {
    provider_->advance(clock_, later);
    Collected all;
    for (int page = 0; page < 40; ++page) {
      const Collected one = channel_->collect(0ms);
      channel_->acknowledge(one.cursor);
      all.deliveries.insert(all.deliveries.end(), one.deliveries.begin(), one.deliveries.end());
      all.said.insert(all.said.end(), one.said.begin(), one.said.end());
    }
    return all;
  }
  static Receipts receipts(const Collected& collected) {
    Receipts all;
    for (const Delivery& delivery : collected.deliveries)
      EXPECT_TRUE(all.emplace(delivery.id, delivery.receipt).second) << "twice";
    return all;
  }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }
  json texts() { return provider_->control().at("texts"); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<TwilioTextChannel> channel_;
};

TEST_F(TwilioProvider, TakesANudgeAndNothingElse) {
  start();
  EXPECT_EQ(send(text()), Receipt::sent);
  const json seen = texts().at(0);
  EXPECT_EQ(seen.at("to"), "+447700900123");
  EXPECT_EQ(seen.at("body"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at("validity"), "21600");
  EXPECT_EQ(seen.at("callback"), nullptr);
}

TEST_F(TwilioProvider, SaysWhatBecameOfEachOfManyTexts) {
  start({"--page", "50"});
  std::vector<Nudge> batch(180, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  batch[7].address = "+447700900002";
  batch[170].address = "+447700900003";
  for (const auto& [id, receipt] : send_all(batch)) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_TRUE(collect_later().deliveries.empty());  // on their way
  provider_->control({{"settle", true}, {"twice", true}});
  const auto outcomes = receipts(collect_later());
  ASSERT_EQ(outcomes.size(), batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(outcomes.at(batch[i].id), i == 7     ? Receipt::failed_for_now
                                        : i == 170 ? Receipt::failed_for_good
                                                   : Receipt::delivered);
  EXPECT_FALSE(collect_later().has_any());
}

// 200 take 20 s at ten a second.
TEST_F(TwilioProvider, IsNeverAskedForMoreThanItsLimit) {
  start({"--per-second", "21"});
  std::vector<Nudge> batch(200, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  const base::Instant begun = clock_.now();
  EXPECT_EQ(send_all(batch).size(), batch.size());
  EXPECT_LE(clock_.now() - begun, 22s + 5s);  // and what this machine took
  const json seen = provider_->control();
  EXPECT_EQ(seen.at("texts").size(), batch.size());
  EXPECT_TRUE(seen.at("refused").empty()) << seen.at("refused");
}

TEST_F(TwilioProvider, IsAskedLessWhenSomebodyElseUsesItsLimit) {
  start({"--per-second", "3"});
  std::vector<Nudge> batch(30, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  for (const auto& [id, receipt] : send_all(batch)) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(texts().size(), batch.size());  // nobody got two
  EXPECT_GT(provider_->control().at("refused").at("20429"), 0);
}

TEST_F(TwilioProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  fails({{"kind", "reset"}, {"path", kMessages}});
  EXPECT_EQ(send(text()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 500}, {"path", kMessages}});
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", kMessages}});
  EXPECT_EQ(send(text()), Receipt::unknown);
  fails({{"kind", "status"},
         {"status", 429},
         {"path", kMessages},
         {"headers", {{"Retry-After", "3"}}}});
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
  provider_->advance(clock_, 3s);
  EXPECT_EQ(send(text()), Receipt::sent);
  EXPECT_EQ(texts().size(), 1U);
  EXPECT_EQ(send(text("+447700900004")), Receipt::failed_for_good);  // STOP
  channel_ = channel("another");
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  EXPECT_NE(channel_->collect(0ms).has_any(), true);
  EXPECT_EQ(channel_->trouble(),
            "Twilio's list of texts cannot be read: it refuses the auth token");
}

// Twilio had it, and said so to nobody.
TEST_F(TwilioProvider, TellsInItsListOfATextWhoseAnswerWasLost) {
  start();
  for (const char* kind : {"lost", "cut"}) {
    fails({{"kind", kind}, {"path", kMessages}});
    const Nudge one = text();
    const Nudge other = text("+447700900124");
    EXPECT_EQ(send(one), Receipt::unknown) << kind;
    EXPECT_EQ(send(other), Receipt::sent);
    EXPECT_EQ(receipts(collect_later()), (Receipts{{one.id, Receipt::sent}}));
    provider_->control({{"settle", true}});
    EXPECT_EQ(receipts(collect_later()),
              (Receipts{{one.id, Receipt::delivered}, {other.id, Receipt::delivered}}));
  }
}

TEST_F(TwilioProvider, HearsEachAnswerOnceAndAgainAfterARestart) {
  start({"--page", "2"});
  provider_->control({{"hear",
                       {{{"from", "+447700900123"}, {"body", "Y 20"}},
                        {{"from", "+447700900124"}, {"body", "N"}},
                        {{"from", "60777"}, {"body", "a short code"}},
                        {{"from", "+447700900123"}, {"body", "Y 30"}}}}});
  const Collected heard = collect_later();
  ASSERT_EQ(heard.said.size(), 3U);
  std::multiset<std::string> words;
  for (const channel::Said& said : heard.said) words.insert(said.from + " " + said.words);
  EXPECT_EQ(words, (std::multiset<std::string>{"+447700900123 Y 20", "+447700900123 Y 30",
                                               "+447700900124 N"}));
  EXPECT_TRUE(collect_later().said.empty());
  std::set<seal::MessageId> ids;
  for (const channel::Said& said : heard.said) ids.insert(said.id);
  channel_ = channel();
  std::set<seal::MessageId> again;
  for (const channel::Said& said : collect_later().said) again.insert(said.id);
  EXPECT_EQ(again, ids);
}

TEST_F(TwilioProvider, IsReadOnAfterEveryKindOfTrouble) {
  start();
  provider_->control({{"hear", {{{"from", "+447700900123"}, {"body", "Y 20"}}}}});
  for (const char* kind : {"reset", "cut", "garbage"}) {
    fails({{"kind", kind}, {"path", kMessages}, {"body", "{\"messages\":3}"}});
    EXPECT_FALSE(channel_->collect(0ms).has_any()) << kind;
    EXPECT_NE(channel_->trouble(), "") << kind;
    provider_->advance(clock_, 5min);
  }
  EXPECT_EQ(collect_later().said.size(), 1U);
  EXPECT_EQ(channel_->trouble(), "");
}

}  // namespace
}  // namespace tocsin::provider
