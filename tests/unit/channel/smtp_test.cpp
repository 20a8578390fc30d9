#include "channel/smtp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "unit/channel/line_service.h"

namespace tocsin::channel {
namespace {

// Says the usual to each verb, but what a test sets; an empty answer ends the connection.
class SmtpService {
 public:
  void will_say(std::string verb, std::string answer) {
    said_[std::move(verb)] = std::move(answer);
  }
  LineService& lines() { return lines_; }

 private:
  std::optional<std::string> answer(std::string_view line) {
    std::string verb{line.substr(0, 4)};
    if (is_text_) {
      if (line != ".") return "";
      verb = ".";
      is_text_ = false;
    }
    const auto set = said_.find(verb);
    if (set != said_.end())
      return set->second.empty() ? std::nullopt : std::optional{set->second + "\r\n"};
    if (line == LineService::kBegins) return "220 mail.test\r\n";
    if (verb == "EHLO") return "250-mail.test\r\n250 AUTH PLAIN\r\n";
    if (verb == "AUTH") return "334 \r\n";
    if (line == "AG1lAHBhc3M=") return "235 Ok\r\n";  // me, pass
    is_text_ = verb == "DATA";
    return is_text_ ? "354 Go on\r\n" : "250 Ok\r\n";
  }

  std::map<std::string, std::string> said_;
  bool is_text_ = false;
  LineService lines_{[this](std::string_view line) { return answer(line); }};
};

class Smtp : public testing::Test {
 protected:
  std::vector<SmtpAnswer> send(std::size_t count = 1) {
    SmtpClient client{
        {*parse_mail_server(service_.lines().origin("smtp"), MailProtocol::smtp),
         {},
         std::make_shared<const MailLogin>(MailLogin{"me", seal::SecretText{"pass"}})}};
    return client.perform(count, 1, [](std::size_t i) {
      return SmtpMail{"call-ins@hospital.test", fmt::format("n{}@hospital.test", i),
                      "Subject: x\r\n\r\n.dot\r\n"};
    });
  }
  void expect(const char* verb, const char* answer, SmtpFailure failure, SmtpStage stage) {
    service_.will_say(verb, answer);
    const SmtpAnswer got = send().at(0);
    EXPECT_EQ(got.failure, failure) << verb << answer;
    EXPECT_EQ(got.stage, stage) << verb << answer;
  }

  SmtpService service_;
};

TEST_F(Smtp, GivesEachMailToOneRecipient) {
  for (const SmtpAnswer& answer : send(3)) EXPECT_EQ(answer.failure, SmtpFailure::none);
  const auto lines = service_.lines().lines();
  EXPECT_EQ(lines.front(), "EHLO hospital.test");
  EXPECT_EQ(std::ranges::count(lines, "EHLO hospital.test"), 1);  // one connection
  EXPECT_EQ(std::ranges::count(lines, "MAIL FROM:<call-ins@hospital.test>"), 3);
  EXPECT_EQ(std::ranges::count(lines, "RCPT TO:<n1@hospital.test>"), 1);
  EXPECT_EQ(std::ranges::count(lines, "..dot"), 3);
}

TEST_F(Smtp, TellsARefusalOfTheLogin) {
  expect("AUTH", "535 No", SmtpFailure::login_refused, SmtpStage::login);
}
TEST_F(Smtp, TellsALoginThatIsBusy) {
  expect("AUTH", "454 Later", SmtpFailure::refused, SmtpStage::login);
}
TEST_F(Smtp, TellsARefusalOfTheSender) {
  expect("MAIL", "550 No", SmtpFailure::refused, SmtpStage::sender);
}
TEST_F(Smtp, TellsARefusalOfTheRecipient) {
  expect("RCPT", "550 No", SmtpFailure::refused, SmtpStage::recipient);
}
TEST_F(Smtp, TellsARefusalOfTheText) {
  expect(".", "554 No", SmtpFailure::refused, SmtpStage::text);
}
TEST_F(Smtp, KnowsThatNobodyHasWhatWasCutBeforeTheText) {
  expect("RCPT", "", SmtpFailure::not_sent, SmtpStage::recipient);
}
TEST_F(Smtp, KnowsNothingOfWhatWasCutAfterIt) {
  expect(".", "", SmtpFailure::unknown, SmtpStage::text);
}
TEST_F(Smtp, TriesNoOtherMailWhenTheServerAilsAll) {
  service_.will_say("AUTH", "535 No");
  for (const SmtpAnswer& answer : send(5)) EXPECT_EQ(answer.failure, SmtpFailure::login_refused);
  EXPECT_EQ(service_.lines().connections(), 1U);
}
TEST_F(Smtp, TriesTheOthersWhenOneIsRefused) {
  service_.will_say("RCPT", "550 No");
  for (const SmtpAnswer& answer : send(3)) EXPECT_EQ(answer.status, 550);
  EXPECT_EQ(std::ranges::count(service_.lines().lines(), "RCPT TO:<n2@hospital.test>"), 1);
}
// After one that may have arrived the others certainly have not.
TEST_F(Smtp, OnlyTheOneThatWasBegunIsUnknown) {
  service_.will_say(".", "");
  const auto answers = send(3);
  EXPECT_EQ(answers[0].failure, SmtpFailure::unknown);
  EXPECT_EQ(answers[1].failure, SmtpFailure::not_sent);
  EXPECT_EQ(answers[2].failure, SmtpFailure::not_sent);
}

}  // namespace
}  // namespace tocsin::channel
