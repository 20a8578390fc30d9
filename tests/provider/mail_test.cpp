// The channel email against a simulator of a mail server that checks what is said to it, and fails
// as it is told.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/text.h"
#include "channel/email.h"
#include "channel/mail/letter.h"
#include "provider/provider_process.h"
#include "relay/tls.h"
#include "seal/entropy.h"
#include "unit/relay/bare_tls.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Delivery;
using channel::EmailChannel;
using channel::MailProtocol;
using channel::Receipt;
using nlohmann::json;
using Nudge = channel::Outgoing<playbook::Nudge>;

const std::string kFrom = "call-ins@hospital.test";

class MailProvider : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-mail-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(), "mail");
    provider_ = std::make_unique<ProviderProcess>(options);
    channel_ = channel();
  }
  // With a certificate of its own, which nobody signed.
  void start_with_tls(std::vector<std::string> options = {}) {
    const relay::TlsFiles files{folder_ / "certificate", folder_ / "key"};
    relay::make_certificate(files);
    pins_ = {relay::Tls{files}.pin()};
    options.insert(options.end(),
                   {"--certificate", files.certificate.string(), "--key", files.key.string()});
    start(std::move(options));
  }

  channel::MailServer server(const std::string& password = "secret") {
    const auto address = channel::parse_mail_server(
        provider_->control().at("smtp").get<std::string>(), MailProtocol::smtp);
    EXPECT_TRUE(address);
    return {*address, pins_,
            std::make_shared<const channel::MailLogin>(
                channel::MailLogin{"call-ins", seal::SecretText{password}})};
  }
  std::unique_ptr<EmailChannel> channel(const std::string& password = "secret") {
    return std::make_unique<EmailChannel>(
        server(password), std::nullopt,
        channel::EmailSettings{kFrom, "St Elsewhere", "", "https://relay.example", 6'000}, clock_,
        channel::Listen::when_asked);
  }
  Nudge mail(const std::string& address = "ana@hospital.test") {
    return {seal::random_message_id(entropy_), address,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h, channel::Urgency::high};
  }
  Delivery send(const Nudge& one) { return channel_->send({&one, 1}).at(0); }
  // After what ailed the channel is over.
  Delivery send_later(const Nudge& one) {
    provider_->advance(clock_, 6min);
    return send(one);
  }
  void fails(json fault) { provider_->control({{"smtp", json::array({std::move(fault)})}}); }
  json seen() { return provider_->control(); }
  json mails() { return seen().at("mails"); }
  static std::string header(const json& mail, const std::string& name) {
    std::string found;
    for (const json& field : mail.at("headers")) {
      if (field.at(0) != name) continue;
      EXPECT_TRUE(found.empty()) << name << " twice";
      found = field.at(1);
    }
    return found;
  }

  std::filesystem::path folder_;
  seal::Entropy entropy_;
  ForwardClock clock_;
  std::vector<std::string> pins_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<EmailChannel> channel_;
};

TEST_F(MailProvider, TakesANudgeAndNothingElse) {
  start();
  const Nudge one = mail();
  EXPECT_EQ(send(one).receipt, Receipt::sent);
  const json seen = mails().at(0);
  EXPECT_EQ(seen.at("from"), kFrom);
  EXPECT_EQ(seen.at("to"), json::array({"ana@hospital.test"}));
  EXPECT_EQ(seen.at("helo"), "hospital.test");  // not this machine's name
  EXPECT_EQ(seen.at("body"), "Incident message: open https://relay.example\n");
  EXPECT_EQ(header(seen, "From"), "St Elsewhere <call-ins@hospital.test>");
  EXPECT_EQ(header(seen, "To"), "ana@hospital.test");
  EXPECT_EQ(header(seen, "Subject"), "Incident message: open");
  EXPECT_EQ(header(seen, "Message-ID"), fmt::format("<{}@hospital.test>", seal::to_text(one.id)));
  EXPECT_EQ(header(seen, "Auto-Submitted"), "auto-generated");
  std::set<std::string> names;
  for (const json& field : seen.at("headers")) names.insert(field.at(0));
  EXPECT_EQ(names,
            (std::set<std::string>{"Auto-Submitted", "Content-Transfer-Encoding", "Content-Type",
                                   "Date", "From", "Importance", "MIME-Version", "Message-ID",
                                   "Subject", "To", "X-Auto-Response-Suppress"}));
}

TEST_F(MailProvider, SendsManyOverAFewConnections) {
  start();
  std::vector<Nudge> batch;
  for (int i = 0; i < 300; ++i) batch.push_back(mail(fmt::format("n{}@hospital.test", i)));
  for (std::size_t at = 0; at < batch.size();) {
    const std::size_t room = channel_->room().messages;
    if (room == 0) {
      provider_->advance(clock_, 1s);
      continue;
    }
    const std::size_t count = std::min(room, batch.size() - at);
    for (const Delivery& delivery : channel_->send({batch.data() + at, count}))
      ASSERT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
    at += count;
  }
  const json all = seen();
  std::set<std::string> recipients;
  for (const json& mail : all.at("mails")) recipients.insert(mail.at("to").at(0));
  EXPECT_EQ(recipients.size(), batch.size());
  EXPECT_LE(all.at("connections"), 3);
}

TEST_F(MailProvider, SpeaksTlsFromTheFirstByteOrBeforeItLogsIn) {
  start_with_tls();
  EXPECT_EQ(send(mail()).receipt, Receipt::sent);
  EXPECT_EQ(seen().at("commands").at("STARTTLS"), 1);
  start_with_tls({"--implicit"});
  EXPECT_EQ(send(mail()).receipt, Receipt::sent);
  EXPECT_FALSE(seen().at("commands").contains("STARTTLS"));
}

TEST_F(MailProvider, SaysNoPasswordWithoutTlsOrToAnybodyElse) {
  start_with_tls({"--no-starttls"});  // as somebody between would have it
  EXPECT_EQ(send(mail()).receipt, Receipt::failed_for_now);
  EXPECT_FALSE(seen().at("commands").contains("AUTH"));
  EXPECT_FALSE(seen().at("commands").contains("MAIL"));

  start_with_tls();
  pins_ = {"sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="};
  channel_ = channel();
  EXPECT_NE(send(mail()).reason.find("not trusted"), std::string::npos);
  start_with_tls({"--implicit"});
  pins_.clear();  // nobody signed its certificate
  channel_ = channel();
  EXPECT_NE(send(mail()).reason.find("not trusted"), std::string::npos);
  EXPECT_FALSE(seen().at("commands").contains("AUTH"));
}

TEST_F(MailProvider, EveryRefusalHasItsMeaning) {
  start();
  const auto after = [&](const char* at, const char* say) {
    fails({{"at", at}, {"say", say}});
    return send_later(mail()).receipt;
  };
  EXPECT_EQ(after("connect", "421 4.3.2 Busy"), Receipt::failed_for_now);
  EXPECT_EQ(after("connect", "554 5.3.2 Not for you"), Receipt::failed_for_now);
  EXPECT_EQ(after("auth", "454 4.7.0 Later"), Receipt::failed_for_now);
  EXPECT_EQ(after("auth", "535 5.7.8 No"), Receipt::failed_for_now);
  EXPECT_EQ(after("mail", "421 4.7.0 Too many"), Receipt::failed_for_now);
  EXPECT_EQ(after("mail", "550 5.7.60 Not this sender"), Receipt::failed_for_now);
  EXPECT_EQ(after("rcpt", "450 4.2.0 Greylisted"), Receipt::failed_for_now);
  EXPECT_EQ(after("rcpt", "550 5.1.1 No such user"), Receipt::failed_for_good);
  EXPECT_EQ(after("data", "451 4.3.0 Later"), Receipt::failed_for_now);
  EXPECT_EQ(after("text", "452 4.3.1 Full"), Receipt::failed_for_now);
  EXPECT_EQ(after("text", "554 5.7.1 Spam"), Receipt::failed_for_good);
  EXPECT_TRUE(mails().empty());
  EXPECT_EQ(send_later(mail()).receipt, Receipt::sent);
}

// One person's refusal holds nobody else up.
TEST_F(MailProvider, OneRefusalIsOnePersons) {
  start();
  std::vector<Nudge> batch{mail(), mail("no@hospital.test"), mail("bo@hospital.test")};
  fails({{"at", "rcpt"}, {"say", "550 5.1.1 No such user"}});
  const auto deliveries = channel_->send(batch);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::sent, &Delivery::receipt), 2);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::failed_for_good, &Delivery::receipt), 1);
  for (const Delivery& delivery : deliveries)
    EXPECT_EQ(delivery.reason.find("hospital.test"), std::string::npos);
}

TEST_F(MailProvider, WhatMayHaveArrivedIsUnknown) {
  start();
  fails({{"at", "text"}, {"do", "cut"}});  // the server has it, and said so to nobody
  EXPECT_EQ(send(mail()).receipt, Receipt::unknown);
  EXPECT_EQ(mails().size(), 1U);
  fails({{"at", "text"}, {"do", "garbage"}});
  EXPECT_EQ(send_later(mail()).receipt, Receipt::unknown);
}

TEST_F(MailProvider, WhatCannotHaveArrivedIsTriedAgain) {
  start();
  for (const char* step : {"connect", "ehlo", "auth", "mail", "rcpt", "data"}) {
    for (const char* how : {"cut", "garbage"}) {
      fails({{"at", step}, {"do", how}});
      EXPECT_EQ(send_later(mail()).receipt, Receipt::failed_for_now) << step << how;
    }
  }
  EXPECT_TRUE(mails().empty());
  fails({{"at", "connect"}, {"do", "slow"}});
  EXPECT_EQ(send_later(mail()).receipt, Receipt::sent);
}

// A wrong password must not lock the account: it is tried once, and then not for five minutes.
TEST_F(MailProvider, AWrongPasswordIsTheChannelsTrouble) {
  start();
  channel_ = channel("wrong");
  std::vector<Nudge> batch(15, mail());
  for (const Delivery& delivery : channel_->send(batch)) {
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
    EXPECT_NE(delivery.reason.find("password"), std::string::npos);
    EXPECT_EQ(delivery.reason.find("wrong"), std::string::npos);
  }
  const int tried = seen().at("refused_logins");
  EXPECT_LE(tried, 3 * 2);  // on each connection by both ways that the server offers
  EXPECT_GE(channel_->room().messages, 10'000U);  // so that people are tried elsewhere at once
  EXPECT_EQ(send(mail()).receipt, Receipt::failed_for_now);
  EXPECT_EQ(seen().at("refused_logins"), tried);
}

TEST_F(MailProvider, IsTriedByOneMailWhenItIsOutOfReach) {
  start();
  fails({{"at", "connect"}, {"do", "cut"}, {"times", 100}});
  std::vector<Nudge> batch(15, mail());
  for (const Delivery& delivery : channel_->send(batch))
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
  EXPECT_LE(seen().at("connections"), 3);
}

// What nudges and settings hold can add nothing to the header, and arrives as it was.
TEST_F(MailProvider, NothingIsInjected) {
  start();
  playbook::Playbook playbook;
  const std::string hostile =
      "HERON\r\nBcc: all@hospital.test\r\n\r\n.\r\nMAIL FROM:<x@y.z>\n\u00e9";
  playbook.messages.code_words.any = hostile;
  channel_ = std::make_unique<EmailChannel>(
      server(), std::nullopt, channel::EmailSettings{kFrom, "St \"E\"\r\nX: \u0142", "", "", 6'000},
      clock_, channel::Listen::when_asked);
  Nudge one = mail();
  one.content = {playbook, "en", playbook::Occasion::real, playbook::Meaning::come};
  EXPECT_EQ(send(one).receipt, Receipt::sent);
  EXPECT_EQ(send(mail("ana@hospital.test>\r\nRCPT TO:<bo@hospital.test")).receipt,
            Receipt::failed_for_good);
  EXPECT_EQ(send(mail("ana@hospital.test, bo@hospital.test")).receipt, Receipt::failed_for_good);
  ASSERT_EQ(mails().size(), 1U);
  const json seen = mails().at(0);
  EXPECT_EQ(seen.at("to").size(), 1U);
  EXPECT_EQ(header(seen, "Bcc"), "");
  EXPECT_EQ(header(seen, "X"), "");
  EXPECT_NE(header(seen, "Subject").find("\u00e9"), std::string::npos);
  EXPECT_NE(seen.at("body").get<std::string>().find("\n.\n"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::provider
