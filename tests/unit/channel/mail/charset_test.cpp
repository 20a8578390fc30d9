#include "channel/mail/charset.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

TEST(Charset, OfEuropesMailsIsRead) {
  EXPECT_EQ(to_utf8("", "Y 20"), "Y 20");
  EXPECT_EQ(to_utf8("utf-8", "caf\u00e9"), "caf\u00e9");
  EXPECT_EQ(to_utf8("iso-8859-1", "caf\xe9 \x96"), "caf\u00e9 \u2013");  // as windows-1252
  EXPECT_EQ(to_utf8("windows-1250", "id\xea"), "id\u0119");
  EXPECT_EQ(to_utf8("iso-8859-2", "p\xf3\xbcno"), "p\u00f3\u017ano");
  EXPECT_EQ(to_utf8("iso-8859-14", "\xf0"), "\u0175");
  EXPECT_EQ(to_utf8("windows-1256", "\xcc\xed"), "\u062c\u064a");
}

TEST(Charset, WithStatesIsRefused) {
  for (const char* name : {"utf-7", "utf-16", "iso-2022-jp", "hz-gb-2312", "gb18030", "x-unknown",
                           "utf-8//translit", "UTF-8"})
    EXPECT_FALSE(to_utf8(name, "Y 20")) << name;
}

// The answer around it is read all the same.
TEST(Charset, ABrokenByteIsOneCharacterThatIsNone) {
  EXPECT_EQ(to_utf8("utf-8", "Y\xff 20"), "Y\ufffd 20");
  EXPECT_EQ(to_utf8("utf-8", "Y\xc3"), "Y\ufffd");
  EXPECT_EQ(to_utf8("windows-1252", "\x81"), "\ufffd");
  for (const char* bytes : {"\xed\xa0\x80", "\xc0\xaf", "\xf8\x88\x80\x80\x80"})
    EXPECT_TRUE(base::is_utf8(*to_utf8("utf-8", bytes)));
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_TRUE(base::is_utf8(*to_utf8("utf-8", all)));
  EXPECT_EQ(to_utf8("utf-8", std::string(10'000, 'a'))->size(), 10'000U);
}

}  // namespace
}  // namespace tocsin::channel
