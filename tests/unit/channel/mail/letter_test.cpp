#include "channel/mail/letter.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

Letter letter() {
  Letter letter;
  letter.id.bytes = {0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  letter.from = "call-ins@hospital.test";
  letter.to = "ana@hospital.test";
  letter.subject = "Incident message: open";
  letter.text = "Incident message: open https://relay.example";
  letter.date =
      base::Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h + 40min};
  return letter;
}

TEST(Letter, SaysWhatTheManualSaysAndNothingElse) {
  EXPECT_EQ(write(letter()),
            "Date: Sun, 22 Nov 2026 22:40:00 +0000\r\n"
            "From: call-ins@hospital.test\r\n"
            "To: ana@hospital.test\r\n"
            "Subject: Incident message: open\r\n"
            "Message-ID: <_wECAwQFBgcICQoLDA0ODw@hospital.test>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Auto-Response-Suppress: OOF, AutoReply\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Incident message: open https://relay.example\r\n");
}

TEST(Letter, HasANameAReplyAddressAndAnUrgency) {
  Letter one = letter();
  one.name = "St \"Elsewhere\"";
  one.reply_to = "answers@hospital.test";
  one.is_urgent = true;
  const std::string text = write(one);
  EXPECT_NE(text.find("\r\nFrom: \"St \\\"Elsewhere\\\"\"\r\n <call-ins@hospital.test>\r\n"),
            std::string::npos);
  EXPECT_NE(text.find("\r\nReply-To: answers@hospital.test\r\n"), std::string::npos);
  EXPECT_NE(text.find("\r\nImportance: high\r\n"), std::string::npos);
}

TEST(Letter, NoTextAddsAField) {
  Letter one = letter();
  one.name = "St\r\nBcc: a@b.c\r\n\r\nx";
  one.subject = "open\nBcc: a@b.c\n\n\u0142";
  one.text = "\r\n.\r\nBcc: a@b.c";
  const std::string text = write(one);
  const std::string head = text.substr(0, text.find("\r\n\r\n"));
  for (const std::string_view line : base::split(head, '\n'))
    EXPECT_FALSE(line.starts_with("Bcc")) << line;
  EXPECT_EQ(std::count(head.begin(), head.end(), '\n'), 10);  // and one that folds
}

TEST(Letter, IsKnownAgainByItsMessageId) {
  const seal::MessageId id = letter().id;
  const std::string theirs = message_id_at(id, "hospital.test");
  EXPECT_EQ(our_message_id(theirs, "hospital.test"), id);
  EXPECT_EQ(our_message_id("_wECAwQFBgcICQoLDA0ODw@Hospital.Test", "hospital.test"), id);
  EXPECT_FALSE(our_message_id(theirs, "elsewhere.test"));
  EXPECT_FALSE(our_message_id("x" + theirs, "hospital.test"));
  EXPECT_FALSE(our_message_id("@hospital.test", "hospital.test"));
  EXPECT_FALSE(our_message_id("hospital.test", "hospital.test"));
  EXPECT_FALSE(our_message_id("", "hospital.test"));
}

TEST(Letter, GoesToAddressesOnly) {
  EXPECT_TRUE(is_address("ana@hospital.test"));
  for (const char* text : {"", "ana", "ana@hospital.test\r\nBcc: b@c.de", "a@b.cd, c@d.ef",
                           "Ana <a@b.cd>", "a b@c.de", "a@b.cd>"})
    EXPECT_FALSE(is_address(text)) << text;
  EXPECT_EQ(domain_of("ana@hospital.test"), "hospital.test");
  EXPECT_EQ(domain_of("ana"), "ana");
}

TEST(Letter, HasASubjectWithoutTheLink) {
  EXPECT_EQ(subject_of("HERON: open https://r.example", "https://r.example"), "HERON: open");
  EXPECT_EQ(subject_of("HERON", ""), "HERON");
  EXPECT_EQ(subject_of(" https://r.example ", "https://r.example"), "Incident message");
  EXPECT_EQ(subject_of("", "x"), "Incident message");
}

}  // namespace
}  // namespace tocsin::channel
