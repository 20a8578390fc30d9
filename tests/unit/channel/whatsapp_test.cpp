#include "channel/whatsapp.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/random.h"
#include "unit/channel/hook_box.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const base::Instant kTemplateNight{1'764'547'200s};
const std::string kWaToken = "EAAJB0123456789abcdefgh";

class WhatsApp : public testing::Test {
 protected:
  WhatsApp() {
    service_.will_answer([this](const auto&) { return answer_; });
  }

  std::unique_ptr<WhatsAppChannel> whatsapp() {
    return std::make_unique<WhatsAppChannel>(
        WhatsAppAccess{service_.origin(), "v24.0", "106540352242922", seal::SecretText{kWaToken}},
        WhatsAppTemplates{"call_in", "call_in_notice", {"en_GB", "pt_BR", "pt_PT"}},
        "https://relay.example", folder_.path(), clock_, Listen::when_asked, box_.at());
  }
  Outgoing<playbook::Nudge> nudge(bool asks = false, std::string_view language = "en",
                                  const playbook::Playbook& playbook = {}) {
    return {seal::random_message_id(entropy_),
            "+447700900123",
            playbook::Nudge{playbook, language, playbook::Occasion::real, playbook::Meaning::come},
            clock_.now() + 20min,
            Urgency::high,
            asks};
  }
  json sent(const Outgoing<playbook::Nudge>& one) {
    whatsapp()->send({&one, 1});
    return json::parse(service_.requests().back().body);
  }
  Delivery after(std::string head, std::string body = "") {
    answer_ = {std::move(head), std::move(body)};
    const Outgoing<playbook::Nudge> one = nudge();
    return whatsapp()->send({&one, 1}).at(0);
  }
  static std::string error(int code) {
    return fmt::format(
        R"({{"error":{{"message":"(#{0}) to 447700900123","type":"OAuthException","code":{0}}}}})",
        code);
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kTemplateNight};
  HookBox box_{"whatsapp"};
  PushService::Answer answer_{"200 OK",
                              R"({"messages":[{"id":"wamid.A","message_status":"accepted"}]})"};
  PushService service_;
};

TEST_F(WhatsApp, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = nudge();
  EXPECT_EQ(whatsapp()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /v24.0/106540352242922/messages HTTP/1.1\r\n"));
  EXPECT_EQ(requests[0].header("Authorization"), "Bearer " + kWaToken);
  EXPECT_EQ(requests[0].header("User-Agent"), "");
  EXPECT_EQ(
      json::parse(requests[0].body),
      json::parse(fmt::format(
          R"({{"messaging_product":"whatsapp","recipient_type":"individual","to":"+447700900123",)"
          R"("type":"template","template":{{"name":"call_in_notice","language":{{"code":"en_GB"}},)"
          R"("components":[{{"type":"body","parameters":[{{"type":"text",)"
          R"("text":"Incident message: open https://relay.example"}}]}}]}},)"
          R"("biz_opaque_callback_data":"{}"}})",
          seal::to_text(one.id))));
}

TEST_F(WhatsApp, AQuestionHasThreeButtonsThatNameIt) {
  const Outgoing<playbook::Nudge> one = nudge(true);
  const json body = sent(one);
  EXPECT_EQ(body.at("template").at("name"), "call_in");
  const json components = body.at("template").at("components");
  ASSERT_EQ(components.size(), 4U);
  const std::vector<std::string> words{"Y", "LR", "N"};
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(components.at(i + 1),
              (json{{"type", "button"},
                    {"sub_type", "quick_reply"},
                    {"index", std::to_string(i)},
                    {"parameters",
                     json::array({{{"type", "payload"},
                                   {"payload", seal::to_text(one.id) + ":" + words[i]}}})}}));
}

TEST_F(WhatsApp, SpeaksThePersonsLanguageWhereThereIsATemplate) {
  const auto code = [this](std::string_view language) {
    return sent(nudge(false, language)).at("template").at("language").at("code");
  };
  EXPECT_EQ(code("en"), "en_GB");
  EXPECT_EQ(code("en-gb"), "en_GB");
  EXPECT_EQ(code("pt-pt"), "pt_PT");
  EXPECT_EQ(code("pt"), "pt_BR");
  EXPECT_EQ(code("cy"), "en_GB");
  EXPECT_EQ(code(""), "en_GB");
}

TEST_F(WhatsApp, PutsTheNudgeOnOneLine) {
  playbook::Playbook playbook;
  playbook.messages.texts["en"][static_cast<std::size_t>(playbook::MessageKind::nudge)] =
      "Open\n\n  this:\t{link} \n";
  EXPECT_EQ(sent(nudge(false, "en", playbook))
                .at("template")
                .at("components")
                .at(0)
                .at("parameters")
                .at(0)
                .at("text"),
            "Open this: https://relay.example");
}

TEST_F(WhatsApp, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("200 OK", R"({"messages":[{"id":"w"}]})").receipt, Receipt::sent);
  EXPECT_EQ(
      after("200 OK", R"({"messages":[{"id":"w","message_status":"held_for_quality_assessment"}]})")
          .receipt,
      Receipt::queued);
  EXPECT_EQ(after("200 OK", "{}").receipt, Receipt::unknown);
  EXPECT_EQ(after("201 Made", R"({"messages":[{"id":"w"}]})").receipt, Receipt::unknown);
  EXPECT_EQ(after("").receipt, Receipt::unknown);
  EXPECT_EQ(after("400 Bad", error(131026)).receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("400 Bad", error(131047)).receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("404 None", error(132001)).receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("401 No", error(190)).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("403 No", error(10)).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("500 Oh", error(131000)).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("503 Oh", error(2)).receipt, Receipt::failed_for_now);
  // Without a code that can be read.
  EXPECT_EQ(after("401 No").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("429 Many", "<html>").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("400 Bad", "<html>").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("500 Oh", "<html>").receipt, Receipt::unknown);
  EXPECT_EQ(after("408 Slow").receipt, Receipt::unknown);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("200 OK", std::string(100'000, 'x')).receipt, Receipt::unknown);
}

TEST_F(WhatsApp, HoldsOnePersonBackAndNotTheOthers) {
  answer_ = {"400 Bad", error(131056)};
  const auto channel = whatsapp();
  const Outgoing<playbook::Nudge> one = nudge();
  const Delivery delivery = channel->send({&one, 1}).at(0);
  EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
  EXPECT_EQ(delivery.retry_after, 6s);
  EXPECT_GT(channel->room().messages, 0U);
  answer_ = {"400 Bad\r\nRetry-After: 7", error(130429)};
  EXPECT_EQ(channel->send({&one, 1}).at(0).retry_after, 7s);
  EXPECT_EQ(channel->room().messages, 0U);
}

TEST_F(WhatsApp, NoReasonSaysTheTokenOrWhatWhatsAppSaid) {
  for (const char* head : {"", "200 x", "400 x", "401 x", "403 x", "404 x", "429 x", "500 x"})
    for (const int code : {0, 4, 100, 131026, 131056, 132001, 999}) {
      const std::string reason = after(head, error(code)).reason;
      for (const char* secret : {"7700900123", "EAAJB", "OAuth"})
        EXPECT_EQ(reason.find(secret), std::string::npos) << head << code;
    }
}

TEST_F(WhatsApp, SendsNothingThatHasExpiredAndNoMoreThanItsAllowance) {
  std::vector<Outgoing<playbook::Nudge>> batch(80, nudge());
  batch[0].expires = clock_.now();
  const auto channel = whatsapp();
  const auto deliveries = channel->send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(service_.requests().size(), 78U);
  EXPECT_EQ(deliveries[79].receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel->room().messages, 0U);
  clock_.advance(1s);
  EXPECT_EQ(channel->room().messages, 40U);
}

TEST_F(WhatsApp, HearsWhatBecameOfAMessage) {
  const auto channel = whatsapp();
  const Outgoing<playbook::Nudge> one = nudge();
  channel->send({&one, 1});
  box_.post(
      fmt::format(
          R"({{"entry":[{{"changes":[{{"value":{{"metadata":{{"phone_number_id":"106540352242922"}},)"
          R"("statuses":[{{"id":"wamid.A","status":"read","biz_opaque_callback_data":"{}"}}]}}}}]}}]}})",
          seal::to_text(one.id)),
      kTemplateNight);
  const Collected heard = channel->collect(0ms);
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, one.id);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::read);
}

class WhatsAppMake : public WhatsApp {
 protected:
  // The fault; empty when there is none.
  std::string make(const contact::Settings& changed) {
    contact::Settings settings{
        {"number", "106540352242922"}, {"token", "token"},
        {"question", "call_in"},       {"notice", "call_in_notice"},
        {"languages", "en_GB\npl\n"},  {"hook", "https://relay.example/hook/whatsapp"}};
    for (const auto& [key, value] : changed) settings[key] = value;
    base::SeededRandom random{1};
    const seal::Identity identity = seal::Identity::generate(random);
    const seal::Certificate certificate{};
    const Parts parts{
        .home = folder_.path(),
        .relay = {},
        .coordinator = identity,
        .certificate = certificate,
        .incident = identity,
        .clock = clock_,
        .hook_key = [&](std::string_view) { return seal::Identity::generate(random); }};
    try {
      WhatsAppChannel::make(settings, parts);
    } catch (const base::Fault& fault) {
      return fault.what();
    }
    return {};
  }
  void write_token(std::string_view text, mode_t mode = 0600) {
    std::ofstream{folder_.path() / "token"} << text;
    ::chmod((folder_.path() / "token").c_str(), mode);
  }
};

TEST_F(WhatsAppMake, RefusesWhatCannotBeUsed) {
  write_token(kWaToken + "\n");
  EXPECT_EQ(make({}), "");
  EXPECT_EQ(make({{"version", "v25.0"}, {"url", "https://graph.example"}}), "");
  EXPECT_NE(make({{"number", "+447700900999"}}).find("the number"), std::string::npos);
  EXPECT_NE(make({{"question", "Call in"}}).find("a template"), std::string::npos);
  EXPECT_NE(make({{"notice", ""}}).find("a template"), std::string::npos);
  EXPECT_NE(make({{"languages", "english\n"}}).find("the languages"), std::string::npos);
  EXPECT_NE(make({{"languages", ""}}).find("the languages"), std::string::npos);
  EXPECT_NE(make({{"version", "24"}}).find("the version"), std::string::npos);
  EXPECT_NE(make({{"hook", "https://relay.example/whatsapp"}}).find("hook"), std::string::npos);
  EXPECT_NE(make({{"url", "http://graph.example"}}).find("show its secret"), std::string::npos);
}

TEST_F(WhatsAppMake, ReadsTheTokenFromAFileOfItsOwnerAndShowsNothingOfIt) {
  write_token("a token with blanks in it");
  EXPECT_NE(make({}).find("holds no access token"), std::string::npos);
  EXPECT_EQ(make({}).find("blanks"), std::string::npos);
  write_token(kWaToken, 0640);
  EXPECT_NE(make({}).find("others can read it"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
