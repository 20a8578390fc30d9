#include "seal/vapid.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "unit/seal/es256.h"
#include "unit/seal/rfc8291.h"

namespace tocsin::seal {
namespace {

using namespace rfc8291;

// RFC 8292, section 2.4. Its private key is not published.
constexpr std::string_view kRfcSaid =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0"
    "NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";
constexpr std::string_view kRfcSignature =
    "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
constexpr std::string_view kRfcPoint =
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

TEST(Vapid, SignsWhatTheExampleOfTheRfcSigns) {
  ASSERT_TRUE(is_signed(kRfcSaid, coded(kRfcSignature), coded(kRfcPoint)));

  const base::Instant expires{std::chrono::seconds{1'453'523'768}};
  const P256Key key = key_of(kSender);
  const std::string header = vapid_authorization(key, "https://push.example.net",
                                                 "mailto:push@example.com", expires - kVapidLife);
  ASSERT_TRUE(header.starts_with("vapid t="));
  ASSERT_TRUE(header.ends_with(std::string{", k="} + std::string{kSenderPoint}));
  const std::string token = header.substr(8, header.find(',') - 8);
  const std::string said = token.substr(0, token.rfind('.'));
  EXPECT_EQ(said, kRfcSaid);
  const base::Bytes signature = coded(token.substr(token.rfind('.') + 1));
  ASSERT_EQ(signature.size(), 64U);
  EXPECT_TRUE(is_signed(said, signature, key.point()));
  EXPECT_FALSE(is_signed(said + "x", signature, key.point()));
  EXPECT_FALSE(is_signed(said, signature, coded(kRfcPoint)));
}

TEST(Vapid, NamesNobodyWhenThereIsNobodyToName) {
  const std::string header =
      vapid_authorization(key_of(kSender), "https://push.example.net", "", base::Instant{});
  const auto parts = base::split(std::string_view{header}.substr(8), '.');
  EXPECT_EQ(base::text_of(coded(parts[1])), R"({"aud":"https://push.example.net","exp":43200})");
}

}  // namespace
}  // namespace tocsin::seal
