#include "channel/notify_access.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

class Access : public testing::Test {
 protected:
  static HttpAnswer answer(int status, std::optional<base::Instant> date) {
    HttpAnswer answer;
    answer.failure = HttpFailure::none;
    answer.status = status;
    answer.date = date;
    return answer;
  }

  base::VirtualClock clock_{base::Instant{1'568'818'578'000ms}};
  NotifyAccess access_{"http://127.0.0.1:9",
                       *parse_notify_key("x-26785a09-ab16-4eb0-8407-a37497a57506-"
                                         "3d844edf-8d35-48ac-975b-e847b4f122b0"),
                       clock_};
  // tests/unit/seal/web_token_test.cpp says how it was made, for that second.
  const std::string token_ =
      "Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1hMzc0OTdhNTc1MDYiLCJpYXQiOjE1Njg4MTg1Nzh9."
      "YT_aQYNif0l3HaPwy62Cj9g0qsYzjnj1K5pLwkELiFw";
};

TEST_F(Access, SignsEachRequestWhenItIsMade) {
  const HttpRequest request = access_.get("/v2/x?y=1");
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url, "http://127.0.0.1:9/v2/x?y=1");
  EXPECT_EQ(request.headers, std::vector{token_});
  clock_.advance(999ms);
  EXPECT_EQ(access_.get("/").headers, std::vector{token_});
  clock_.advance(1ms);
  EXPECT_NE(access_.get("/").headers, std::vector{token_});
}

TEST_F(Access, PostsJson) {
  const HttpRequest request = access_.post("/v2/x", "{}");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.headers, (std::vector<std::string>{token_, "Content-Type: application/json"}));
  EXPECT_EQ(base::text_of(request.body), "{}");
}

TEST_F(Access, TakesNotifysTimeWhenNotifyRefusesOurs) {
  const base::Instant right = clock_.now();
  clock_.advance(3min);  // this machine's clock is ahead
  for (const int status : {200, 201, 400, 429, 500})
    EXPECT_FALSE(access_.learn_time(answer(status, right))) << status;
  EXPECT_FALSE(access_.learn_time(answer(403, std::nullopt)));
  EXPECT_FALSE(access_.learn_time(answer(403, clock_.now() - 15s)));
  EXPECT_NE(access_.get("/").headers, std::vector{token_});

  EXPECT_TRUE(access_.learn_time(answer(403, right)));
  EXPECT_EQ(access_.now(), right);
  EXPECT_EQ(access_.get("/").headers, std::vector{token_});
  EXPECT_FALSE(access_.learn_time(answer(403, right)));  // then it is the key that is refused

  HttpAnswer lost = answer(403, right - 1h);
  lost.failure = HttpFailure::unknown;
  EXPECT_FALSE(access_.learn_time(lost));
}

}  // namespace
}  // namespace tocsin::channel
