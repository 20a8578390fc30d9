// The channel voice, a whole relay with its hook, and a simulator of Twilio that rings people,
// plays what it is given, and posts the keys that they press.
#include "channel/voice.h"

#include "provider/provider_process.h"
#include "relay/server.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Receipt;
using channel::VoiceChannel;
using nlohmann::json;

const std::string kAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kToken = "0123456789abcdef0123456789abcdee";
const std::string kAddress = "https://relay.example/hook/voice";
const std::string kNumber = "+442079460123";
using Nudge = channel::Outgoing<playbook::Nudge>;

class VoiceProvider : public testing::Test {
 protected:
  void SetUp() override {
    relay::ServerSettings settings;
    settings.hooks.push_back({"voice", relay::Provider::twilio, seal::SecretText{kToken},
                              std::nullopt, key_.public_identity(), kAddress});
    relay_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    relay_->start();
    provider_ = std::make_unique<ProviderProcess>(
        std::vector<std::string>{"twilio", "--account", kAccount, "--token", kToken, "--sender",
                                 "+442079460000", "--webhooks", relay_->url()});
    channel_ = channel();
  }
  std::unique_ptr<VoiceChannel> channel() {
    return std::make_unique<VoiceChannel>(
        channel::TwilioAccess{provider_->origin(), kAccount, seal::SecretText{kToken}},
        channel::VoiceSettings{"+442079460000", "+442079460001"},
        channel::HookedAt{{relay_->url(), {}},
                          seal::Identity::from_secret_halves(key_.secret_halves().view()),
                          "voice",
                          kAddress},
        clock_, channel::Listen::when_asked);
  }
  seal::MessageId ring(bool asks = true) {
    const Nudge one{seal::random_message_id(entropy_),
                    kNumber,
                    playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                                    playbook::Meaning::come},
                    clock_.now() + 6h,
                    channel::Urgency::high,
                    asks};
    clock_.advance(1s);
    EXPECT_EQ(channel_->send({&one, 1}).at(0).receipt, Receipt::sent);
    return one.id;
  }
  void picks_up(const std::vector<std::string>& keys, const std::string& by = "human") {
    provider_->control({{"pick_up", {{"to", kNumber}, {"keys", keys}, {"answered_by", by}}}});
  }
  Collected collect() {
    clock_.advance(10s);
    Collected all = channel_->collect(0ms);
    channel_->acknowledge(all.cursor);
    return all;
  }
  static std::vector<std::string> words(const Collected& collected) {
    std::vector<std::string> all;
    for (const channel::Said& said : collected.said) {
      EXPECT_EQ(said.from, kNumber);
      all.push_back(said.words);
    }
    return all;
  }

  seal::Entropy entropy_;
  ForwardClock clock_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  std::unique_ptr<relay::Server> relay_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<VoiceChannel> channel_;
};

using Words = std::vector<std::string>;

TEST_F(VoiceProvider, TakesAnAnswerInKeys) {
  const seal::MessageId message = ring();
  picks_up({"1", "25"});
  const Collected heard = collect();
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, message);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  EXPECT_EQ(words(heard), (Words{"Y", "Y 25"}));
  EXPECT_EQ(heard.said[0].about, message);
  const json documents = provider_->control().at("heard");
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_NE(documents[2].get<std::string>().find("You come in 25 minutes"), std::string::npos);
  EXPECT_FALSE(collect().has_any());
  // Another process, later in the night, hears the same.
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 2U);
  EXPECT_EQ(again.said[1].id, heard.said[1].id);
}

TEST_F(VoiceProvider, TakesEveryKey) {
  for (const auto& [keys, meant] : std::vector<std::pair<Words, Words>>{{{"3"}, {"LR"}},
                                                                        {{"4"}, {"N"}},
                                                                        {{"2", "6"}, {"L 360"}},
                                                                        {{"7", "4"}, {"N"}},
                                                                        {{"9"}, {}}}) {
    ring();
    picks_up(keys);
    const Collected heard = collect();
    EXPECT_EQ(words(heard), meant) << keys.front();
    EXPECT_EQ(heard.deliveries.size(), 1U);
  }
  const json documents = provider_->control().at("heard");
  EXPECT_NE(documents.back().get<std::string>().find("<Dial>+442079460001</Dial>"),
            std::string::npos);
}

TEST_F(VoiceProvider, TellsApartWhyNobodyPressedAKey) {
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
  picks_up({}, "machine_start");
  EXPECT_EQ(why(), "a machine answered");
  for (const auto& [status, reason] : std::vector<std::pair<std::string, std::string>>{
           {"busy", "the line was busy"},
           {"no-answer", "nobody answered"},
           {"failed", "the call could not be put through"}}) {
    ring();
    provider_->control({{"ends", {{"to", kNumber}, {"status", status}}}});
    EXPECT_EQ(why(), reason);
  }
}

TEST_F(VoiceProvider, AMessageThatAsksNothingIsHeardByAKey) {
  ring(false);
  picks_up({"1"});
  const Collected heard = collect();
  EXPECT_TRUE(heard.said.empty());
  EXPECT_EQ(heard.deliveries.at(0).receipt, Receipt::delivered);
}

TEST_F(VoiceProvider, ACallThatMayRingIsNotCalledFailed) {
  const std::string path = "/2010-04-01/Accounts/" + kAccount + "/Calls.json";
  provider_->control({{"faults", json::array({{{"kind", "lost"}, {"path", path}}})}});
  const Nudge one{seal::random_message_id(entropy_),
                  kNumber,
                  {},
                  clock_.now() + 6h,
                  channel::Urgency::high,
                  true};
  EXPECT_EQ(channel_->send({&one, 1}).at(0).receipt, Receipt::unknown);
  picks_up({"4"});  // it rang, and its hook says what came of it
  const Collected heard = collect();
  EXPECT_EQ(heard.deliveries.at(0).id, one.id);
  EXPECT_EQ(words(heard), Words{"N"});
}

}  // namespace
}  // namespace tocsin::provider
