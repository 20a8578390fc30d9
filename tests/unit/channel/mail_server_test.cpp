#include "channel/mail_server.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(MailServer, HasASchemeAHostAndAPort) {
  const auto smtp = parse_mail_server("smtp://mail.example.org", MailProtocol::smtp);
  ASSERT_TRUE(smtp);
  EXPECT_EQ(smtp->origin, "smtp://mail.example.org:587");
  EXPECT_FALSE(smtp->is_implicit_tls || smtp->is_this_machine);
  const auto imaps = parse_mail_server("imaps://Mail.example.org/", MailProtocol::imap);
  ASSERT_TRUE(imaps);
  EXPECT_EQ(imaps->origin, "imaps://mail.example.org:993");
  EXPECT_TRUE(imaps->is_implicit_tls);
  EXPECT_EQ(parse_mail_server("smtps://a.example", MailProtocol::smtp)->origin,
            "smtps://a.example:465");
  EXPECT_EQ(parse_mail_server("imap://a.example:1143", MailProtocol::imap)->origin,
            "imap://a.example:1143");
}

TEST(MailServer, KnowsThisMachine) {
  for (const char* url : {"smtp://localhost", "smtp://127.0.0.1:25", "smtp://[::1]:25"})
    EXPECT_TRUE(parse_mail_server(url, MailProtocol::smtp)->is_this_machine) << url;
  for (const char* url : {"smtp://localhost.example", "smtp://127.0.0.2", "smtp://10.0.0.1"})
    EXPECT_FALSE(parse_mail_server(url, MailProtocol::smtp)->is_this_machine) << url;
}

TEST(MailServer, IsNothingElse) {
  for (const char* url :
       {"", "mail.example.org", "https://mail.example.org", "imap://mail.example.org",
        "smtp://user@mail.example.org", "smtp://user:secret@mail.example.org",
        "smtp://mail.example.org/path", "smtp://mail.example.org?x", "smtp://mail.example.org#x",
        "smtp://;AUTH=PLAIN@mail.example.org", "smtp://", "smtp://mail.example.org:99999",
        "smtp://mail.example.org\r\nx"})
    EXPECT_FALSE(parse_mail_server(url, MailProtocol::smtp)) << url;
}

}  // namespace
}  // namespace tocsin::channel
