// The channel email with real servers: Postfix takes the mails, Dovecot keeps them.

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <set>

#include "base/clock.h"
#include "channel/email.h"
#include "channel/mail/letter.h"
#include "process/process.h"
#include "relay/tls.h"
#include "seal/entropy.h"
#include "unit/relay/bare_tls.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::EmailChannel;
using channel::MailProtocol;
using channel::Receipt;
using Nudge = channel::Outgoing<playbook::Nudge>;

const std::string kCallIns = "call-ins@hospital.test";

class MailServers : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-servers-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    const relay::TlsFiles files{folder_ / "certificate", folder_ / "key"};
    relay::make_certificate(files);
    pin_ = relay::Tls{files}.pin();
    servers_.emplace(std::vector<std::string>{TOCSIN_PYTHON, TOCSIN_MAIL_SERVERS, folder_.string(),
                                              files.certificate.string(), files.key.string()});
    const std::string ready = servers_->line().value_or("nothing");
    if (ready.starts_with("skipped")) GTEST_SKIP() << ready;
    const std::size_t imap = ready.find(" imaps://");
    const std::size_t smtp = ready.find("smtp://");
    ASSERT_TRUE(smtp != std::string::npos && imap != std::string::npos) << ready;
    smtp_ = ready.substr(smtp, imap - smtp);
    imap_ = ready.substr(imap + 1);
    channel_ = channel("call-ins");
  }
  void TearDown() override {
    channel_.reset();
    if (servers_) {
      servers_->signal(SIGTERM);
      servers_->finish();
    }
    std::filesystem::remove_all(folder_);
  }

  channel::MailServer server(const std::string& url, MailProtocol protocol, const std::string& user,
                             const std::string& password = "secret") {
    return {*channel::parse_mail_server(url, protocol),
            {pin_},
            std::make_shared<const channel::MailLogin>(
                channel::MailLogin{user, seal::SecretText{password}})};
  }
  // Whoever has a mailbox here may have this channel: Ana's answers are sent by one.
  std::unique_ptr<EmailChannel> channel(const std::string& user) {
    return std::make_unique<EmailChannel>(
        server(smtp_, MailProtocol::smtp, user), server(imap_, MailProtocol::imap, user),
        channel::EmailSettings{user + "@hospital.test", "St Elsewhere \u0142", "",
                               "https://relay.example", 60'000},
        clock_, channel::Listen::background);
  }
  Nudge mail(const std::string& address) {
    return {seal::random_message_id(entropy_), address,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h, channel::Urgency::high};
  }
  // Of a person, by a program of theirs that is not ours.
  void write_as_ana(const std::string& head, const std::string& text) {
    channel::SmtpClient client{server(smtp_, MailProtocol::smtp, "ana")};
    const auto answers = client.perform(1, 1, [&](std::size_t) {
      return channel::SmtpMail{"ana@hospital.test", kCallIns,
                               "From: Ana Bell <Ana@Hospital.test>\r\nTo: " + kCallIns +
                                   "\r\nSubject: Re: Incident message: open\r\n" + head + "\r\n" +
                                   text + "\r\n"};
    });
    ASSERT_EQ(answers.at(0).failure, channel::SmtpFailure::none);
  }
  std::string in_reply_to(const Nudge& one) {
    return "In-Reply-To: <" + channel::message_id_at(one.id, "hospital.test") + ">\r\n";
  }
  Collected next() {
    Collected all = channel_->collect(60s);
    channel_->acknowledge(all.cursor);
    return all;
  }

  std::filesystem::path folder_;
  std::string pin_, smtp_, imap_;
  seal::Entropy entropy_;
  base::SystemClock clock_;
  std::optional<process::Process> servers_;
  std::unique_ptr<EmailChannel> channel_;
};

TEST_F(MailServers, TakeANudgeAndGiveTheAnswer) {
  const Nudge one = mail("ana@hospital.test");
  ASSERT_EQ(channel_->send({&one, 1}).at(0).receipt, Receipt::sent);
  write_as_ana("Auto-Submitted: auto-replied\r\n" + in_reply_to(one), "I am on leave.");
  write_as_ana(in_reply_to(one) +
                   "Message-ID: <1@phone.test>\r\nMIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=iso-8859-2\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n",
               "B=EAd=EA za 20 min\r\n\r\n> Incident message: open\r\n.\r\n-- =\r\n\r\nAna");
  const Collected heard = next();
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].from, "ana@hospital.test");
  EXPECT_TRUE(heard.said[0].words.starts_with("B\u0119d\u0119 za 20 min\n")) << heard.said[0].words;
  EXPECT_EQ(heard.said[0].about, one.id);
  EXPECT_TRUE(heard.deliveries.empty());
  // Another process says the same again.
  channel_ = channel("call-ins");
  const Collected again = next();
  ASSERT_EQ(again.said.size(), 1U);
  EXPECT_EQ(again.said[0].id, heard.said[0].id);
}

TEST_F(MailServers, RefuseAndBounce) {
  const std::vector<Nudge> batch{mail("full@hospital.test"), mail("gone@hospital.test")};
  const auto deliveries = channel_->send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[1].receipt, Receipt::sent);
  const Collected heard = next();
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, batch[1].id);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_TRUE(heard.said.empty());
}

TEST_F(MailServers, TakeManyMailsOverAFewConnections) {
  std::vector<Nudge> batch;
  for (int i = 0; i < 60; ++i) batch.push_back(mail("ana@hospital.test"));
  for (std::size_t at = 0; at < batch.size(); at += 15)
    for (const auto& delivery : channel_->send({batch.data() + at, 15}))
      ASSERT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
  // Each of them is in her mailbox, and none is taken for an answer there.
  channel::ImapClient box{server(imap_, MailProtocol::imap, "ana")};
  std::set<std::string> ids;
  for (std::uint32_t seen = 0; seen < batch.size();) {
    const auto state =
        channel::parse_mailbox_state(box.ask("", "STATUS INBOX (UIDNEXT UIDVALIDITY)").body);
    ASSERT_TRUE(state);
    std::vector<std::uint32_t> numbers;
    for (; seen + 1 < state->next; ++seen) numbers.push_back(seen + 1);
    for (const auto& one : box.fetch("INBOX", state->validity, numbers, 100'000)) {
      const std::string text{one.body.begin(), one.body.end()};
      const std::size_t at = text.find("Message-ID: <");
      ASSERT_NE(at, std::string::npos);
      ids.insert(text.substr(at + 13, 22));
    }
  }
  for (const Nudge& one : batch) EXPECT_TRUE(ids.contains(seal::to_text(one.id)));
}

TEST_F(MailServers, RefuseAWrongPassword) {
  EmailChannel wrong{server(smtp_, MailProtocol::smtp, "call-ins", "wrong"), std::nullopt,
                     channel::EmailSettings{kCallIns, "", "", "", 600}, clock_,
                     channel::Listen::when_asked};
  const Nudge one = mail("ana@hospital.test");
  const auto delivery = wrong.send({&one, 1}).at(0);
  EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
  EXPECT_NE(delivery.reason.find("password"), std::string::npos);
}

// By the system's authorities alone: nobody signed their certificate.
TEST_F(MailServers, AreNotTrustedWithoutTheirPin) {
  channel::MailServer stranger = server(smtp_, MailProtocol::smtp, "call-ins");
  stranger.pins = {"sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="};
  EmailChannel channel{std::move(stranger), std::nullopt,
                       channel::EmailSettings{kCallIns, "", "", "", 600}, clock_,
                       channel::Listen::when_asked};
  const Nudge one = mail("ana@hospital.test");
  EXPECT_NE(channel.send({&one, 1}).at(0).reason.find("not trusted"), std::string::npos);
  channel::MailServer box = server(imap_, MailProtocol::imap, "call-ins");
  box.pins.clear();
  EXPECT_EQ(channel::ImapClient{std::move(box)}.ask("", "NOOP").failure,
            channel::ImapFailure::not_trusted);
}

}  // namespace
}  // namespace tocsin::provider
