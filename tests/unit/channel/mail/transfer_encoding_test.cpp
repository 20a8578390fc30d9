#include "channel/mail/transfer_encoding.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

// As RFC 2045, 6.7, has it.
TEST(TransferEncoding, WritesQuotedPrintable) {
  EXPECT_EQ(quoted_printable(""), "");
  EXPECT_EQ(quoted_printable("Y 20"), "Y 20\r\n");
  EXPECT_EQ(quoted_printable("a=b"), "a=3Db\r\n");
  EXPECT_EQ(quoted_printable("caf\u00e9\n"), "caf=C3=A9\r\n");
  EXPECT_EQ(quoted_printable("a \nb\t\r\nc "), "a=20\r\nb=09\r\nc=20\r\n");
  EXPECT_EQ(quoted_printable("\r\r\n\x01"), "=0D\r\n=01\r\n");
}

TEST(TransferEncoding, WritesNoLongLine) {
  for (const std::string& text : {std::string(1'000, 'a'), std::string(1'000, '='),
                                  std::string(75, 'a') + "\u00e9", std::string(76, 'a')}) {
    const std::string coded = quoted_printable(text);
    for (const std::string_view line : base::split(coded, '\n')) {
      EXPECT_LE(line.size(), 77U);  // with its CR
      EXPECT_EQ(line.empty() || line.ends_with('\r'), true);
    }
  }
}

TEST(TransferEncoding, LeavesAPlainFieldAsItIs) {
  EXPECT_EQ(field_text("Incident message: open"), "Incident message: open");
  EXPECT_EQ(field_text(""), "");
}

// RFC 2047, 2: at most 75 characters, and lines of at most 76.
TEST(TransferEncoding, PutsOtherTextIntoEncodedWords) {
  EXPECT_EQ(field_text("caf\u00e9 1"), "=?utf-8?q?caf=C3=A9_1?=");
  EXPECT_EQ(field_text("=?utf-8?q?x?="), "=?utf-8?q?=3D=3Futf=2D8=3Fq=3Fx=3F=3D?=");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\u0142\u20ac\U0001F6A8";
  const std::string coded = field_text(text);
  std::string bytes;
  for (std::string_view line : base::split(coded, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    ASSERT_LE(line.size(), 76U);
    if (line.starts_with(' ')) line.remove_prefix(1);
    ASSERT_TRUE(line.starts_with("=?utf-8?q?") && line.ends_with("?="));
    const std::string_view inside = line.substr(10, line.size() - 12);
    std::string word;
    for (std::size_t i = 0; i < inside.size(); i += 3)
      word += static_cast<char>(std::stoi(std::string{inside.substr(i + 1, 2)}, nullptr, 16));
    EXPECT_TRUE(base::is_utf8(word));  // no character is in two of them
    bytes += word;
  }
  EXPECT_EQ(bytes, text);
}

TEST(TransferEncoding, AFieldHasNoLineOfItsOwn) {
  EXPECT_EQ(field_text("a\r\nBcc: b@c.d"), "a  Bcc: b@c.d");
  EXPECT_EQ(field_text(std::string{"a\0b\x7f", 4}), "a b ");
}

TEST(TransferEncoding, ReadsQuotedPrintable) {
  EXPECT_EQ(from_quoted_printable("caf=C3=A9 =3d 1=\r\n2\r\nc  \r\n"), "caf\u00e9 = 12\nc\n");
  EXPECT_EQ(from_quoted_printable("=C"), "=C");
  EXPECT_EQ(from_quoted_printable("=XY=4"), "=XY=4");
  EXPECT_EQ(from_quoted_printable("a="), "a");
  EXPECT_EQ(from_quoted_printable(""), "");
  for (const std::string& text : {std::string{"Y 20\n\xff\x80 =\n"}, std::string(500, '='),
                                  std::string{"a \nb\t\n"}, std::string{"caf\u00e9\n"}})
    EXPECT_EQ(from_quoted_printable(quoted_printable(text)),
              text.ends_with('\n') ? text : text + '\n');
}

// RFC 4648, 10, and RFC 2045, 6.8: what is no base64 is skipped.
TEST(TransferEncoding, ReadsBase64) {
  EXPECT_EQ(from_mail_base64(""), "");
  EXPECT_EQ(from_mail_base64("Zg=="), "f");
  EXPECT_EQ(from_mail_base64("Zm9v\r\nYmFy"), "foobar");
  EXPECT_EQ(from_mail_base64("Zm 9v!YmE"), "fooba");
  EXPECT_EQ(from_mail_base64("Z"), "");
  EXPECT_EQ(from_mail_base64("/+//"), "\xff\xef\xff");
}

}  // namespace
}  // namespace tocsin::channel
