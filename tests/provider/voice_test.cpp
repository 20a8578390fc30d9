// The channel voice, a whole relay with its hook, and simulators of its providers, which ring
// people, play what they are given, and post the keys that people press.
#include "channel/voice.h"

#include "channel/twilio_calls.h"
#include "channel/vonage_calls.h"
#include "provider/as_driver.h"
#include "provider/provider_process.h"
#include "relay/server.h"
#include "seal/entropy.h"
#include "unit/seal/rfc7515.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Receipt;
using channel::VoiceChannel;
using nlohmann::json;

const std::string kAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kApplication = "78d335fa-323d-0114-9c3d-d6f0d48968cf";
const std::string kToken = "0123456789abcdef0123456789abcdee";
const std::string kAddress = "https://relay.example/hook/voice";
const std::string kNumber = "+442079460123";
using Nudge = channel::Outgoing<playbook::Nudge>;

struct Exchange {
  const char* name;
  relay::Provider posts_as;
  std::string path;                         // of the request that begins a call
  std::string puts_through;                 // what it is told for that
  std::map<std::string, std::string> ends;  // its words, and ours
};
const Exchange kTwilio{"twilio",
                       relay::Provider::twilio,
                       "/2010-04-01/Accounts/" + kAccount + "/Calls.json",
                       "<Dial>+442079460001</Dial>",
                       {{"busy", "the line was busy"},
                        {"no-answer", "nobody answered"},
                        {"failed", "the call could not be put through"}}};
const Exchange kVonage{"vonage",
                       relay::Provider::vonage,
                       "/v1/calls",
                       R"("number":"442079460001")",
                       {{"busy", "the line was busy"},
                        {"unanswered", "nobody answered"},
                        {"timeout", "nobody answered"},
                        {"rejected", "the call could not be put through"},
                        {"failed", "the call could not be put through"},
                        {"cancelled", "the call could not be put through"}}};

class VoiceProvider : public testing::TestWithParam<Exchange> {
 protected:
  void SetUp() override {
    relay::ServerSettings settings;
    settings.hooks.push_back({"voice", exchange_.posts_as, seal::SecretText{kToken}, std::nullopt,
                              key_.public_identity(), kAddress});
    relay_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    relay_->start();
    provider_ = std::make_unique<ProviderProcess>(
        is_vonage()
            ? std::vector<std::string>{"vonage", "--application", kApplication, "--public-key",
                                       std::string{seal::kRfc7515PublicKey}, "--signature-secret",
                                       kToken, "--sender", "442079460000", "--webhooks",
                                       relay_->url()}
            : std::vector<std::string>{"twilio", "--account", kAccount, "--token", kToken,
                                       "--sender", "+442079460000", "--webhooks", relay_->url()});
    channel_ = channel();
  }
  bool is_vonage() const { return exchange_.posts_as == relay::Provider::vonage; }
  std::unique_ptr<channel::CallProvider> exchange() const {
    if (is_vonage())
      return std::make_unique<channel::VonageCalls>(
          provider_->origin(), kApplication,
          *seal::RsaKey::from_pem(seal::SecretText{seal::kRfc7515Key}), clock_);
    return std::make_unique<channel::TwilioCalls>(
        channel::TwilioAccess{provider_->origin(), kAccount, seal::SecretText{kToken}});
  }
  std::unique_ptr<VoiceChannel> channel() {
    return std::make_unique<VoiceChannel>(
        exchange(), channel::VoiceSettings{"+442079460000", "+442079460001"},
        channel::HookedAt{{relay_->url(), {}},
                          seal::Identity::from_secret_halves(key_.secret_halves().view()),
                          "voice",
                          kAddress},
        clock_, channel::Listen::when_asked);
  }
  Nudge nudge(bool asks = true) {
    return {seal::random_message_id(entropy_),
            kNumber,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h,
            channel::Urgency::high,
            asks};
  }
  channel::Delivery send(const Nudge& one) {
    provider_->advance(clock_, 1s);
    return channel_->send({&one, 1}).at(0);
  }
  seal::MessageId ring(bool asks = true) {
    const Nudge one = nudge(asks);
    EXPECT_EQ(send(one).receipt, Receipt::sent);
    return one.id;
  }
  void fails(json fault) {
    fault["path"] = exchange_.path;
    provider_->control({{"faults", json::array({fault})}});
  }
  void picks_up(const std::vector<std::string>& keys, const std::string& by = "human") {
    provider_->control({{"pick_up", {{"to", kNumber}, {"keys", keys}, {"answered_by", by}}}});
  }
  Collected collect() {
    provider_->advance(clock_, 10s);
    Collected all = channel_->collect(0ms);
    channel_->acknowledge(all.cursor);
    return all;
  }
  // What somebody heard, as text.
  std::string heard(std::size_t turn) {
    const json all = provider_->control().at("heard");
    if (turn >= all.size()) return {};
    return all[turn].is_string() ? all[turn].get<std::string>() : all[turn].dump();
  }
  static std::vector<std::string> words(const Collected& collected) {
    std::vector<std::string> all;
    for (const channel::Said& said : collected.said) {
      EXPECT_EQ(said.from, kNumber);
      all.push_back(said.words);
    }
    return all;
  }

  const Exchange& exchange_ = GetParam();
  seal::Entropy entropy_;
  ForwardClock clock_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  std::unique_ptr<relay::Server> relay_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<VoiceChannel> channel_;
};

using Words = std::vector<std::string>;

TEST_P(VoiceProvider, TakesAnAnswerInKeys) {
  const seal::MessageId message = ring();
  picks_up({"1", "25"});
  const Collected heard = collect();
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, message);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  EXPECT_EQ(words(heard), (Words{"Y", "Y 25"}));
  EXPECT_EQ(heard.said[0].about, message);
  EXPECT_NE(this->heard(2).find("You come in 25 minutes"), std::string::npos);
  EXPECT_EQ(this->heard(3), "");
  EXPECT_FALSE(collect().has_any());
  // Another process, later in the night, hears the same.
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 2U);
  EXPECT_EQ(again.said[1].id, heard.said[1].id);
}

TEST_P(VoiceProvider, TakesEveryKey) {
  for (const auto& [keys, meant] : std::vector<std::pair<Words, Words>>{{{"3"}, {"LR"}},
                                                                        {{"4"}, {"N"}},
                                                                        {{"2", "6"}, {"L 360"}},
                                                                        {{"7", "4"}, {"N"}},
                                                                        {{"9"}, {}}}) {
    ring();
    picks_up(keys);
    const Collected said = collect();
    EXPECT_EQ(words(said), meant) << keys.front();
    EXPECT_EQ(said.deliveries.size(), 1U);
  }
  const json all = provider_->control().at("heard");
  EXPECT_NE(heard(all.size() - 1).find(exchange_.puts_through), std::string::npos);
}

TEST_P(VoiceProvider, TellsApartWhyNobodyPressedAKey) {
  const auto why = [&] {
    const Collected heard = collect();
    EXPECT_TRUE(heard.said.empty());
    EXPECT_EQ(heard.deliveries.at(0).receipt, Receipt::failed_for_good);
    return heard.deliveries.at(0).reason;
  };
  ring();
  picks_up({});
  EXPECT_EQ(why(), "somebody answered, and pressed no key");
  ring();
  picks_up({}, is_vonage() ? "machine" : "machine_start");
  EXPECT_EQ(why(), "a machine answered");
  for (const auto& [status, reason] : exchange_.ends) {
    ring();
    provider_->control({{"ends", {{"to", kNumber}, {"status", status}}}});
    EXPECT_EQ(why(), reason) << status;
  }
}

TEST_P(VoiceProvider, AMessageThatAsksNothingIsHeardByAKey) {
  ring(false);
  picks_up({"1"});
  const Collected heard = collect();
  EXPECT_TRUE(heard.said.empty());
  EXPECT_EQ(heard.deliveries.at(0).receipt, Receipt::delivered);
}

TEST_P(VoiceProvider, ACallThatMayRingIsNotCalledFailed) {
  for (const char* kind : {"lost", "cut"}) {
    fails({{"kind", kind}});
    const Nudge one = nudge();
    EXPECT_EQ(send(one).receipt, Receipt::unknown) << kind;
    picks_up({"4"});  // it rang, and its hook says what came of it
    const Collected heard = collect();
    EXPECT_EQ(heard.deliveries.at(0).id, one.id);
    EXPECT_EQ(words(heard), Words{"N"});
  }
}

TEST_P(VoiceProvider, AProviderInTroubleHasRungNobody) {
  fails({{"kind", "status"}, {"status", 500}});
  const channel::Delivery failed = send(nudge());
  EXPECT_EQ(failed.receipt, Receipt::failed_for_now);
  EXPECT_FALSE(failed.is_held);
  fails({{"kind", "status"}, {"status", 429}, {"headers", {{"Retry-After", "7"}}}});
  const channel::Delivery busy = send(nudge());
  EXPECT_EQ(busy.receipt, Receipt::failed_for_now);
  EXPECT_GE(busy.retry_after, 7s);
  EXPECT_TRUE(busy.is_held);
  EXPECT_EQ(channel_->room().messages, 0U);  // nothing goes to it meanwhile
  EXPECT_TRUE(provider_->control().at("calls").empty());
  provider_->advance(clock_, 30s);
  ring();
  EXPECT_EQ(provider_->control().at("calls").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(OfBoth, VoiceProvider, testing::Values(kTwilio, kVonage),
                         [](const auto& one) { return std::string{one.param.name}; });

class VonageVoice : public VoiceProvider {
 protected:
  std::vector<int> statuses() {
    std::vector<int> all;
    const json posts = provider_->control().at("posts");
    for (const json& post : posts) all.push_back(post.at("status"));
    return all;
  }
};

TEST_P(VonageVoice, AForgedPostIsRefusedAndSaysNothing) {
  ring();
  for (const char* how : {"secret", "body", "old", "none"}) {
    provider_->control({{"forge", {{"to", kNumber}, {"how", how}}}});
    EXPECT_EQ(statuses().back(), 403) << how;
  }
  EXPECT_FALSE(collect().has_any());
  picks_up({"3"});
  EXPECT_EQ(words(collect()), Words{"LR"});
}

TEST_P(VonageVoice, APostThatComesTwiceIsOneAnswer) {
  provider_->control({{"twice", true}});
  ring();
  picks_up({"1", "25"});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), (Words{"Y", "Y 25"}));
  EXPECT_EQ(heard.deliveries.size(), 1U);
}

TEST_P(VonageVoice, WhoStaysAndPressesNothingIsLeftInPeace) {
  ring();
  provider_->control({{"pick_up", {{"to", kNumber}, {"keys", json::array()}, {"stays", true}}}});
  const Collected heard = collect();
  EXPECT_EQ(heard.deliveries.at(0).reason, "somebody answered, and pressed no key");
  EXPECT_NE(this->heard(1).find("Goodbye."), std::string::npos);
  EXPECT_EQ(this->heard(2), "");
}

TEST_P(VonageVoice, BeginsThreeCallsASecondAndNoMore) {
  std::vector<Nudge> batch;
  for (int i = 0; i < 10; ++i) batch.push_back(nudge());
  const base::Instant begin = clock_.now();
  const auto receipts = send_until_done(*channel_, *provider_, clock_, batch);
  for (const auto& [id, receipt] : receipts) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(provider_->control().at("calls").size(), 10U);
  EXPECT_TRUE(provider_->control().at("refused").empty());
  EXPECT_GE(clock_.now() - begin, 3s);
  EXPECT_LE(clock_.now() - begin, 6s);
}

INSTANTIATE_TEST_SUITE_P(OfVonage, VonageVoice, testing::Values(kVonage));

}  // namespace
}  // namespace tocsin::provider
