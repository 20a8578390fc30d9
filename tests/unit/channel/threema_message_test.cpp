#include "channel/threema_message.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

base::Bytes bytes(std::string_view hex) { return *base::from_hex(hex); }

TEST(ThreemaMessage, IsPaddedAsThreemaSays) {
  // "Hi" with 5 drawn: 30 bytes of padding make 32.
  std::string padding;
  for (int i = 0; i < 30; ++i) padding += "1e";
  EXPECT_EQ(base::to_hex(threema_text("Hi", 5)), "014869" + padding);
  // 100 drawn are more than needed.
  EXPECT_EQ(threema_text("Hi", 100).size(), 103U);
  EXPECT_EQ(threema_text("Hi", 100).back(), 100);
  // A long text needs no more than what is drawn.
  const base::Bytes one = threema_text(std::string(40, 'x'), 1);
  EXPECT_EQ(one.size(), 42U);
  EXPECT_EQ(one.back(), 1);
}

TEST(ThreemaMessage, IsNeverShorterThanThreemaSaysAndReadsBack) {
  for (const std::size_t size : {1U, 2U, 31U, 32U, 33U, 3'500U})
    for (int drawn = 1; drawn < 256; ++drawn) {
      const std::string text(size, 'x');
      const base::Bytes content = threema_text(text, static_cast<std::uint8_t>(drawn));
      EXPECT_GE(content.size() - 1, 32U);
      EXPECT_LE(content.size() + 16, 4'000U);
      const auto read = parse_threema_content(content);
      ASSERT_TRUE(std::holds_alternative<ThreemaWords>(read)) << size << ' ' << drawn;
      EXPECT_EQ(std::get<ThreemaWords>(read).text, text.substr(0, 1'600));
    }
}

TEST(ThreemaMessage, ReadsReceipts) {
  const auto read = parse_threema_content(bytes("8003a1a2a3a4a5a6a7a8b1b2b3b4b5b6b7b80101"));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(read));  // 1 byte too many
  const auto receipt = std::get<ThreemaReceipt>(
      parse_threema_content(bytes("8004a1a2a3a4a5a6a7a8b1b2b3b4b5b6b7b80202")));
  EXPECT_EQ(receipt.says, ThreemaSays::declined);
  EXPECT_EQ(receipt.messages, (std::vector<std::string>{"a1a2a3a4a5a6a7a8", "b1b2b3b4b5b6b7b8"}));
}

TEST(ThreemaMessage, IsNothingWhenItIsDamagedOrOfAnotherType) {
  for (const char* hex :
       {"", "01", "0101", "0100", "014800", "0148ff", "01ff01", "020148690101",
        "8000a1a2a3a4a5a6a7a801", "8005a1a2a3a4a5a6a7a801", "800101", "8001a10101", "8001"})
    EXPECT_TRUE(std::holds_alternative<std::monostate>(parse_threema_content(bytes(hex)))) << hex;
}

}  // namespace
}  // namespace tocsin::channel
