#include "relay/hook/authentic.h"

#include <gtest/gtest.h>

#include "seal/web_token.h"

namespace tocsin::relay {
namespace {

using base::bytes_of;

const base::Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

Hook hook(Provider provider, std::string_view secret, std::string url = {}) {
  return {"one", provider, seal::SecretText{secret}, std::nullopt, {}, std::move(url)};
}

// Each change of one character of the query, the body or the signature.
void refuses_every_change(const Hook& hook, const Posted& posted) {
  ASSERT_EQ(authentic(hook, posted, kNow), Authentic::yes);
  const auto each = [&](std::string_view text, const auto& with) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string changed{text};
      changed[i] = changed[i] == 'Q' ? 'R' : 'Q';
      EXPECT_NE(authentic(hook, with(changed), kNow), Authentic::yes) << changed;
    }
  };
  each(base::text_of(posted.body), [&](std::string_view body) {
    Posted other = posted;
    other.body = bytes_of(body);
    return other;
  });
  each(posted.query, [&](std::string_view query) {
    Posted other = posted;
    other.query = query;
    return other;
  });
  each(posted.signature, [&](std::string_view signature) {
    Posted other = posted;
    other.signature = signature;
    return other;
  });
  if (posted.signature.empty()) return;  // it is in the body
  Posted bare = posted;
  bare.signature = {};
  EXPECT_NE(authentic(hook, bare, kNow), Authentic::yes);
}

// The examples of Twilio's documentation and of its own libraries' tests.
class ByTwilio : public testing::Test {
 protected:
  Hook hook_ = hook(Provider::twilio, "12345", "https://mycompany.com/myapp.php");
};

TEST_F(ByTwilio, SignsTheAddressAndTheSortedFields) {
  refuses_every_change(hook_, {"foo=1&bar=2",
                               kForm,
                               {},
                               "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                               bytes_of("To=%2B18005551212&From=%2B14158675309&Digits=1234&"
                                        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309")});
}

TEST_F(ByTwilio, SignsARepeatedFieldOnce) {
  EXPECT_EQ(authentic(hook_,
                      {"foo=1&bar=2",
                       "Application/X-WWW-form-urlencoded; charset=utf-8",
                       {},
                       "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
                       bytes_of("Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234")},
                      kNow),
            Authentic::yes);
}

TEST_F(ByTwilio, SignsTheHashOfOtherBodiesInTheAddress) {
  refuses_every_change(hook_, {"foo=1&bar=2&bodySHA256="
                               "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
                               "application/json",
                               {},
                               "a9nBmqA0ju/hNViExpshrM61xv4=",
                               bytes_of(R"({"property": "value", "boolean": true})")});
}

TEST_F(ByTwilio, AFormThatDoesNotDecodeIsMalformed) {
  EXPECT_EQ(
      authentic(hook_, {"", kForm, {}, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", bytes_of("a=%")}, kNow),
      Authentic::malformed);
}

TEST_F(ByTwilio, SignsWithItsOwnSecretAndAddress) {
  const Posted posted{"foo=1&bar=2",
                      kForm,
                      {},
                      "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                      bytes_of("To=%2B18005551212&From=%2B14158675309&Digits=1234&"
                               "CallSid=CA1234567890ABCDE&Caller=%2B14158675309")};
  EXPECT_EQ(
      authentic(hook(Provider::twilio, "12346", "https://mycompany.com/myapp.php"), posted, kNow),
      Authentic::no);
  EXPECT_EQ(
      authentic(hook(Provider::twilio, "12345", "https://elsewhere.com/myapp.php"), posted, kNow),
      Authentic::no);
}

// The example of Threema's documentation; its code is from another program.
TEST(ByThreema, SignsTheFields) {
  const std::string body =
      "from=ECHOECHO&to=*TESTTST&messageId=0102030405060708&date=1616950936&"
      "nonce=ffffffffffffffffffffffffffffffffffffffffffffffff&box=012345abcdef&mac="
      "622b362e8353658ee649a5548acecc9ce9b88384d6b7e08e212446d68455b14e";
  const Hook door = hook(Provider::threema, "nevergonnagiveyouup");
  refuses_every_change(door, {{}, kForm, {}, {}, bytes_of(body)});
  // A nickname is not signed, and nobody reads it.
  EXPECT_EQ(authentic(door, {{}, kForm, {}, {}, bytes_of(body + "&nickname=me")}, kNow),
            Authentic::yes);
  EXPECT_EQ(authentic(door, {{}, kForm, {}, {}, bytes_of("mac=%")}, kNow), Authentic::malformed);
}

// Made with: printf '{"a":1}' | openssl dgst -sha256 -hmac secret
constexpr std::string_view kBody = R"({"a":1})";
constexpr std::string_view kMac =
    "aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494";

TEST(ByWhatsApp, SignsTheBody) {
  const std::string signature = "sha256=" + std::string{kMac};
  refuses_every_change(hook(Provider::whatsapp, "secret"),
                       {{}, {}, {}, signature, bytes_of(kBody)});
  EXPECT_EQ(
      authentic(hook(Provider::whatsapp, "secret"), {{}, {}, {}, kMac, bytes_of(kBody)}, kNow),
      Authentic::no);
}

TEST(ByViber, SignsTheBody) {
  refuses_every_change(hook(Provider::viber, "secret"), {{}, {}, {}, kMac, bytes_of(kBody)});
}

class ByVonage : public testing::Test {
 protected:
  Authentic with(std::string_view claims, std::string_view secret = "secret") const {
    const std::string bearer = "Bearer " + seal::web_token(claims, bytes_of(secret));
    return authentic(hook_, {{}, "application/json", bearer, {}, bytes_of(kBody)}, kNow);
  }
  static std::string claims(base::Milliseconds later, std::string_view hash = kHash) {
    const auto at = std::chrono::floor<std::chrono::seconds>(kNow + later).time_since_epoch();
    return R"({"iss":"Vonage","iat":)" + std::to_string(at.count()) + R"(,"payload_hash":")" +
           std::string{hash} + R"("})";
  }
  // printf '{"a":1}' | sha256sum
  static constexpr std::string_view kHash =
      "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
  Hook hook_ = hook(Provider::vonage, "secret");
};

TEST_F(ByVonage, SignsATokenWithTheHashOfTheBody) {
  EXPECT_EQ(with(claims({})), Authentic::yes);
  EXPECT_EQ(with(claims({}), "another"), Authentic::no);
  std::string hash{kHash};
  hash.back() = hash.back() == '0' ? '1' : '0';
  EXPECT_EQ(with(claims({}, hash)), Authentic::no);
  EXPECT_EQ(with(R"({"iat":1763769600})"), Authentic::malformed);
  EXPECT_EQ(with("[]"), Authentic::malformed);
  EXPECT_EQ(with("{"), Authentic::malformed);
  EXPECT_EQ(authentic(hook_, {{}, {}, {}, {}, bytes_of(kBody)}, kNow), Authentic::no);
}

TEST_F(ByVonage, ATokenIsTakenForFiveMinutes) {
  using std::chrono::seconds;
  EXPECT_EQ(with(claims(seconds{-300})), Authentic::yes);
  EXPECT_EQ(with(claims(seconds{-301})), Authentic::no);
  EXPECT_EQ(with(claims(seconds{300})), Authentic::yes);
  EXPECT_EQ(with(claims(seconds{301})), Authentic::no);
}

TEST(ByNotify, NamesASecret) {
  const Hook door = hook(Provider::notify, "a-long-token");
  const auto with = [&](std::string_view bearer) {
    return authentic(door, {{}, {}, bearer, {}, bytes_of(kBody)}, kNow);
  };
  EXPECT_EQ(with("Bearer a-long-token"), Authentic::yes);
  for (const char* wrong :
       {"", "Bearer ", "a-long-token", "Bearer a-long-tokem", "Bearer a-long-token "})
    EXPECT_EQ(with(wrong), Authentic::no) << wrong;
}

TEST(Challenge, IsSaidBackToWhoeverKnowsTheWord) {
  Hook door = hook(Provider::whatsapp, "secret");
  EXPECT_FALSE(answer_to_challenge(door, "hub.mode=subscribe&hub.challenge=11&hub.verify_token="));
  door.challenge.emplace(seal::SecretText{"word"});
  EXPECT_EQ(answer_to_challenge(
                door, "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=word"),
            "1158201444");
  for (const char* wrong : {"", "%", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=words",
                            "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=word",
                            "hub.mode=subscribe&hub.verify_token=word",
                            "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=word"})
    EXPECT_FALSE(answer_to_challenge(door, wrong)) << wrong;
  EXPECT_FALSE(answer_to_challenge(
      door, "hub.mode=subscribe&hub.verify_token=word&hub.challenge=" + std::string(201, '1')));
}

}  // namespace
}  // namespace tocsin::relay
