#include "channel/twilio_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "base/fault.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kTextNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};
const std::string kTextAccount = "AC0123456789abcdef0123456789abcdef";
const std::string kMade = R"({"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"})";

class TwilioText : public testing::Test {
 protected:
  std::unique_ptr<TwilioTextChannel> twilio(std::string from = "+447700900999",
                                            std::optional<HookedAt> hook = std::nullopt) {
    return std::make_unique<TwilioTextChannel>(
        TwilioAccess{service_.origin(), kTextAccount, seal::SecretText{"token"}},
        TwilioTextSettings{std::move(from), "https://relay.example"}, clock_, Listen::when_asked,
        std::move(hook));
  }
  Outgoing<playbook::Nudge> text() {
    return {seal::random_message_id(entropy_), "+447700900123",
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min, Urgency::high};
  }
  Delivery after(std::string head, std::string body) {
    service_.will_say({std::move(head)});
    service_.will_say_more(std::move(body));
    const Outgoing<playbook::Nudge> one = text();
    return twilio()->send({&one, 1}).at(0);
  }
  Delivery refused(const char* head, int code) {
    return after(head, fmt::format(R"({{"code":{},"message":"to 447700900123"}})", code));
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kTextNight};
  PushService service_;
};

TEST_F(TwilioText, SaysWhatTheManualSaysAndNothingElse) {
  service_.will_say({"201 Created"});
  service_.will_say_more(kMade);
  const Outgoing<playbook::Nudge> one = text();
  EXPECT_EQ(twilio()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /2010-04-01/Accounts/" + kTextAccount +
                                           "/Messages.json HTTP/1.1\r\n"));
  EXPECT_EQ(requests[0].header("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(base::read_form(requests[0].body),
            (base::Fields{{"To", "+447700900123"},
                          {"From", "+447700900999"},
                          {"Body", "Incident message: open https://relay.example"},
                          {"ValidityPeriod", "1200"}}));
}

TEST_F(TwilioText, AHookGetsTheReceiptsByTheMessagesId) {
  service_.will_say({"201 Created"});
  service_.will_say_more(kMade);
  const Outgoing<playbook::Nudge> one = text();
  twilio("MG0123456789abcdef0123456789abcdef", HookedAt{{"http://127.0.0.1:9", {}},
                                                        seal::Identity::generate(entropy_),
                                                        "sms",
                                                        "https://relay.example/hook/sms"})
      ->send({&one, 1});
  const auto form = base::read_form(service_.requests().at(0).body);
  ASSERT_TRUE(form);
  EXPECT_EQ(base::value_of(*form, "MessagingServiceSid"), "MG0123456789abcdef0123456789abcdef");
  EXPECT_EQ(base::value_of(*form, "From"), "");
  EXPECT_EQ(base::value_of(*form, "StatusCallback"),
            "https://relay.example/hook/sms?m=" + seal::to_text(one.id));
}

TEST_F(TwilioText, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("201 Created", kMade).receipt, Receipt::sent);
  EXPECT_EQ(after("201 Created", "{}").receipt, Receipt::unknown);
  EXPECT_EQ(after("200 OK", kMade).receipt, Receipt::unknown);  // nothing that Twilio says
  EXPECT_EQ(after("", "").receipt, Receipt::unknown);           // it may have been accepted
  for (const int code : {21211, 21408, 21606, 21610, 21612, 21614, 99999})
    EXPECT_EQ(refused("400 Bad", code).receipt, Receipt::failed_for_good) << code;
  EXPECT_EQ(refused("400 Bad", 21611).receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused("429 Many", 20429).receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused("429 Many", 21611).receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused("401 No", 20003).receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused("403 No", 20003).receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused("404 No", 20404).receipt, Receipt::failed_for_good);
  EXPECT_EQ(refused("500 Oh", 0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("301 There\r\nLocation: /other", "").receipt, Receipt::failed_for_good);
}

TEST_F(TwilioText, NoReasonSaysWhatTwilioSaid) {
  for (const char* head : {"", "200 x", "400 x", "401 x", "404 x", "429 x", "500 x"})
    for (const int code : {0, 21211, 21610, 21611})
      EXPECT_EQ(refused(head, code).reason.find("7700900123"), std::string::npos) << head;
}

TEST_F(TwilioText, SendsNothingThatHasExpiredAndNoMoreThanItsAllowance) {
  service_.will_say({"201 Created"});
  service_.will_say_more(kMade);
  std::vector<Outgoing<playbook::Nudge>> batch(12, text());
  batch[0].expires = clock_.now();
  const auto channel = twilio();
  const auto deliveries = channel->send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(service_.requests().size(), 10U);
  EXPECT_EQ(deliveries[11].receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel->room().messages, 0U);
  clock_.advance(1s);
  EXPECT_EQ(channel->room().messages, 10U);
}

TEST_F(TwilioText, IsMadeForASenderOnly) {
  seal::Identity key = seal::Identity::generate(entropy_);
  const seal::Certificate certificate{};
  const Parts parts{.home = "/nowhere",
                    .relay = {"https://relay.example", {}},
                    .coordinator = key,
                    .certificate = certificate,
                    .incident = key,
                    .clock = clock_};
  const auto refusal = [&](const char* from) {
    try {
      TwilioTextChannel::make({{"account", kTextAccount}, {"key", "key"}, {"from", from}}, parts);
    } catch (const base::Fault& fault) {
      return std::string{fault.what()};
    }
    return std::string{};
  };
  for (const char* wrong : {"", "+44", "a name that is long", "<x>"})
    EXPECT_NE(refusal(wrong).find("the sender"), std::string::npos) << wrong;
  for (const char* right :
       {"+447700900999", "StElsewhere", "60777", "MG0123456789abcdef0123456789abcdef"})
    EXPECT_NE(refusal(right).find("/nowhere/key"), std::string::npos) << right;  // no token there
}

}  // namespace
}  // namespace tocsin::channel
