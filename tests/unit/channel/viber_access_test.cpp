#include "channel/viber_access.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(ViberAccessTest, NamesTheTokenInAHeader) {
  const ViberAccess access{"https://chat.example", seal::SecretText{"445da6az1s345z78"}};
  const HttpRequest request = access.post("send_message", "{}");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://chat.example/pa/send_message");
  EXPECT_EQ(request.headers, (std::vector<std::string>{"X-Viber-Auth-Token: 445da6az1s345z78",
                                                       "Content-Type: application/json"}));
  EXPECT_EQ(base::text_of(request.body), "{}");
}

}  // namespace
}  // namespace tocsin::channel
