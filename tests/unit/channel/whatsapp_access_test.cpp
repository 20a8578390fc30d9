#include "channel/whatsapp_access.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(WhatsAppAccessTest, NamesTheNumberInTheAddressAndTheTokenInAHeader) {
  const WhatsAppAccess access{"https://graph.example", "v24.0", "106540352242922",
                              seal::SecretText{"EAAexample"}};
  EXPECT_EQ(access.number(), "106540352242922");
  const HttpRequest request = access.send("{}");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://graph.example/v24.0/106540352242922/messages");
  EXPECT_EQ(request.headers, (std::vector<std::string>{"Authorization: Bearer EAAexample",
                                                       "Content-Type: application/json"}));
  EXPECT_EQ(base::text_of(request.body), "{}");
}

}  // namespace
}  // namespace tocsin::channel
