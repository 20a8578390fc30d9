// The channel viber against a simulator of Viber's bot API, which holds its limit and fails as it
// is told, and a whole relay with the hook that it posts to.
#include "channel/viber.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "provider/as_driver.h"
#include "relay/server.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Broadcasting;
using channel::Collected;
using channel::Delivery;
using channel::Receipt;
using channel::ViberChannel;
using nlohmann::json;

const std::string kToken = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
const std::string kAna = "pttm25kSGUo1919sBORWyA==";
const std::string kBen = "EGAZ3SZRi6zW1D0uNYhQHg==";
using Nudge = channel::Outgoing<playbook::Nudge>;
using Words = std::vector<std::string>;

class ViberProvider : public testing::Test {
 protected:
  void SetUp() override {
    relay::ServerSettings settings;
    settings.hooks.push_back({"viber", relay::Provider::viber, seal::SecretText{kToken},
                              std::nullopt, key_.public_identity(), ""});
    relay_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    relay_->start();
  }
  void start(Broadcasting broadcasting = Broadcasting::no, std::vector<std::string> options = {}) {
    options.insert(options.begin(),
                   {"viber", "--token", kToken, "--webhooks", relay_->url() + "/hook/viber"});
    provider_ = std::make_unique<ProviderProcess>(options);
    provider_->control({{"people", {kAna, kBen}}});
    channel_ = channel(broadcasting);
  }
  std::unique_ptr<ViberChannel> channel(Broadcasting broadcasting = Broadcasting::no,
                                        const std::string& token = kToken) {
    return std::make_unique<ViberChannel>(
        channel::ViberAccess{provider_->origin(), seal::SecretText{token}},
        channel::ViberSettings{"St Elsewhere", "https://relay.example", broadcasting},
        folder_.path(), clock_, channel::Listen::when_asked,
        channel::HookedAt{{relay_->url(), {}},
                          seal::Identity::from_secret_halves(key_.secret_halves().view()),
                          "viber",
                          relay_->url() + "/hook/viber"});
  }
  Nudge nudge(const std::string& to = kAna) {
    return {seal::random_message_id(entropy_),
            to,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h,
            channel::Urgency::high,
            true};
  }
  // To people who have all written to the bot.
  std::vector<Nudge> nudges(std::size_t count) {
    std::vector<Nudge> batch;
    json people = json::array();
    for (std::size_t i = 0; i < count; ++i) {
      batch.push_back(nudge(fmt::format("A{:021}==", i)));
      people.push_back(batch.back().address);
    }
    provider_->control({{"people", people}});
    return batch;
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
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
  static Words words(const Collected& collected) {
    Words all;
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
  std::unique_ptr<ViberChannel> channel_;
};

TEST_F(ViberProvider, TakesANudgeWithButtonsAndNothingElse) {
  start();
  EXPECT_EQ(send(nudge()), Receipt::sent);
  Nudge told = nudge();
  told.asks = false;
  EXPECT_EQ(send(told), Receipt::sent);
  const json seen = messages();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen.at(0).at("to"), kAna);
  EXPECT_EQ(seen.at(0).at("text"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at(0).at("buttons").size(), 8U);
  EXPECT_TRUE(seen.at(1).at("buttons").empty());
}

TEST_F(ViberProvider, HearsATapAsAnAnswerToItsMessage) {
  start();
  const Nudge one = nudge();
  send(one);
  provider_->control({{"tap", {{{"from", kAna}, {"message", 0}, {"button", 1}}}},
                      {"write", {{{"from", kBen}, {"text", "N"}}}}});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), (Words{kBen + " N", kAna + " Y 30"}));
  EXPECT_EQ(heard.said.at(1).about, one.id);
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 2U);
  EXPECT_EQ(again.said[1].id, heard.said[1].id);
}

TEST_F(ViberProvider, BroadcastsAndHearsEachTapAsAnAnswerToThePersonsOwnMessage) {
  start(Broadcasting::yes);
  std::vector<Nudge> batch = nudges(310);
  provider_->control({{"left", {batch[7].address}}});
  const auto deliveries = channel_->send(batch);
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(deliveries[i].receipt, i == 7 ? Receipt::failed_for_good : Receipt::sent);
  const json requests = provider_->control().at("requests");
  EXPECT_EQ(requests, (json{{"broadcast_message", 2}}));
  // One person shows the button to others, of whom the first got the same broadcast.
  std::size_t at = 0;
  for (const json seen = messages(); seen.at(at).at("to") != batch[8].address;) ++at;
  provider_->control({{"tap",
                       {{{"from", batch[8].address}, {"message", at}, {"button", 7}},
                        {{"from", batch[9].address}, {"message", at}, {"button", 0}},
                        {{"from", kAna}, {"message", at}, {"button", 0}}}}});
  channel_ = channel(Broadcasting::yes);  // after a restart
  const Collected heard = collect();
  ASSERT_EQ(heard.said.size(), 3U);
  EXPECT_EQ(heard.said[0].words, "N");
  EXPECT_EQ(heard.said[0].about, batch[8].id);
  EXPECT_EQ(heard.said[1].about, batch[9].id);
  for (const Nudge& one : batch) EXPECT_NE(heard.said[2].about, one.id);  // of no message
}

TEST_F(ViberProvider, SaysWhatBecameOfEachMessageInAnyOrderAndTwice) {
  start();
  const std::vector<Nudge> batch{nudge(kAna), nudge(kBen), nudge(kAna)};
  for (const Nudge& one : batch) send(one);
  provider_->control({{"twice", true},
                      {"events",
                       {{{"event", "seen"}, {"message", 0}},
                        {{"event", "delivered"}, {"message", 0}},
                        {{"event", "delivered"}, {"message", 1}},
                        {{"event", "failed"}, {"message", 2}}}}});
  std::map<seal::MessageId, Receipt> last;
  for (const Delivery& delivery : collect().deliveries)
    EXPECT_TRUE(last.emplace(delivery.id, delivery.receipt).second) << "twice";
  EXPECT_EQ(last, (std::map<seal::MessageId, Receipt>{{batch[0].id, Receipt::read},
                                                      {batch[1].id, Receipt::delivered},
                                                      {batch[2].id, Receipt::failed_for_good}}));
}

TEST_F(ViberProvider, HearsNoForgedAndNoDamagedPost) {
  start();
  send(nudge());
  json done = provider_->control({{"token", "another token of a Viber bot"},
                                  {"tap", {{{"from", kAna}, {"message", 0}, {"button", 0}}}},
                                  {"events", {{{"event", "seen"}, {"message", 0}}}}});
  EXPECT_EQ(done.at("answers"), (json{403, 403}));
  EXPECT_FALSE(collect().has_any());
  done = provider_->control({{"token", kToken},
                             {"posts", json::array({7, json{{"event", "message"}, {"sender", 3}},
                                                    json{{"event", "seen"}}})}});
  EXPECT_EQ(done.at("answers"), (json{200, 200, 200}));
  EXPECT_FALSE(collect().has_any());
  provider_->control({{"write", {{{"from", kAna}, {"text", "Y"}}}}});
  EXPECT_EQ(words(collect()), Words{kAna + " Y"});
}

TEST_F(ViberProvider, RefusesWhoeverHasNotWrittenToTheBotForGood) {
  start();
  EXPECT_EQ(send(nudge("AAAAAAAAAAAAAAAAAAAAAA==")), Receipt::failed_for_good);
  provider_->control({{"left", {kAna}}});
  EXPECT_EQ(send(nudge()), Receipt::failed_for_good);
  EXPECT_EQ(send(nudge(kBen)), Receipt::sent);
}

TEST_F(ViberProvider, IsNeverAskedForMoreThanItsLimit) {
  start();
  const base::Instant begun = clock_.now();
  const auto receipts = send_until_done(*channel_, *provider_, clock_, nudges(900));
  for (const auto& [id, receipt] : receipts) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_LE(clock_.now() - begun,
            20s + 8s);  // the limit's, and what this machine took
  const json seen = provider_->control();
  EXPECT_TRUE(seen.at("refused").empty()) << seen.at("refused");
  EXPECT_EQ(seen.at("messages").size(), 900U);
}

TEST_F(ViberProvider, IsAskedLessWhenSomebodyElseUsesItsLimit) {
  start(Broadcasting::no, {"--per-ten-seconds", "20"});
  const std::vector<Nudge> batch = nudges(60);
  for (const auto& [id, receipt] : send_until_done(*channel_, *provider_, clock_, batch))
    EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(messages().size(), batch.size());  // nobody got two
  EXPECT_GT(provider_->control().at("refused").at("12"), 0);
}

TEST_F(ViberProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  const std::string path = "/pa/";
  for (const char* kind : {"reset", "lost", "cut"}) {
    fails({{"kind", kind}, {"path", path}});
    EXPECT_EQ(send(nudge()), Receipt::unknown) << kind;
  }
  fails({{"kind", "status"}, {"status", 502}, {"path", path}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", path}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "slow"}, {"seconds", 0.2}, {"path", path}});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  fails({{"kind", "status"}, {"status", 429}, {"headers", {{"Retry-After", "3"}}}, {"path", path}});
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
  provider_->advance(clock_, 3s);
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(messages().size(), 4U);
  channel_ = channel(Broadcasting::no, "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im8");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
}

TEST_F(ViberProvider, SaysThatItMayNotBroadcast) {
  start(Broadcasting::yes, {"--no-broadcast"});
  const auto deliveries = channel_->send(nudges(2));
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_NE(deliveries[1].reason.find("broadcast"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::provider
