#include "channel/matrix_access.h"

#include <gtest/gtest.h>

#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

TEST(MatrixAccess, NamesTheAccountInAHeader) {
  const MatrixAccess access{"https://matrix.example", seal::SecretText{"syt_secret"}};
  const HttpRequest read = access.get("sync?timeout=0");
  EXPECT_EQ(read.method, "GET");
  EXPECT_EQ(read.url, "https://matrix.example/_matrix/client/v3/sync?timeout=0");
  EXPECT_EQ(read.headers, (std::vector<std::string>{"Authorization: Bearer syt_secret"}));
  const HttpRequest said = access.put("x", "{}");
  EXPECT_EQ(said.method, "PUT");
  EXPECT_EQ(said.headers, (std::vector<std::string>{"Authorization: Bearer syt_secret",
                                                    "Content-Type: application/json"}));
  EXPECT_EQ(base::text_of(said.body), "{}");
  EXPECT_EQ(access.post("x", "{}").method, "POST");
}

TEST(MatrixAccess, AsksOnceWhoItIs) {
  PushService service;
  MatrixAccess access{service.origin(), seal::SecretText{"syt_secret"}};
  HttpClient http{HttpSettings{}};
  HttpAnswer answer;
  service.will_say({"401 No", "200 OK"});
  service.will_say_more(R"({"user_id":"@call-ins:example.org","device_id":"X"})");
  EXPECT_EQ(access.self(http, answer), "");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(access.self(http, answer), "@call-ins:example.org");
  EXPECT_EQ(access.self(http, answer), "@call-ins:example.org");
  EXPECT_EQ(service.requests().size(), 2U);
}

}  // namespace
}  // namespace tocsin::channel
