#include "channel/threema_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

base::ByteView view(std::string_view text) { return base::bytes_of(text); }

// The example of Threema's documentation, with a code of its tools.
const std::string kNonce(48, 'f');
std::string post(std::string_view from, std::string_view mac,
                 std::string_view more = "&nickname=Ana") {
  return fmt::format(
      "from={}&to=%2ATESTTST&messageId=0102030405060708&date=1616950936&nonce={}&box=012345abcdef"
      "&mac={}{}",
      from, kNonce, mac, more);
}
constexpr std::string_view kMac =
    "622b362e8353658ee649a5548acecc9ce9b88384d6b7e08e212446d68455b14e";

TEST(ThreemaAnswer, IsAPostWithTheCodeOfTheGateway) {
  const auto read = parse_threema_post(view(post("ECHOECHO", kMac)), "nevergonnagiveyouup");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->from, "ECHOECHO");
  EXPECT_EQ(read->to, "*TESTTST");
  EXPECT_EQ(read->name, "0102030405060708");
  EXPECT_EQ(read->date, base::Instant{std::chrono::seconds{1'616'950'936}});
  EXPECT_EQ(base::to_hex(read->nonce), kNonce);
  EXPECT_EQ(base::to_hex(read->box), "012345abcdef");
}

TEST(ThreemaAnswer, IsNoPostWithoutIt) {
  EXPECT_FALSE(parse_threema_post(view(post("ECHOECHO", kMac)), "another"));
  EXPECT_FALSE(parse_threema_post(view(post("ECHOECHP", kMac)), "nevergonnagiveyouup"));
  EXPECT_FALSE(parse_threema_post(view(post("ECHOECHO", "")), "nevergonnagiveyouup"));
  EXPECT_FALSE(parse_threema_post(view(""), "nevergonnagiveyouup"));
  EXPECT_FALSE(parse_threema_post(view("%zz"), "nevergonnagiveyouup"));
}

TEST(ThreemaAnswer, HasTheNameOfAMessage) {
  EXPECT_EQ(parse_threema_name(view("00112233AABBCCDD\n")), "00112233aabbccdd");
  for (const char* body : {"", "0011", "00112233aabbccddee", "00112233aabbccdg", "<html>"})
    EXPECT_FALSE(parse_threema_name(view(body))) << body;
}

TEST(ThreemaAnswer, HasOneResultForEachOfABulk) {
  const auto all = parse_threema_bulk(
      view(R"([{"messageId":"00112233aabbccdd"},{"errorCode":404},{"errorCode":-1},7])"), 4);
  ASSERT_TRUE(all);
  EXPECT_EQ((*all)[0].name, "00112233aabbccdd");
  EXPECT_EQ((*all)[1].error, 404);
  EXPECT_EQ((*all)[2].error, 0);
  EXPECT_TRUE((*all)[3].name.empty());
  for (const char* body : {"", "{}", "[]", R"([{"messageId":"00112233aabbccdd"}])"})
    EXPECT_FALSE(parse_threema_bulk(view(body), 2)) << body;
}

TEST(ThreemaAnswer, HasKeys) {
  const std::string key = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  ASSERT_TRUE(parse_threema_key(view(key + "\n")));
  EXPECT_EQ(base::to_hex(parse_threema_key(view(key))->bytes), key);
  EXPECT_FALSE(parse_threema_key(view(std::string(64, '0'))));  // of small order
  EXPECT_FALSE(parse_threema_key(view(key.substr(2))));
  EXPECT_FALSE(parse_threema_key(view("")));
  // RFC 7748, 6.1.
  const std::string bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  EXPECT_EQ(base::to_hex(parse_threema_private_key(bob)->sealing_key().bytes), key);
  EXPECT_TRUE(parse_threema_private_key("private:" + bob));
  EXPECT_FALSE(parse_threema_private_key("public:" + bob));
  EXPECT_FALSE(parse_threema_private_key(bob.substr(1)));
}

TEST(ThreemaAnswer, KnowsAnId) {
  EXPECT_TRUE(is_threema_id("ABCD1234"));
  EXPECT_TRUE(is_threema_id("*TOCSIN1"));
  for (const char* id : {"", "ABCD123", "ABCD12345", "abcd1234", "ABC*1234", "ABCD 234"})
    EXPECT_FALSE(is_threema_id(id)) << id;
}

}  // namespace
}  // namespace tocsin::channel
