#include "base/form.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(Form, ReadsWhatProvidersSend) {
  EXPECT_EQ(read_form("Body=Y+20&From=%2B447700900123&NumMedia=0&Empty=&Bare"),
            (Fields{{"Body", "Y 20"},
                    {"From", "+447700900123"},
                    {"NumMedia", "0"},
                    {"Empty", ""},
                    {"Bare", ""}}));
  EXPECT_EQ(read_form(""), Fields{});
  EXPECT_EQ(read_form("&&a=b=c&"), (Fields{{"a", "b=c"}}));
  EXPECT_EQ(read_form("%e2%9c%85=%00")->front(), (Field{"✅", std::string(1, '\0')}));
}

TEST(Form, RefusesWhatIsCodedWrongly) {
  for (const char* wrong : {"%", "a=%", "a=%1", "a=%1x", "%zz=b"}) EXPECT_FALSE(read_form(wrong));
  std::string many;
  for (std::size_t i = 0; i < kMostFields; ++i) many += "a&";
  EXPECT_EQ(read_form(many)->size(), kMostFields);
  EXPECT_FALSE(read_form(many + "a"));
}

TEST(Form, WritesWhatItReads) {
  const Fields fields{{"To", "+447700900123"}, {"Body", "a b&c=d%\n✅"}, {"", ""}};
  EXPECT_EQ(write_form(fields), "To=%2B447700900123&Body=a%20b%26c%3Dd%25%0A%E2%9C%85&=");
  EXPECT_EQ(read_form(write_form(fields)), fields);
}

TEST(Form, TheFirstOfANameCounts) {
  const Fields fields = *read_form("a=1&b=2&a=3");
  EXPECT_EQ(value_of(fields, "a"), "1");
  EXPECT_EQ(value_of(fields, "c"), "");
}

}  // namespace
}  // namespace tocsin::base
