#include "channel/threema_access.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "seal/entropy.h"

namespace tocsin::channel {
namespace {

class ThreemaAccessTest : public testing::Test {
 protected:
  seal::Entropy entropy_;
  ThreemaAccess access_{"https://gateway.example", "*TOCSIN1", seal::SecretText{"a secret&"},
                        seal::OpeningKey::generate(entropy_)};
  ThreemaBox box_{"ABCD1234", {}, {0x01, 0xab}};
};

TEST_F(ThreemaAccessTest, AsksForAKey) {
  const HttpRequest request = access_.key_of("ABCD1234");
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "https://gateway.example/pubkeys/ABCD1234?from=%2ATOCSIN1&secret=a%20secret%26");
}

TEST_F(ThreemaAccessTest, SendsOneBoxInHexWithoutASecretInTheAddress) {
  const HttpRequest request = access_.send(box_);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://gateway.example/send_e2e");
  EXPECT_EQ(base::text_of(request.body),
            "from=%2ATOCSIN1&to=ABCD1234&nonce=" + std::string(48, '0') +
                "&box=01ab&secret=a%20secret%26");
}

TEST_F(ThreemaAccessTest, SendsManyInBase64) {
  const HttpRequest request = access_.send_all({box_, box_});
  EXPECT_EQ(request.url,
            "https://gateway.example/send_e2e_bulk?from=%2ATOCSIN1&secret=a%20secret%26");
  const auto body = nlohmann::json::parse(request.body);
  ASSERT_EQ(body.size(), 2U);
  EXPECT_EQ(body[1],
            nlohmann::json({{"to", "ABCD1234"}, {"nonce", std::string(32, 'A')}, {"box", "Aas="}}));
}

}  // namespace
}  // namespace tocsin::channel
