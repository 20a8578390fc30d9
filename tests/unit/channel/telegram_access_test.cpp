#include "channel/telegram_access.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(TelegramAccess, NamesTheBotInThePathAsTelegramWantsIt) {
  const TelegramAccess access{"https://api.telegram.org", seal::SecretText{"123:secret"}};
  const HttpRequest read = access.get("getUpdates?limit=1");
  EXPECT_EQ(read.method, "GET");
  EXPECT_EQ(read.url, "https://api.telegram.org/bot123:secret/getUpdates?limit=1");
  EXPECT_TRUE(read.headers.empty());

  const HttpRequest said = access.post("sendMessage", R"({"text":"x"})");
  EXPECT_EQ(said.method, "POST");
  EXPECT_EQ(said.url, "https://api.telegram.org/bot123:secret/sendMessage");
  EXPECT_EQ(said.headers, (std::vector<std::string>{"Content-Type: application/json"}));
  EXPECT_EQ(base::text_of(said.body), R"({"text":"x"})");
}

}  // namespace
}  // namespace tocsin::channel
