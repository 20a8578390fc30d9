#include "channel/http.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(Origin, IsASchemeAHostAndAPort) {
  const auto origin = parse_origin("https://Relay.Example:8443/");
  ASSERT_TRUE(origin);
  EXPECT_EQ(origin->url, "https://Relay.Example:8443");
  EXPECT_EQ(origin->host, "relay.example:8443");
  EXPECT_EQ(parse_origin("http://127.0.0.1:80")->host, "127.0.0.1");
  EXPECT_EQ(parse_origin("https://relay.example:443")->host, "relay.example");
  EXPECT_EQ(parse_origin("http://[::1]:8080")->host, "[::1]:8080");
}

TEST(Origin, RefusesEverythingElse) {
  for (const char* url :
       {"", "relay.example", "ftp://relay.example", "file:///etc/passwd", "https://",
        "https://relay.example/path", "https://relay.example?x=1", "https://relay.example/#top",
        "https://user:secret@relay.example", "https://relay.example:99999"})
    EXPECT_FALSE(parse_origin(url)) << url;
}

TEST(Http, TellsNotSentFromUnknown) {
  HttpClient client{{}};
  // Nothing listens on port 1 of this machine.
  const HttpAnswer answer = client.perform({.url = "http://127.0.0.1:1/"});
  EXPECT_EQ(answer.failure, HttpFailure::not_sent);
  EXPECT_EQ(answer.status, 0);
}

TEST(Http, AnswersEachRequestInOrderEvenWhenNoneCanBeSent) {
  HttpClient client{{}};
  const auto answers =
      client.perform(7, 3, [](std::size_t) { return HttpRequest{.url = "http://127.0.0.1:1/"}; });
  ASSERT_EQ(answers.size(), 7U);
  for (const HttpAnswer& answer : answers) EXPECT_EQ(answer.failure, HttpFailure::not_sent);
}

TEST(Http, InterruptEndsAndResumeAllows) {
  HttpClient client{{}};
  client.interrupt();
  EXPECT_EQ(client.perform({.url = "http://127.0.0.1:1/"}).failure, HttpFailure::interrupted);
  client.resume();
  EXPECT_EQ(client.perform({.url = "http://127.0.0.1:1/"}).failure, HttpFailure::not_sent);
}

}  // namespace
}  // namespace tocsin::channel
