#include "channel/teams_access.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

class TeamsAccessTest : public testing::Test {
 protected:
  void will_give(std::string_view token, int life) {
    service_.will_say({"200 OK"});
    service_.will_say_more(fmt::format(
        R"({{"token_type":"Bearer","expires_in":{},"access_token":"{}"}})", life, token));
  }

  PushService service_;
  base::VirtualClock clock_{base::Instant{}};
  HttpClient http_{HttpSettings{}};
  TeamsAccess access_{
      {service_.origin(), "https://graph.example", "tenant", "app", seal::SecretText{"a secret&"}},
      clock_};
};

TEST_F(TeamsAccessTest, AsksForATokenAsMicrosoftSays) {
  will_give("abc", 3'599);
  EXPECT_EQ(access_.sign_in(http_), "");
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /tenant/oauth2/v2.0/token HTTP/1.1\r\n"));
  EXPECT_EQ(requests[0].body,
            "client_id=app&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&"
            "client_secret=a%20secret%26&grant_type=client_credentials");
  const HttpRequest post = access_.post("/v1.0/x", "{}");
  EXPECT_EQ(post.url, "https://graph.example/v1.0/x");
  EXPECT_EQ(post.headers.at(0), "Authorization: Bearer abc");
}

// A notification needs one that lives for 45 minutes more.
TEST_F(TeamsAccessTest, AsksAgainBeforeATokenIsTooOld) {
  will_give("abc", 3'600);
  access_.sign_in(http_);
  clock_.advance(14min - 1ms);
  access_.sign_in(http_);
  EXPECT_EQ(service_.requests().size(), 1U);
  clock_.advance(1ms);
  access_.sign_in(http_);
  EXPECT_EQ(service_.requests().size(), 2U);
  access_.forget();
  access_.sign_in(http_);
  EXPECT_EQ(service_.requests().size(), 3U);
}

TEST_F(TeamsAccessTest, SaysWhyThereIsNone) {
  service_.will_say({"401 No"});
  EXPECT_NE(access_.sign_in(http_).find("refuses"), std::string_view::npos);
  service_.will_say({"503 Busy"});
  EXPECT_NE(access_.sign_in(http_).find("out of reach"), std::string_view::npos);
  service_.will_say({""});
  EXPECT_NE(access_.sign_in(http_).find("out of reach"), std::string_view::npos);
}

TEST(TeamsToken, IsNoneThatNoHeaderCouldHold) {
  const auto token = [](std::string_view json) { return parse_teams_token(base::bytes_of(json)); };
  EXPECT_EQ(token(R"({"access_token":"a.b-c","expires_in":60})")->text, "a.b-c");
  EXPECT_EQ(token(R"({"access_token":"a","expires_in":99999999999})")->life, 24h);
  for (const char* json :
       {"", "[]", R"({"access_token":"a"})", R"({"access_token":"","expires_in":60})",
        R"({"access_token":"a\r\nX: y","expires_in":60})",
        R"({"access_token":"a b","expires_in":60})", R"({"access_token":"\u00e9","expires_in":60})",
        R"({"access_token":"a","expires_in":"60"})", R"({"access_token":"a","expires_in":-60})",
        R"({"access_token":7,"expires_in":60})"})
    EXPECT_FALSE(token(json)) << json;
}

}  // namespace
}  // namespace tocsin::channel
