// Answers and bounces of the channel email, against a simulator of a mailbox that fails as it is
// told, and gives whatever mail a test writes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "channel/email.h"
#include "channel/mail/letter.h"
#include "provider/provider_process.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::EmailChannel;
using channel::MailProtocol;
using channel::Receipt;
using channel::Said;
using nlohmann::json;
using Nudge = channel::Outgoing<playbook::Nudge>;

class MailboxProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(), "mail");
    provider_ = std::make_unique<ProviderProcess>(options);
    channel_ = channel();
  }
  std::unique_ptr<EmailChannel> channel(channel::Listen listen = channel::Listen::when_asked,
                                        const std::string& password = "secret") {
    const json origins = provider_->control();
    const auto login = std::make_shared<const channel::MailLogin>(
        channel::MailLogin{"call-ins", seal::SecretText{password}});
    const auto server = [&](const char* name, MailProtocol protocol) {
      return channel::MailServer{
          *channel::parse_mail_server(origins.at(name).get<std::string>(), protocol), {}, login};
    };
    return std::make_unique<EmailChannel>(
        server("smtp", MailProtocol::smtp), server("imap", MailProtocol::imap),
        channel::EmailSettings{"call-ins@hospital.test", "", "", "", 6'000}, clock_, listen);
  }

  // The id of a nudge that was sent.
  seal::MessageId sent() {
    const Nudge one{seal::random_message_id(entropy_), "ana@hospital.test",
                    playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                                    playbook::Meaning::come},
                    clock_.now() + 6h, channel::Urgency::high};
    EXPECT_EQ(channel_->send({&one, 1}).at(0).receipt, Receipt::sent);
    return one.id;
  }
  static std::string ours(const seal::MessageId& id) {
    return '<' + channel::message_id_at(id, "hospital.test") + '>';
  }
  std::string answer(const seal::MessageId& about, const std::string& text,
                     const std::string& more = "") {
    return fmt::format(
        "From: Ana Bell <Ana@hospital.test>\r\nTo: call-ins@hospital.test\r\n"
        "Subject: Re: Incident message: open\r\nMessage-ID: <{}@phone.test>\r\n"
        "In-Reply-To: {}\r\n{}\r\n{}\r\n",
        ++answers_, ours(about), more, text);
  }
  // As Postfix writes it.
  static std::string bounce(const seal::MessageId& about, const std::string& action,
                            const std::string& status) {
    return fmt::format(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@hospital.test (Mail Delivery System)\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status;\r\n"
        "\tboundary=\"4F1.1700000000/mail.test\"\r\n\r\nThis is a MIME-encapsulated "
        "message.\r\n\r\n"
        "--4F1.1700000000/mail.test\r\nContent-Description: Notification\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry.\r\n\r\n"
        "--4F1.1700000000/mail.test\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.test\r\nX-Postfix-Queue-ID: 4F1\r\n\r\n"
        "Final-Recipient: rfc822; ana@hospital.test\r\nOriginal-Recipient: "
        "rfc822;ana@hospital.test\r\nAction: {}\r\nStatus: {}\r\n"
        "Diagnostic-Code: X-Postfix; unknown user: \"ana\"\r\n\r\n"
        "--4F1.1700000000/mail.test\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        "From: call-ins@hospital.test\r\nMessage-ID: {}\r\nSubject: Incident message\r\n\r\n"
        "--4F1.1700000000/mail.test--\r\n",
        action, status, ours(about));
  }
  void arrive(const std::string& mail, int seconds_ago = 0) {
    provider_->control({{"arrive", json::array({{{"mail", mail}, {"ago", seconds_ago}}})}});
  }
  void fails(json fault) { provider_->control({{"imap", json::array({std::move(fault)})}}); }
  Collected collect(base::Milliseconds later = 6min) {
    provider_->advance(clock_, later);
    Collected all = channel_->collect(0ms);
    channel_->acknowledge(all.cursor);
    return all;
  }

  seal::Entropy entropy_;
  ForwardClock clock_;
  int answers_ = 0;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<EmailChannel> channel_;
};

TEST_F(MailboxProvider, GivesAnAnswerToAMailOfOurs) {
  start();
  collect();
  const seal::MessageId id = sent();
  arrive(answer(id, "Y 20\r\n\r\n> Incident message: open\r\n-- \r\nAna"));
  const Collected heard = collect();
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].from, "ana@hospital.test");
  EXPECT_EQ(heard.said[0].words, "Y 20\n\n>");
  EXPECT_EQ(heard.said[0].about, id);
  EXPECT_LE(heard.said[0].at, clock_.now());
  EXPECT_GE(heard.said[0].at, clock_.now() - 13min);
  EXPECT_TRUE(collect().said.empty());
}

TEST_F(MailboxProvider, GivesNothingElse) {
  start();
  const seal::MessageId id = sent();
  arrive("From: ana@hospital.test\r\nSubject: Y 20\r\n\r\nY 20\r\n");  // answers no mail of ours
  arrive(answer(id, "I am away", "Auto-Submitted: auto-replied\r\n"));
  arrive(answer(id, "Y 20", "Precedence: bulk\r\n"));
  arrive(answer(id, "Y 20", "List-Id: <all.hospital.test>\r\n"));
  arrive("Return-Path: <>\r\n" + answer(id, "Y 20"));
  arrive("");
  arrive(std::string(300'000, 'x'));
  arrive(std::string("\0\x01\r\n\r\n", 6));
  const Collected heard = collect();
  EXPECT_TRUE(heard.said.empty());
  EXPECT_TRUE(heard.deliveries.empty());
  EXPECT_EQ(provider_->control().at("mails").size(), 1U);  // nobody was written to
}

TEST_F(MailboxProvider, TakesABounceForTheMailThatItIsAbout) {
  start();
  const seal::MessageId gone = sent();
  const seal::MessageId late = sent();
  arrive(bounce(gone, "failed", "5.1.1"));
  arrive(bounce(late, "delayed", "4.4.1"));
  arrive(bounce(seal::random_message_id(entropy_), "relayed", "2.0.0"));
  const Collected heard = collect();
  ASSERT_EQ(heard.deliveries.size(), 2U);
  EXPECT_EQ(heard.deliveries[0].id, gone);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(heard.deliveries[0].reason.find("ana"), std::string::npos);
  EXPECT_EQ(heard.deliveries[1].id, late);
  EXPECT_EQ(heard.deliveries[1].receipt, Receipt::failed_for_now);
  EXPECT_TRUE(heard.said.empty());
}

TEST_F(MailboxProvider, ReadsEachMailOnceAndInItsOrder) {
  start();
  const seal::MessageId id = sent();
  for (int i = 0; i < 100; ++i) arrive(answer(id, fmt::format("Y {}", i)));
  const Collected heard = collect();
  ASSERT_EQ(heard.said.size(), 100U);
  std::set<seal::MessageId> ids;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(heard.said[static_cast<std::size_t>(i)].words, fmt::format("Y {}", i));
    ids.insert(heard.said[static_cast<std::size_t>(i)].id);
  }
  EXPECT_EQ(ids.size(), 100U);
  EXPECT_TRUE(collect().said.empty());
  const json seen = provider_->control();
  for (const json& count : seen.at("fetched")) EXPECT_EQ(count, 1);
  EXPECT_LE(seen.at("imap_connections"), 3);
}

// Numbers without mails, as in a mailbox that is tidied.
TEST_F(MailboxProvider, FindsTheLastDaysMailsInALongMailbox) {
  start();
  const seal::MessageId id = sent();
  json old = json::array();
  for (int i = 0; i < 800; ++i) old.push_back({{"mail", "old"}, {"ago", 100'000}});
  provider_->control({{"arrive", old}});
  arrive(answer(id, "Y 10"), 3'600);
  provider_->control({{"skip", 1'500}});
  arrive(answer(id, "Y 20"), 60);
  EXPECT_EQ(collect().said.size(), 2U) << channel_->trouble();
  EXPECT_EQ(provider_->control().at("fetched").size(), 2U);
}

TEST_F(MailboxProvider, SaysTheSameAgainAfterARestartAndInANewMailbox) {
  start();
  const seal::MessageId id = sent();
  arrive(answer(id, "Y 20"));
  arrive(bounce(id, "failed", "5.1.1"));
  const Collected before = collect();
  ASSERT_EQ(before.said.size(), 1U);
  channel_ = channel();
  const Collected after = collect();
  ASSERT_EQ(after.said.size(), 1U);
  EXPECT_EQ(after.said[0].id, before.said[0].id);
  EXPECT_EQ(after.deliveries.size(), 1U);
  provider_->control({{"validity", 8}});
  const Collected anew = collect();
  ASSERT_EQ(anew.said.size(), 1U);
  EXPECT_EQ(anew.said[0].id, before.said[0].id);
  arrive(answer(id, "N"));
  EXPECT_EQ(collect().said.at(0).words, "N");
}

TEST_F(MailboxProvider, KeepsWhatIsNotAcknowledged) {
  start();
  const seal::MessageId id = sent();
  arrive(answer(id, "Y 20"));
  provider_->advance(clock_, 6min);
  EXPECT_EQ(channel_->collect(0ms).said.size(), 1U);
  const Collected again = channel_->collect(0ms);
  EXPECT_EQ(again.said.size(), 1U);
  channel_->acknowledge(again.cursor);
  EXPECT_TRUE(channel_->collect(0ms).said.empty());
}

TEST_F(MailboxProvider, LosesNothingHoweverItFails) {
  start();
  collect();
  const seal::MessageId id = sent();
  int expected = 0;
  for (const char* step : {"connect", "login", "select", "status", "list", "fetch"}) {
    for (const char* how : {"cut", "garbage", "truncate"}) {
      channel_ = channel();  // with a connection of its own
      arrive(answer(id, fmt::format("Y {}", ++expected)));
      fails({{"at", step}, {"do", how}});
      std::set<std::string> words;
      for (int i = 0; i < 4; ++i)
        for (const Said& said : collect().said) words.insert(said.words);
      EXPECT_EQ(words.size(), static_cast<std::size_t>(expected)) << step << how;
      EXPECT_EQ(channel_->trouble(), "") << step << how;
    }
  }
  fails({{"at", "status"}, {"say", "NO [UNAVAILABLE] Later"}});
  collect();
  EXPECT_NE(channel_->trouble(), "");
}

// One mail that the server cannot give holds nobody up for long.
TEST_F(MailboxProvider, LeavesOutAMailThatCannotBeRead) {
  start();
  collect();
  const seal::MessageId id = sent();
  arrive(answer(id, "Y 20"));
  arrive(answer(id, "N"));
  fails({{"at", "fetch"}, {"do", "truncate"}, {"times", 6}});
  std::vector<std::string> words;
  for (int i = 0; i < 8; ++i)
    for (const Said& said : collect().said) words.push_back(said.words);
  EXPECT_FALSE(words.empty());
  EXPECT_EQ(words.back(), "N");
}

TEST_F(MailboxProvider, GoesOnWhenAMailIsDeletedMeanwhile) {
  start();
  collect();
  const seal::MessageId id = sent();
  arrive(answer(id, "Y 20"));
  arrive(answer(id, "N"));
  fails({{"at", "fetch"}, {"say", "NO [EXPUNGEISSUED] It is gone"}});
  EXPECT_EQ(collect().said.size(), 1U);
}

TEST_F(MailboxProvider, AWrongPasswordIsTriedRarely) {
  start();
  channel_ = channel(channel::Listen::when_asked, "wrong");
  for (int i = 0; i < 20; ++i) collect(30s);
  EXPECT_NE(channel_->trouble().find("password"), std::string::npos);
  EXPECT_LE(provider_->control().at("refused_logins"), 3);
}

TEST_F(MailboxProvider, IsHeardInTheBackgroundAndLeftWhileItHangs) {
  start();
  arrive(answer(sent(), "Y 20"));
  channel_ = channel(channel::Listen::background);
  EXPECT_EQ(channel_->collect(30s).said.size(), 1U);
  fails({{"at", "connect"}, {"do", "hang"}});
  const int before = provider_->control().at("imap_connections");
  channel_ = channel(channel::Listen::background);
  while (provider_->control().at("imap_connections") == before) continue;
  channel_.reset();
}

}  // namespace
}  // namespace tocsin::provider
