#include "base/bytes.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(Bytes, HexGoesBothWays) {
  const Bytes bytes{0x00, 0x7f, 0x80, 0xff};
  EXPECT_EQ(to_hex(bytes), "007f80ff");
  EXPECT_EQ(from_hex("007F80ff"), bytes);
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

// RFC 4648 section 10, without padding.
TEST(Bytes, Base64urlMatchesTheRfc) {
  EXPECT_EQ(to_base64url(bytes_of("")), "");
  EXPECT_EQ(to_base64url(bytes_of("f")), "Zg");
  EXPECT_EQ(to_base64url(bytes_of("fo")), "Zm8");
  EXPECT_EQ(to_base64url(bytes_of("foo")), "Zm9v");
  EXPECT_EQ(to_base64url(bytes_of("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64url(Bytes{0xfb, 0xff}), "-_8");
}

TEST(Bytes, Base64urlHasOneSpellingOnly) {
  EXPECT_EQ(from_base64url("Zg"), Bytes{'f'});
  EXPECT_FALSE(from_base64url("Zh"));    // non-zero spare bits
  EXPECT_FALSE(from_base64url("Zg=="));  // padding
  EXPECT_FALSE(from_base64url("Zm9vY"));
  EXPECT_FALSE(from_base64url("Zm 9"));
}

TEST(Bytes, ReaderReadsWhatWriterWrote) {
  ByteWriter writer;
  writer.u8(7);
  writer.u16(0xbeef);
  writer.u32(0xdeadbeef);
  writer.u64(0x0123456789abcdef);
  writer.i64(-5);
  for (const std::uint64_t v : {0ULL, 127ULL, 128ULL, 16384ULL, ~0ULL}) writer.varint(v);
  writer.text("north entrance");
  ByteReader reader{writer.bytes()};
  EXPECT_EQ(reader.u8(), 7);
  EXPECT_EQ(reader.u16(), 0xbeef);
  EXPECT_EQ(reader.u32(), 0xdeadbeef);
  EXPECT_EQ(reader.u64(), 0x0123456789abcdefU);
  EXPECT_EQ(reader.i64(), -5);
  for (const std::uint64_t v : {0ULL, 127ULL, 128ULL, 16384ULL, ~0ULL})
    EXPECT_EQ(reader.varint(), v);
  EXPECT_EQ(reader.text(), "north entrance");
  EXPECT_TRUE(reader.done());
}

TEST(Bytes, ReaderLatchesWhenItRunsShort) {
  const Bytes bytes{5, 'a', 'b'};
  ByteReader reader{bytes};
  EXPECT_TRUE(reader.sized().empty());
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_FALSE(reader.done());
}

TEST(Bytes, ReaderRefusesASecondSpellingOfAVarint) {
  const Bytes padded{0x80, 0x00};
  ByteReader reader{padded};
  reader.varint();
  EXPECT_FALSE(reader.ok());
  const Bytes endless(11, 0xff);
  ByteReader other{endless};
  other.varint();
  EXPECT_FALSE(other.ok());
}

}  // namespace
}  // namespace tocsin::base
