// The channel whatsapp against a simulator of WhatsApp's Cloud API, which holds its limits and
// fails as it is told, and a whole relay with the hook that it posts to.
#include "channel/whatsapp.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "provider/as_driver.h"
#include "relay/server.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Delivery;
using channel::Receipt;
using channel::WhatsAppChannel;
using nlohmann::json;

const std::string kToken = "EAAJB0123456789abcdefgh";
const std::string kAna = "447700900123";
const std::string kPath = "/v24.0/";
using Nudge = channel::Outgoing<playbook::Nudge>;

class WhatsAppProvider : public testing::Test {
 protected:
  void SetUp() override {
    relay::ServerSettings settings;
    settings.hooks.push_back({"whatsapp", relay::Provider::whatsapp, seal::SecretText{"app secret"},
                              seal::SecretText{"verify word"}, key_.public_identity(), ""});
    relay_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    relay_->start();
  }
  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(),
                   {"whatsapp", "--token", kToken, "--webhooks", relay_->url() + "/hook/whatsapp"});
    provider_ = std::make_unique<ProviderProcess>(options);
    channel_ = channel();
  }
  std::unique_ptr<WhatsAppChannel> channel(const std::string& token = kToken,
                                           const std::string& question = "call_in") {
    return std::make_unique<WhatsAppChannel>(
        channel::WhatsAppAccess{provider_->origin(), "v24.0", "106540352242922",
                                seal::SecretText{token}},
        channel::WhatsAppTemplates{question, "call_in_notice", {"en_GB", "pl"}},
        "https://relay.example", folder_.path(), clock_, channel::Listen::when_asked,
        channel::HookedAt{{relay_->url(), {}},
                          seal::Identity::from_secret_halves(key_.secret_halves().view()),
                          "whatsapp",
                          relay_->url() + "/hook/whatsapp"});
  }
  Nudge nudge(const std::string& number = "+" + kAna) {
    return {seal::random_message_id(entropy_),
            number,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h,
            channel::Urgency::high,
            true};
  }
  std::vector<Nudge> nudges(std::size_t count) {
    std::vector<Nudge> batch;
    for (std::size_t i = 0; i < count; ++i)
      batch.push_back(nudge(fmt::format("+4477009{:05}", 1'000 + i)));
    return batch;
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  // Everything that the hook has; it is asked every two seconds at most.
  Collected collect() {
    Collected all;
    for (int page = 0; page < 3; ++page) {
      clock_.advance(3s);
      Collected some = take_in(*channel_);
      std::ranges::move(some.deliveries, std::back_inserter(all.deliveries));
      std::ranges::move(some.said, std::back_inserter(all.said));
    }
    return all;
  }
  static std::vector<std::string> words(const Collected& collected) {
    std::vector<std::string> all;
    for (const channel::Said& said : collected.said) all.push_back(said.from + " " + said.words);
    return all;
  }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }
  json messages() { return provider_->control().at("messages"); }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  ForwardClock clock_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  std::unique_ptr<relay::Server> relay_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<WhatsAppChannel> channel_;
};

using Words = std::vector<std::string>;

TEST_F(WhatsAppProvider, TakesANudgeInATemplateAndNothingElse) {
  start();
  EXPECT_EQ(send(nudge()), Receipt::sent);
  Nudge told = nudge();
  told.asks = false;
  EXPECT_EQ(send(told), Receipt::sent);
  const json seen = messages();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen.at(0).at("template"), "call_in");
  EXPECT_EQ(seen.at(0).at("text"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at(0).at("payloads").size(), 3U);
  EXPECT_EQ(seen.at(1).at("template"), "call_in_notice");
  EXPECT_EQ(seen.at(1).at("payloads").size(), 0U);
}

TEST_F(WhatsAppProvider, HearsATapAsAnAnswerToItsMessage) {
  start();
  const Nudge one = nudge();
  const Nudge other = nudge();
  send(one);
  send(other);
  provider_->control({{"tap",
                       {{{"from", kAna}, {"message", 0}, {"button", 1}},
                        {{"from", kAna}, {"message", 1}, {"button", 2}}}}});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), (Words{"+" + kAna + " LR", "+" + kAna + " N"}));
  ASSERT_EQ(heard.said.size(), 2U);
  EXPECT_EQ(heard.said[0].about, one.id);
  EXPECT_EQ(heard.said[1].about, other.id);
  EXPECT_FALSE(collect().has_any());
}

TEST_F(WhatsAppProvider, HearsWordsAndWhatTheyQuoteAlsoInAnotherProcess) {
  start();
  const Nudge one = nudge();
  send(one);
  provider_->control({{"write",
                       {{{"from", kAna}, {"text", "Y 20"}, {"quotes", 0}},
                        {{"from", "447700900124"}, {"text", "N"}}}},
                      {"mark", {{{"from", kAna}, {"message", 0}}}}});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), (Words{"+" + kAna + " Y 20", "+447700900124 N", "+" + kAna + " "}));
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 3U);
  EXPECT_EQ(again.said[0].about, one.id);
  EXPECT_EQ(again.said[1].about, std::nullopt);
  EXPECT_EQ(again.said[2].about, one.id);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(again.said[i].id, heard.said[i].id);
}

TEST_F(WhatsAppProvider, SaysWhatBecameOfEachOfManyMessagesInAnyOrderAndTwice) {
  start();
  std::vector<Nudge> batch = nudges(120);
  batch[7].address = "+447700900002";
  for (const auto& [id, receipt] : send_until_done(*channel_, *provider_, clock_, batch))
    EXPECT_EQ(receipt, Receipt::sent);
  // The last word comes first, and "delivered" never by itself.
  provider_->control({{"twice", true}, {"settle", {"read", "sent", "delivered"}}});
  std::map<seal::MessageId, Receipt> last;
  for (const Delivery& delivery : collect().deliveries)
    EXPECT_TRUE(last.emplace(delivery.id, delivery.receipt).second) << "twice";
  ASSERT_EQ(last.size(), batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(last.at(batch[i].id), i == 7 ? Receipt::failed_for_good : Receipt::read);
}

TEST_F(WhatsAppProvider, TellsOfAMessageWhoseAnswerWasLost) {
  start();
  for (const char* kind : {"lost", "cut"}) {
    fails({{"kind", kind}, {"path", kPath}});
    const Nudge one = nudge();
    EXPECT_EQ(send(one), Receipt::unknown) << kind;
    provider_->control({{"settle", {"delivered"}}, {"message", messages().size() - 1}});
    const Collected heard = collect();
    ASSERT_EQ(heard.deliveries.size(), 1U);
    EXPECT_EQ(heard.deliveries[0].id, one.id);
    EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  }
}

TEST_F(WhatsAppProvider, HearsNoForgedPostAndNoneOfAnotherNumber) {
  start();
  const Nudge one = nudge();
  send(one);
  json done = provider_->control({{"secret", "another secret"},
                                  {"settle", {"read"}},
                                  {"tap", {{{"from", kAna}, {"message", 0}, {"button", 0}}}}});
  EXPECT_EQ(done.at("answers"), (json{403, 403}));
  EXPECT_FALSE(collect().has_any());
  const json foreign = json::parse(fmt::format(
      R"({{"entry":[{{"changes":[{{"value":{{"metadata":{{"phone_number_id":"222222222222222"}},)"
      R"("messages":[{{"from":"{}","id":"wamid.x","timestamp":"1","type":"text","text":{{"body":"N"}}}}]}}}}]}}]}})",
      kAna));
  done = provider_->control(
      {{"secret", "app secret"},
       {"posts", json::array({foreign, json::array({7}), json{{"entry", {{"changes", 3}}}}})}});
  EXPECT_EQ(done.at("answers"), (json{200, 200, 200}));
  EXPECT_FALSE(collect().has_any());
  provider_->control({{"write", {{{"from", kAna}, {"text", "Y"}}}}});
  EXPECT_EQ(words(collect()), Words{"+" + kAna + " Y"});
}

TEST_F(WhatsAppProvider, FindsTheHookThatKnowsTheWord) {
  start();
  EXPECT_EQ(provider_->control({{"verify", "verify word"}}).at("challenge"), "1158201444");
  EXPECT_EQ(provider_->control({{"verify", "another"}}).at("challenge"), "");
}

TEST_F(WhatsAppProvider, IsNeverAskedForMoreThanItsLimit) {
  start();
  const base::Instant begun = clock_.now();
  const auto receipts = send_until_done(*channel_, *provider_, clock_, nudges(600));
  EXPECT_EQ(receipts.size(), 600U);
  for (const auto& [id, receipt] : receipts) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_LE(clock_.now() - begun, 10s + 8s);  // the limit's, and what this machine took
  const json seen = provider_->control();
  EXPECT_TRUE(seen.at("refused").empty()) << seen.at("refused");
  EXPECT_EQ(seen.at("messages").size(), 600U);
}

TEST_F(WhatsAppProvider, IsAskedLessWhenSomebodyElseUsesItsLimit) {
  start({"--per-second", "5"});
  const std::vector<Nudge> batch = nudges(40);
  for (const auto& [id, receipt] : send_until_done(*channel_, *provider_, clock_, batch))
    EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(messages().size(), batch.size());  // nobody got two
  EXPECT_GT(provider_->control().at("refused").at("130429"), 0);
}

TEST_F(WhatsAppProvider, HoldsBackOnePersonAndNotTheOthers) {
  start({"--pair-seconds", "6"});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  const std::vector<Nudge> both{nudge(), nudge("+447700900124")};
  const auto deliveries = channel_->send(both);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_now);
  EXPECT_EQ(deliveries[0].retry_after, 6s);
  EXPECT_EQ(deliveries[1].receipt, Receipt::sent);
  provider_->advance(clock_, 6s);
  EXPECT_EQ(send(both[0]), Receipt::sent);
}

TEST_F(WhatsAppProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  for (const char* kind : {"reset", "lost", "cut"}) {
    fails({{"kind", kind}, {"path", kPath}});
    EXPECT_EQ(send(nudge()), Receipt::unknown) << kind;
  }
  fails({{"kind", "status"}, {"status", 500}, {"path", kPath}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "status"},
         {"status", 500},
         {"body", {{"error", {{"code", 131000}}}}},
         {"path", kPath}});
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", kPath}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "slow"}, {"seconds", 0.2}, {"path", kPath}});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  fails(
      {{"kind", "status"}, {"status", 429}, {"headers", {{"Retry-After", "3"}}}, {"path", kPath}});
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
  provider_->advance(clock_, 3s);
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(messages().size(), 4U);
  EXPECT_EQ(send(nudge("+447700900003")), Receipt::failed_for_good);
  channel_ = channel(kToken, "unknown_template");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_good);
  channel_ = channel("EAAJB0123456789abcdefgi");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
}

}  // namespace
}  // namespace tocsin::provider
