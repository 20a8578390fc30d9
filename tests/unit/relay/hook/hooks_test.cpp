#include "relay/hook/hooks.h"

#include <gtest/gtest.h>

#include "seal/provider_mac.h"
#include "seal/web_token.h"
#include "wire/hooked.h"
#include "wire/messages.h"

namespace tocsin::relay {
namespace {

using base::bytes_of;

class HooksTest : public testing::Test {
 protected:
  std::vector<Hook> doors() {
    std::vector<Hook> all;
    all.push_back({"viber", Provider::viber, seal::SecretText{"secret"}, std::nullopt,
                   key_.public_identity(), ""});
    all.push_back({"wa", Provider::whatsapp, seal::SecretText{"secret"}, seal::SecretText{"word"},
                   key_.public_identity(), ""});
    all.push_back({"sms", Provider::twilio, seal::SecretText{"12345"}, std::nullopt,
                   key_.public_identity(), "https://relay.example/hook/sms"});
    all.push_back({"calls", Provider::vonage, seal::SecretText{"secret"}, std::nullopt,
                   key_.public_identity(), "https://relay.example/hook/calls"});
    return all;
  }
  Hooking post(std::string_view body, std::string_view method = "POST") {
    const std::string signature =
        base::to_hex(seal::hmac_sha256(bytes_of("secret"), bytes_of(body)));
    return hooks_.take(method, "viber", {{}, {}, {}, signature, bytes_of(body)});
  }

  seal::Entropy entropy_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  base::VirtualClock clock_{base::Instant{std::chrono::hours{500'000}}};
  Hooks hooks_{doors(), clock_};
};

TEST_F(HooksTest, KeepsWhatIsAuthenticSealedForADay) {
  const Hooking hooking = post("{}");
  EXPECT_EQ(hooking.outcome, HookOutcome::kept);
  EXPECT_EQ(hooking.answer.status, 200);
  ASSERT_TRUE(hooking.kept);
  EXPECT_EQ(hooking.kept->mailbox, key_.public_identity().id());
  EXPECT_EQ(hooking.kept->expires, clock_.now() + std::chrono::hours{24});
  const auto opened = wire::open_hooked(hooking.kept->sealed, key_.opening);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->hook, "viber");
  EXPECT_EQ(opened->at, clock_.now());
  EXPECT_EQ(base::text_of(opened->body), "{}");
  // A second copy has the same id, by which its mailbox knows it.
  clock_.advance(std::chrono::minutes{5});
  EXPECT_EQ(post("{}").kept->id, hooking.kept->id);
  EXPECT_NE(post("{ }").kept->id, hooking.kept->id);
}

TEST_F(HooksTest, RefusesWhatIsNot) {
  const Posted forged{{}, {}, {}, "00", bytes_of("{}")};
  EXPECT_EQ(hooks_.take("POST", "viber", forged).outcome, HookOutcome::forged);
  EXPECT_EQ(hooks_.take("POST", "viber", forged).answer.status, 403);
  EXPECT_FALSE(hooks_.take("POST", "viber", forged).kept);
  EXPECT_EQ(hooks_.take("POST", "other", forged).answer.status, 404);
  EXPECT_EQ(post("{}", "GET").answer.status, 405);
  EXPECT_EQ(post("{}", "GET").answer.allow, "POST");
  EXPECT_EQ(post(std::string(wire::kMostHookedBytes + 1, 'x')).outcome, HookOutcome::too_large);
  const Hooking most = post(std::string(wire::kMostHookedBytes, 'x'));
  ASSERT_TRUE(most.kept);
  EXPECT_LE(most.kept->sealed.size(), wire::kMostSealedHookBytes);
}

TEST_F(HooksTest, AnswersAChallenge) {
  const Posted right{"hub.mode=subscribe&hub.challenge=42&hub.verify_token=word", {}, {}, {}, {}};
  EXPECT_EQ(hooks_.take("GET", "wa", right).answer.body, "42");
  EXPECT_EQ(hooks_.take("GET", "wa", right).answer.type, "text/plain");
  EXPECT_FALSE(hooks_.take("GET", "wa", right).kept);
  EXPECT_EQ(hooks_.take("GET", "wa", {"hub.mode=subscribe", {}, {}, {}, {}}).answer.status, 403);
}

TEST_F(HooksTest, TwilioGetsAnAnswerThatSaysNothing) {
  const std::string_view body = "Body=Y";
  // printf 'https://relay.example/hook/smsBodyY' | openssl dgst -sha1 -hmac 12345 -binary | base64
  const Hooking hooking = hooks_.take("POST", "sms",
                                      {{},
                                       "application/x-www-form-urlencoded",
                                       {},
                                       "MFWbQqr2jxV9fCJcVMcaALZtqt0=",
                                       bytes_of(body)});
  EXPECT_EQ(hooking.answer.body, "<Response/>");
  EXPECT_EQ(hooking.answer.type, "text/xml");
}

TEST_F(HooksTest, ACallHearsWhatComesNext) {
  // printf 'https://…/hook/sms?m=…&s=choiceDigits3' | openssl dgst -sha1 -hmac 12345 -binary |
  // base64
  const Hooking hooking = hooks_.take("POST", "sms",
                                      {"m=AQIDAAAAAAAAAAAAAAAAAA&s=choice",
                                       "application/x-www-form-urlencoded",
                                       {},
                                       "IICFXn9crVDBxInu0OmlTsN7xHM=",
                                       bytes_of("Digits=3")});
  EXPECT_EQ(hooking.outcome, HookOutcome::kept);
  EXPECT_EQ(hooking.answer.type, "text/xml");
  EXPECT_NE(hooking.answer.body.find("You come only if we are short"), std::string::npos);
}

TEST_F(HooksTest, ACallByVonageHearsWhatComesNext) {
  const auto post_of_call = [&](std::string_view query, std::string_view body) {
    const std::string claims =
        R"({"iat":)" +
        std::to_string(
            std::chrono::floor<std::chrono::seconds>(clock_.now().time_since_epoch()).count()) +
        R"(,"payload_hash":")" + base::to_hex(seal::sha256(bytes_of(body))) + R"("})";
    const std::string bearer = "Bearer " + seal::web_token(claims, bytes_of("secret"));
    return hooks_.take("POST", "calls", {query, "application/json", bearer, {}, bytes_of(body)});
  };
  const Hooking asked =
      post_of_call("m=AQIDAAAAAAAAAAAAAAAAAA&s=choice", R"({"uuid":"a-1","dtmf":{"digits":"1"}})");
  EXPECT_EQ(asked.outcome, HookOutcome::kept);
  EXPECT_EQ(asked.answer.type, "application/json");
  EXPECT_NE(asked.answer.body.find("In how many minutes"), std::string::npos);
  EXPECT_NE(
      asked.answer.body.find("https://relay.example/hook/calls?m=AQIDAAAAAAAAAAAAAAAAAA&s=minutes"),
      std::string::npos);
  const Hooking other = post_of_call("m=AQIDAAAAAAAAAAAAAAAAAA", R"({"status":"ringing"})");
  EXPECT_EQ(other.outcome, HookOutcome::kept);
  EXPECT_EQ(other.answer.status, 200);
  EXPECT_EQ(other.answer.body, "");
}

TEST_F(HooksTest, TakesSoManyAndForgeriesUseUpNothing) {
  const Posted forged{{}, {}, {}, "00", bytes_of("{}")};
  for (int i = 0; i < 10'000; ++i) hooks_.take("POST", "viber", forged);
  int kept = 0;
  while (post("{}").kept) ++kept;
  EXPECT_EQ(kept, 5'000);
  const Hooking refused = post("{}");
  EXPECT_EQ(refused.outcome, HookOutcome::too_fast);
  EXPECT_EQ(refused.answer.status, 429);
  EXPECT_EQ(refused.answer.retry_after_seconds, 1);
  clock_.advance(std::chrono::seconds{1});
  EXPECT_TRUE(post("{}").kept);
}

}  // namespace
}  // namespace tocsin::relay
