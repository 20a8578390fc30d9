#include "channel/mail/received.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "channel/mail/letter.h"

namespace tocsin::channel {
namespace {

using contact::Receipt;

const std::string kDomain = "hospital.test";

seal::MessageId id_of(std::uint8_t first) {
  seal::MessageId id;
  id.bytes[0] = first;
  return id;
}
std::string ours(std::uint8_t first) { return '<' + message_id_at(id_of(first), kDomain) + '>'; }

std::string answer(const std::string& more = "", const std::string& from = "Ana <Ana@h.test>") {
  return fmt::format("{}From: {}\r\nMessage-ID: <1@phone.test>\r\nIn-Reply-To: {}\r\n\r\nY 20\r\n",
                     more, from, ours(1));
}
bool means_nothing(const std::string& mail) {
  return std::holds_alternative<NoMeaning>(read_mail(mail, kDomain));
}

TEST(Received, IsAnAnswerToAMailOfOurs) {
  const auto meaning = read_mail(answer(), kDomain);
  const auto* read = std::get_if<MailAnswer>(&meaning);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->from, "ana@h.test");
  EXPECT_EQ(read->words, "Y 20");
  EXPECT_EQ(read->about, id_of(1));
  EXPECT_EQ(read->theirs, "1@phone.test");
}

TEST(Received, IsKnownByReferencesAndByTheNearestOfThem) {
  const auto meaning = read_mail(
      fmt::format("From: a@h.test\r\nIn-Reply-To: <x@y>\r\nReferences: {} <z@y> {} <q@r>\r\n\r\nN",
                  ours(1), ours(2)),
      kDomain);
  ASSERT_TRUE(std::holds_alternative<MailAnswer>(meaning));
  EXPECT_EQ(std::get<MailAnswer>(meaning).about, id_of(2));
}

TEST(Received, IsNothingWhenItAnswersNoMailOfOurs) {
  EXPECT_TRUE(means_nothing("From: ana@h.test\r\n\r\nY 20"));
  EXPECT_TRUE(means_nothing("From: ana@h.test\r\nIn-Reply-To: <x@hospital.test>\r\n\r\nY 20"));
  EXPECT_TRUE(std::holds_alternative<NoMeaning>(read_mail(answer(), "other.test")));
}

TEST(Received, IsNothingWhenItsSenderIsNotOne) {
  EXPECT_TRUE(means_nothing(answer("", "a@h.test, b@h.test")));
  EXPECT_TRUE(means_nothing(answer("From: b@h.test\r\n")));
  EXPECT_TRUE(means_nothing(answer("", "MAILER-DAEMON@h.test")));
  EXPECT_TRUE(means_nothing(answer("", "no-reply@h.test")));
}

// RFC 3834 and what programs said before it. An answer to one of these begins a loop.
TEST(Received, IsNothingWhenAProgramWroteIt) {
  for (const char* field : {"Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; x=y",
                            "Auto-Submitted:", "Precedence: bulk", "Precedence: Auto_Reply",
                            "Precedence: list", "X-Autoreply: yes", "X-Autorespond: 1",
                            "List-Id: <a.b>", "List-Unsubscribe: <mailto:a@b.cd>",
                            "Return-Path: <>", "Subject: Automatic reply: Incident message",
                            "Subject: Out of Office: x", "X-Failed-Recipients: a@b.cd"})
    EXPECT_TRUE(means_nothing(answer(std::string{field} + "\r\n"))) << field;
  for (const char* field : {"Auto-Submitted: no", "Precedence: first-class",
                            "Return-Path: <ana@h.test>", "Subject: Re: Incident message"})
    EXPECT_FALSE(means_nothing(answer(std::string{field} + "\r\n"))) << field;
}

TEST(Received, HasNoWordsWhenItsTextCannotBeRead) {
  const auto meaning = read_mail(answer("Content-Type: text/html\r\n"), kDomain);
  ASSERT_TRUE(std::holds_alternative<MailAnswer>(meaning));
  EXPECT_EQ(std::get<MailAnswer>(meaning).words, "");
}

std::string report(const std::string& groups, const std::string& original) {
  return fmt::format(
      "Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b"
      "\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
      "Reporting-MTA: dns; h.test\r\n\r\n{}\r\n--b\r\nContent-Type: "
      "message/rfc822\r\n\r\n{}\r\n\r\n"
      "text\r\n--b--\r\n",
      groups, original);
}
MailReport outcome_of(const std::string& groups) {
  const auto meaning = read_mail(report(groups, "Message-ID: " + ours(3)), kDomain);
  const auto* read = std::get_if<MailReport>(&meaning);
  return read == nullptr ? MailReport{} : *read;
}

TEST(Received, IsAReportOfWhatBecameOfAMail) {
  EXPECT_EQ(outcome_of("Action: failed\r\nStatus: 5.1.1\r\n").receipt, Receipt::failed_for_good);
  EXPECT_EQ(outcome_of("Action: failed\r\nStatus: 5.1.1\r\n").about, id_of(3));
  EXPECT_EQ(outcome_of("Action: failed (x)\r\nStatus: 4.4.7 (y)\r\n").receipt,
            Receipt::failed_for_now);
  EXPECT_EQ(outcome_of("Action: Delayed\r\nStatus: 4.4.1\r\n").receipt, Receipt::failed_for_now);
  EXPECT_EQ(outcome_of("Action: failed\r\n").receipt, Receipt::failed_for_good);
  EXPECT_EQ(outcome_of("Action: delivered\r\nStatus: 2.0.0\r\n").receipt, Receipt::delivered);
  EXPECT_EQ(outcome_of("Action: relayed\r\n").receipt, Receipt::unknown);  // nothing
  EXPECT_EQ(outcome_of("Action: delivered\r\n\r\nAction: failed\r\nStatus: 5.0.0\r\n").receipt,
            Receipt::failed_for_good);
  EXPECT_EQ(outcome_of("").receipt, Receipt::unknown);
}

TEST(Received, ReasonsHoldNothingOfTheReport) {
  const MailReport one = outcome_of(
      "Final-Recipient: rfc822; ana@h.test\r\nAction: failed\r\nStatus: 5.1.1 ana@h.test\r\n"
      "Diagnostic-Code: smtp; 550 ana@h.test\r\n");
  EXPECT_EQ(one.reason, "a mail server does not know the address, or refuses it (5.1.1)");
  EXPECT_EQ(outcome_of("Action: failed\r\nStatus: ana\r\n").reason,
            "a mail server does not know the address, or refuses it");
}

TEST(Received, AReportMayNameOurMailInItsHeader) {
  const auto meaning = read_mail("In-Reply-To: " + ours(4) + "\r\n" +
                                     report("Action: failed\r\nStatus: 5.2.2\r\n", "Subject: x"),
                                 kDomain);
  ASSERT_TRUE(std::holds_alternative<MailReport>(meaning));
  EXPECT_EQ(std::get<MailReport>(meaning).about, id_of(4));
}

TEST(Received, AReportOfAnotherMailIsNothing) {
  EXPECT_TRUE(means_nothing(report("Action: failed\r\nStatus: 5.1.1\r\n", "Message-ID: <x@y>")));
  EXPECT_TRUE(means_nothing(
      "Content-Type: multipart/report; boundary=b\r\nIn-Reply-To: " + ours(1) + "\r\n\r\nY 20"));
}

}  // namespace
}  // namespace tocsin::channel
