#include "channel/mail/text_part.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

std::optional<std::string> text_of(const std::string& mail) {
  return plain_text(*parse_entity(mail));
}

TEST(TextPart, IsTheWholeBodyOfAPlainMail) {
  EXPECT_EQ(text_of("From: a@b.cd\r\n\r\nY 20\r\n"), "Y 20\r\n");
  EXPECT_EQ(
      text_of("Content-Type: text/plain; charset=iso-8859-2\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\np=F3=BCno, 20=\r\n min\r\n"),
      "p\u00f3\u017ano, 20 min\n");
  EXPECT_EQ(text_of("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: BASE64"
                    "\r\n\r\nWSAy\r\nMA==\r\n"),
            "Y 20");
}

constexpr const char* kAlternative =
    "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\npreamble\r\n"
    "--b\r\nContent-Type: text/plain\r\n\r\nY 20\r\n"
    "--b\r\nContent-Type: text/html\r\n\r\n<p>N</p>\r\n--b--\r\nepilogue\r\n";

TEST(TextPart, IsTheFirstPlainOneOfSeveral) {
  EXPECT_EQ(text_of(kAlternative), "Y 20\r\n");
  const std::string inner = kAlternative;
  EXPECT_EQ(text_of("Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n"
                    "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nN\r\n"
                    "--outer\r\n" +
                    inner + "--outer--\r\n"),
            "Y 20\r\n");
  EXPECT_EQ(parts_of(*parse_entity(kAlternative)).size(), 2U);
}

TEST(TextPart, IsReadFromAMailThatWasCutOff) {
  EXPECT_EQ(text_of("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nY 20"), "Y 20");
}

TEST(TextPart, IsNoOtherPart) {
  EXPECT_FALSE(text_of("Content-Type: text/html\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Type: text/plain; charset=utf-7\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Transfer-Encoding: x-uuencode\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Type: message/rfc822\r\n\r\nA: 1\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Type: multipart/mixed; boundary=b\r\n\r\nY 20"));
  EXPECT_FALSE(text_of("Content-Type: multipart/mixed; boundary=b\r\n\r\n--bc\r\n\r\nY 20"));
}

TEST(TextPart, NestsOnlySoDeepAndHasOnlySoMany) {
  std::string deep = "\r\nY 20";
  for (int i = 0; i < 100; ++i)
    deep = "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
           std::to_string(i) + "\r\n" + deep;
  EXPECT_FALSE(text_of(deep));
  std::string many = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int i = 0; i < 10'000; ++i) many += "--b\r\n\r\n";
  EXPECT_EQ(parts_of(*parse_entity(many)).size(), 50U);
}

TEST(TextPart, HasItsQuotationTakenAway) {
  EXPECT_EQ(
      without_quotation("Y 20\r\n\r\nOn Monday St Elsewhere wrote:\r\n> Incident\r\n>> open\r\n"),
      "Y 20\n\nOn Monday St Elsewhere wrote:\n>");
  EXPECT_EQ(without_quotation("> a\r\nY 20\r\n> b\r\n"), ">\nY 20\n>");
  EXPECT_EQ(without_quotation("N\r\n-- \r\nAna Bell, 20 minutes away"), "N");
  EXPECT_EQ(without_quotation(""), "");
}

}  // namespace
}  // namespace tocsin::channel
