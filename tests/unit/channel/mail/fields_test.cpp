#include "channel/mail/fields.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(MailFields, AreUnfoldedAndFoundWhateverTheirCase) {
  const auto mail = parse_entity(
      "Subject: Re:\r\n\tIncident\r\n message\r\nX-A : "
      "1\r\nFROM:ana@hospital.test\r\n\r\nbody\r\n");
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->field("subject"), "Re:\tIncident message");
  EXPECT_EQ(mail->field("x-a"), "1");
  EXPECT_EQ(mail->field("from"), "ana@hospital.test");
  EXPECT_EQ(mail->field("to"), "");
  EXPECT_TRUE(mail->has("from") && !mail->has("to"));
  EXPECT_EQ(mail->body, "body\r\n");
}

TEST(MailFields, AreReadWithPlainLineEndsAndWithoutABody) {
  EXPECT_EQ(parse_entity("A: 1\nB: 2\n\nx")->body, "x");
  EXPECT_EQ(parse_entity("A: 1")->field("a"), "1");
  EXPECT_EQ(parse_entity("")->body, "");
  EXPECT_EQ(parse_entity("\r\nbody")->body, "body");
}

TEST(MailFields, LeaveOutWhatIsNone) {
  const auto mail = parse_entity(" folded\r\nno colon\r\n: no name\r\na b: 1\r\nC: 2\r\n");
  ASSERT_EQ(mail->fields.size(), 1U);
  EXPECT_EQ(mail->field("c"), "2");
}

TEST(MailFields, AreNotEndless) {
  std::string many;
  for (int i = 0; i < 1'001; ++i) many += "A: 1\r\n";
  EXPECT_FALSE(parse_entity(many));
  std::string folded = "A: 1\r\n";
  for (int i = 0; i < 10'000; ++i) folded += " xxxxxxxxxx\r\n";
  EXPECT_LE(parse_entity(folded)->field("a").size(), 32'768U);
}

ContentType type_of(const std::string& value) {
  return content_type(*parse_entity("Content-Type: " + value + "\r\n\r\n"));
}

TEST(MailFields, HaveATypeWithParameters) {
  EXPECT_EQ(content_type(*parse_entity("A: 1\r\n\r\n")).type, "text/plain");
  const ContentType text = type_of("Text/Plain; format=flowed; CharSet=\"UTF-8\"");
  EXPECT_EQ(text.type, "text/plain");
  EXPECT_EQ(text.charset, "utf-8");
  EXPECT_EQ(type_of("multipart/mixed; boundary=\"a;b=\\\"c\"").boundary, "a;b=\"c");
  EXPECT_EQ(type_of("multipart/mixed (a comment; boundary=x); boundary = y").boundary, "y");
  EXPECT_EQ(type_of("multipart/mixed; boundary=x; boundary=y").boundary, "x");
  for (const char* value : {"", ";", "a;b", "a;=", "a; boundary=\"", "a; boundary", "\"", "a;;;;="})
    EXPECT_EQ(type_of(value).boundary, "") << value;
}

TEST(MailFields, NameOneSender) {
  const auto ana = std::optional<std::string>{"ana@hospital.test"};
  for (const char* value :
       {"ana@hospital.test", " Ana@Hospital.Test ", "Ana <ana@hospital.test>",
        "\"Bell, Ana\" <ana@hospital.test>", "\"<bo@evil.test>\" <ana@hospital.test>",
        "ana@hospital.test (bo@evil.test, x)", "=?utf-8?q?Ana?= <ana@hospital.test>",
        "\"a\\\"<b@c.de>\" <ana@hospital.test>"})
    EXPECT_EQ(only_address(value), ana) << value;
}

// What two programs may read differently is nobody's.
TEST(MailFields, NameNobodyWhenTheyCouldNameTwo) {
  for (const char* value :
       {"", "Ana", "ana@hospital.test, bo@hospital.test", "<ana@hospital.test> <bo@hospital.test>",
        "Staff: ana@hospital.test;", "<<ana@hospital.test>>", "<ana@hospital.test", "\"ana@h.test",
        "ana@hospital.test>", "<>", "ana@hospital.test bo@hospital.test", "<ana @hospital.test>",
        "\"ana bell\"@hospital.test", "an\xc3\xa1@hospital.test"})
    EXPECT_FALSE(only_address(value)) << value;
}

TEST(MailFields, NameMessages) {
  using Ids = std::vector<std::string_view>;
  EXPECT_EQ(message_ids("<a@b>"), (Ids{"a@b"}));
  EXPECT_EQ(message_ids("<a@b> <c@d>\t<e@f>"), (Ids{"a@b", "c@d", "e@f"}));
  EXPECT_EQ(message_ids("<a@b <c@d> x"), (Ids{"c@d"}));
  for (const char* value : {"", "a@b", "<", "<>", "><", "<a@b"})
    EXPECT_TRUE(message_ids(value).empty()) << value;
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "<a@b>";
  EXPECT_EQ(message_ids(many).size(), 100U);
  EXPECT_TRUE(message_ids('<' + std::string(1'000, 'a') + '>').empty());
}

}  // namespace
}  // namespace tocsin::channel
