#include "base/text.h"

#include <gtest/gtest.h>

#include <array>

namespace tocsin::base {
namespace {

TEST(Text, CountsAreWrittenOneWay) {
  EXPECT_EQ(parse_count("0", 10), 0);
  EXPECT_EQ(parse_count("10", 10), 10);
  for (const char* bad : {"", "010", "-1", "+1", "11", "1e3", "0x1", "99999999999999999999"})
    EXPECT_FALSE(parse_count(bad, 10)) << bad;
}

TEST(Text, Utf8IsCheckedStrictly) {
  EXPECT_TRUE(is_utf8("Zoë 王 😀"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond Unicode
  EXPECT_FALSE(is_utf8("\xe2\x82"));          // cut short
}

TEST(Text, FitFillsExactlyTheColumns) {
  EXPECT_EQ(fit("Resus", 8), "Resus   ");
  EXPECT_EQ(fit("Emergency", 5), "Emer…");
  EXPECT_EQ(display_width(fit("王王王", 4)), 4U);
  EXPECT_EQ(fit("abc", 0), "");
}

TEST(Text, PrintableTakesAwayWhatMovesACursor) {
  EXPECT_EQ(printable("a\x1b[2Jb\n"), "a\xef\xbf\xbd[2Jb\xef\xbf\xbd");
  EXPECT_EQ(printable("x\xe2\x80\xaey"), "x\xef\xbf\xbdy");  // right-to-left override
  EXPECT_EQ(printable("\xff"), "\xef\xbf\xbd");
  EXPECT_EQ(printable("Zoë"), "Zoë");
}

TEST(Text, DidYouMeanFindsTheTypo) {
  constexpr std::array<std::string_view, 3> words = {"areas", "cascade", "messages"};
  EXPECT_EQ(did_you_mean("aeras", words), "areas");
  EXPECT_EQ(did_you_mean("casade", words), "cascade");
  EXPECT_FALSE(did_you_mean("zebra", words));
  EXPECT_FALSE(did_you_mean(std::string(1000, 'a'), words));
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // optimal string alignment, not full Damerau
}

}  // namespace
}  // namespace tocsin::base
