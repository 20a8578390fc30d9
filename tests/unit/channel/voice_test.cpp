#include "channel/voice.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/fault.h"
#include "channel/twilio_calls.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const std::string kVoiceAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kVoiceHook = "https://relay.example/hook/voice";

class Voice : public testing::Test {
 protected:
  std::unique_ptr<VoiceChannel> voice() {
    return std::make_unique<VoiceChannel>(
        std::make_unique<TwilioCalls>(
            TwilioAccess{service_.origin(), kVoiceAccount, seal::SecretText{"token"}}),
        VoiceSettings{"+447700900999", "+442079460000"},
        HookedAt{
            {"http://127.0.0.1:9", {}}, seal::Identity::generate(entropy_), "voice", kVoiceHook},
        clock_, Listen::when_asked);
  }
  Outgoing<playbook::Nudge> call(bool asks = true) {
    playbook::Playbook playbook;
    playbook.messages.code_words.any = "kingfisher";
    return {seal::random_message_id(entropy_),
            "+442079460123",
            playbook::Nudge{playbook, "en", playbook::Occasion::real, playbook::Meaning::come},
            clock_.now() + 20min,
            Urgency::high,
            asks};
  }
  const std::string made_ = R"({"sid":"CA0123456789abcdef0123456789abcdef","status":"queued"})";
  seal::Entropy entropy_;
  base::VirtualClock clock_{base::Instant{std::chrono::hours{500'000}}};
  PushService service_;
};

TEST_F(Voice, SaysWhatTheManualSaysAndNothingElse) {
  service_.will_say({"201 Created"});
  service_.will_say_more(made_);
  const Outgoing<playbook::Nudge> one = call();
  EXPECT_EQ(voice()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /2010-04-01/Accounts/" + kVoiceAccount +
                                           "/Calls.json HTTP/1.1\r\n"));
  const auto form = base::read_form(requests[0].body);
  ASSERT_TRUE(form);
  ASSERT_EQ(form->size(), 6U);
  EXPECT_EQ(base::value_of(*form, "To"), "+442079460123");
  EXPECT_EQ(base::value_of(*form, "From"), "+447700900999");
  EXPECT_EQ(base::value_of(*form, "Timeout"), "25");
  EXPECT_EQ(base::value_of(*form, "MachineDetection"), "Enable");
  EXPECT_EQ(base::value_of(*form, "StatusCallback"), kVoiceHook + "?m=" + seal::to_text(one.id));
  const std::string_view said = base::value_of(*form, "Twiml");
  EXPECT_NE(said.find("kingfisher. You have an incident message. If you are coming, press 1."),
            std::string_view::npos);
  EXPECT_NE(said.find("press 9"), std::string_view::npos);
  EXPECT_EQ(said.find("relay.example\""), std::string_view::npos);  // no link is said
}

TEST_F(Voice, AsksOnlyWhetherItWasHeardWhenThereIsNothingToAnswer) {
  service_.will_say({"201 Created"});
  service_.will_say_more(made_);
  const Outgoing<playbook::Nudge> one = call(false);
  voice()->send({&one, 1});
  const auto form = base::read_form(service_.requests().at(0).body);
  EXPECT_NE(base::value_of(*form, "Twiml").find("When you have heard this, press 1."),
            std::string_view::npos);
}

TEST_F(Voice, ACallThatMayRingIsUnknown) {
  service_.will_say({"201 Created"});
  service_.will_say_more("{}");
  const Outgoing<playbook::Nudge> one = call();
  EXPECT_EQ(voice()->send({&one, 1}).at(0).receipt, Receipt::unknown);
  service_.will_say({""});
  EXPECT_EQ(voice()->send({&one, 1}).at(0).receipt, Receipt::unknown);
}

TEST_F(Voice, RingsOneASecond) {
  service_.will_say({"201 Created"});
  service_.will_say_more(made_);
  std::vector<Outgoing<playbook::Nudge>> batch(3, call());
  const auto channel = voice();
  const auto deliveries = channel->send(batch);
  EXPECT_EQ(service_.requests().size(), 1U);
  EXPECT_EQ(deliveries[1].receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel->room().messages, 0U);
  clock_.advance(1s);
  EXPECT_EQ(channel->room().messages, 1U);
}

TEST_F(Voice, NeedsTwoNumbersAndAHook) {
  const seal::Identity key = seal::Identity::generate(entropy_);
  const seal::Certificate certificate{};
  const Parts parts{.home = "/nowhere",
                    .relay = {"https://relay.example", {}},
                    .coordinator = key,
                    .certificate = certificate,
                    .incident = key,
                    .clock = clock_};
  const auto refusal = [&](const contact::Settings& settings) {
    try {
      VoiceChannel::make(settings, parts);
    } catch (const base::Fault& fault) {
      return std::string{fault.what()};
    }
    return std::string{};
  };
  EXPECT_NE(refusal({{"from", "St Elsewhere"}}).find("\"from\""), std::string::npos);
  EXPECT_NE(refusal({{"from", "+447700900999"}, {"switchboard", "9"}}).find("\"switchboard\""),
            std::string::npos);
  EXPECT_NE(refusal({{"from", "+447700900999"}, {"account", "AC1"}}).find("account"),
            std::string::npos);
  EXPECT_NE(refusal({{"from", "+447700900999"}, {"provider", "vonage"}, {"application", "AC1"}})
                .find("application"),
            std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
