#include "channel/http.h"

#include <gtest/gtest.h>

#include "unit/channel/push_service.h"

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

TEST(Http, GivesTheBodyAsItComes) {
  PushService service;
  service.will_say({"200 OK"});
  service.will_say_more(std::string(100'000, 'x'));
  HttpClient client{{}};
  std::size_t bytes = 0;
  HttpRequest request{.url = service.origin(), .most_answer_bytes = 10};
  request.take = [&](std::string_view some) {
    bytes += some.size();
    return true;
  };
  const HttpAnswer answer = client.perform(std::move(request));
  EXPECT_EQ(answer.failure, HttpFailure::none);
  EXPECT_EQ(bytes, 100'000U);  // no limit holds for a stream
  EXPECT_TRUE(answer.body.empty());
}

TEST(Http, EndsWhenWhoeverTakesTheBodyWantsNoMore) {
  PushService service;
  service.will_say({"200 OK"});
  service.will_say_more("x");
  HttpRequest request{.url = service.origin()};
  request.take = [](std::string_view) { return false; };
  EXPECT_EQ(HttpClient{{}}.perform(std::move(request)).failure, HttpFailure::interrupted);
}

// Only what a success says is a stream.
TEST(Http, GivesNoBodyOfAFailure) {
  PushService service;
  service.will_say({"404 Not Found"});
  service.will_say_more("no such thing");
  bool was_given = false;
  HttpRequest request{.url = service.origin()};
  request.take = [&](std::string_view) { return was_given = true; };
  EXPECT_EQ(HttpClient{{}}.perform(std::move(request)).status, 404);
  EXPECT_FALSE(was_given);
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
