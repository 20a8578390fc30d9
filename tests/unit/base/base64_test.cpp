#include "base/base64.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

// RFC 4648 section 10.
TEST(Base64, MatchesTheRfc) {
  EXPECT_EQ(to_base64(bytes_of("")), "");
  EXPECT_EQ(to_base64(bytes_of("f")), "Zg==");
  EXPECT_EQ(to_base64(bytes_of("fo")), "Zm8=");
  EXPECT_EQ(to_base64(bytes_of("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64(Bytes{0xfb, 0xff}), "+/8=");
}

}  // namespace
}  // namespace tocsin::base
