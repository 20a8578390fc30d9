// Hostile clients: too slow, too large, or two requests in one. Each is answered or dropped, and
// the relay goes on serving the others.
#include "relay/connection.h"

#include <poll.h>

#include "relay/limits.h"
#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

class Hostile : public Serving {
 protected:
  void TearDown() override {
    EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 200");
  }
  // Everything that the relay sends until it closes the connection.
  std::string all_of(const std::string& request) const {
    PlainSocket socket{server_->port()};
    socket.say(request);
    return socket.hear();
  }
  static std::size_t answers_in(const std::string& heard) {
    std::size_t answers = 0;
    for (std::size_t at = 0; (at = heard.find("HTTP/1.1 ", at)) != std::string::npos; ++at)
      ++answers;
    return answers;
  }
};

// A relay with short time limits, for tests that wait for them. On a busy machine it may give up on
// a sound request, too, so these tests expect no request to be in time.
class Impatient : public Hostile {
 protected:
  void SetUp() override { start({.patience = {.head_seconds = 0.3, .write_seconds = 0.3}}); }
  void TearDown() override {
    EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").substr(0, 9), "HTTP/1.1 ");
  }
};

constexpr std::string_view kHidden = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

// Each hides a second request behind a length that two servers may read differently. The relay
// refuses it with one answer, and closes the connection without reading the rest.
TEST_F(Hostile, TwoRequestsInOneAreRefusedWhole) {
  const std::string post = "POST /v1/messages HTTP/1.1\r\nHost: x\r\n";
  const auto lengths = {
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
      "Transfer-Encoding:\tchunked\r\nContent-Length: 0\r\n\r\n",
      "Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n",
      "Transfer-Encoding: x\r\nContent-Length: 0\r\n\r\n",
      "transfer-ENCODING: chunked\r\ncontent-length: 0\r\n\r\n",
      "Content-Length: 0\r\nContent-Length: 34\r\n\r\n",
      "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
      "Content-Length: 0, 0\r\n\r\n",
      "Content-Length: 0,34\r\n\r\n",
      "Content-Length: +0\r\n\r\n",
      "Content-Length: -1\r\n\r\n",
      "Content-Length: 0x0\r\n\r\n",
      "Content-Length: 0 0\r\n\r\n",
      "Content-Length:\r\n\r\n",
      "Content-Length: 18446744073709551616\r\n\r\n",
      "Content-Length : 0\r\n\r\n",
      " Content-Length: 0\r\n\r\n",
      "Content-Length: 0\r\n 34\r\n\r\n",
      "Content-Length: 0\rX: y\r\n\r\n",
      "Content-Length\r\n\r\n",
      "Content-Length: 0\r\nX:\x01y\r\n\r\n",
      "Content-Length: 0\r\nHost: y\r\n\r\n",
      "Content-Length: 0\r\nExpect: 100-continue\r\n\r\n",
  };
  for (const std::string_view length : lengths) {
    const std::string heard = all_of(post + std::string{length} + std::string{kHidden});
    EXPECT_EQ(answers_in(heard), 1U) << length << heard;
    EXPECT_EQ(heard.find("HTTP/1.1 4"), 0U) << length << heard;
    EXPECT_NE(heard.find("Connection: close"), std::string::npos) << length << heard;
  }
}

// A line ends with CR LF. A lone LF ends nothing, so the head of the request never ends.
TEST_F(Impatient, ALoneLineFeedEndsNoLine) {
  for (const std::string_view head :
       {"GET /healthz HTTP/1.1\nHost: x\n\n", "GET /healthz HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\n\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"}) {
    const std::string heard = all_of(std::string{head});
    EXPECT_EQ(answers_in(heard), 1U) << heard;
    EXPECT_EQ(heard.find("HTTP/1.1 4"), 0U) << heard;
  }
}

// RFC 9112 lets a server read a folded line as one line, and a proxy may do only the same.
TEST_F(Hostile, AFoldedLineIsOneLine) {
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b: c\r\n\r\n"), "HTTP/1.1 200");
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nX: a\r\n Host: x\r\n\r\n"), "HTTP/1.1 400");
}

TEST_F(Hostile, ARequestNamesOneHost) {
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\n\r\n"), "HTTP/1.1 400");
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"), "HTTP/1.1 400");
}

// A client that sent HEAD would take a body for its next answer, and a proxy would give that answer
// to another client.
TEST_F(Hostile, AnAnswerHasABodyOnlyWhereHttpHasOne) {
  for (const std::string_view path : {"/", "/healthz", "/v1/messages", "/nothing"}) {
    const std::string heard =
        all_of(fmt::format("HEAD {} HTTP/1.1\r\nHost: x\r\n\r\n", path) +
               "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(heard.find("HTTP/1.1 40"), 0U) << heard;
    EXPECT_EQ(heard.find("\r\n\r\n") + 4, heard.find("HTTP/1.1 200")) << heard;
  }
  const std::string many = all_of("HEAD / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
  EXPECT_EQ(many.find("HTTP/1.1 400"), 0U) << many;
  EXPECT_TRUE(many.ends_with("\r\n\r\n")) << many;

  const base::Bytes cursor = wire::encode_cursor(0);
  const std::string taken = all_of(head("POST", mailbox_path() + "/acknowledge", cursor,
                                        "Content-Length: 8\r\nConnection: close\r\n") +
                                   std::string{base::text_of(cursor)});
  EXPECT_EQ(taken.find("HTTP/1.1 204"), 0U) << taken;
  EXPECT_EQ(taken.find("Content-Length"), std::string::npos) << taken;
}

TEST_F(Hostile, AWrongMethodIsToldTheRightOne) {
  const auto answer_to = [&](std::string_view line) {
    return all_of(fmt::format("{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", line));
  };
  EXPECT_NE(answer_to("DELETE /healthz").find("\r\nAllow: GET\r\n"), std::string::npos);
  EXPECT_NE(answer_to("PUT /").find("\r\nAllow: GET\r\n"), std::string::npos);
  EXPECT_NE(answer_to("GET /v1/messages").find("\r\nAllow: POST\r\n"), std::string::npos);
}

TEST_F(Hostile, StrangeRequestLinesAreRefused) {
  const std::string host = "\r\nHost: x\r\n\r\n";
  for (const char* line :
       {"GET  /healthz HTTP/1.1", "GET /healthz HTTP/3.7", "GET /healthz", "GET /healthz HTTP/0.9",
        " GET /healthz HTTP/1.1", "G\xc0T / HTTP/1.1", "GET http://x/healthz HTTP/1.1",
        "GET * HTTP/1.1", "CONNECT relay:443 HTTP/1.1", "OPTIONS * HTTP/1.1",
        "GET //healthz HTTP/1.1", "GET /healthz%00 HTTP/1.1", "GET /%2e%2e/relay.db HTTP/1.1",
        "GET \\healthz HTTP/1.1"})
    EXPECT_EQ(status_of(line + host).substr(0, 10), "HTTP/1.1 4") << line;
}

TEST_F(Hostile, OneByteAtATimeIsStillARequest) {
  PlainSocket socket{server_->port()};
  for (const char c : kHidden) socket.say({&c, 1});
  EXPECT_NE(socket.hear("ok\n").find("200 OK"), std::string::npos);
}

TEST_F(Impatient, AHeadThatNeverEndsIsToldSo) {
  EXPECT_EQ(all_of("GET /healthz HTTP/1.1\r\nHost: x\r\n").substr(0, 12), "HTTP/1.1 408");
  // The time limit is for the whole head, even if bytes keep coming.
  PlainSocket socket{server_->port()};
  socket.say("GET /healthz HTTP/1.1\r\nHost: x\r\nX: ");
  const base::Stopwatch watch;
  while (!socket.has_heard(20) && watch.seconds() < 5) socket.say("x");
  EXPECT_NE(socket.hear().find("408"), std::string::npos);
  EXPECT_EQ(PlainSocket{server_->port()}.hear(), "");  // a silent connection is closed, too
}

TEST_F(Impatient, ABodyThatNeverComesIsToldSo) {
  EXPECT_EQ(all_of("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
                .substr(0, 12),
            "HTTP/1.1 408");
}

TEST_F(Impatient, WhoDoesNotListenIsLetGo) {
  PlainSocket socket{server_->port()};
  std::string asks;
  for (int i = 0; i < 200; ++i) asks += "GET /app.js HTTP/1.1\r\nHost: x\r\n\r\n";
  const base::Stopwatch watch;
  while (socket.say(asks) && watch.seconds() < 10) {
  }
  EXPECT_LT(watch.seconds(), 10);
}

TEST_F(Hostile, OversizedRequestsAreRefusedBeforeTheyAreRead) {
  const std::string post = "POST /v1/messages HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(status_of(post + "Content-Length: 4194305\r\n\r\n"), "HTTP/1.1 413");
  EXPECT_EQ(status_of(post + "X: " + std::string(8'192, 'x') + "\r\n\r\n"), "HTTP/1.1 431");
  std::string many = post;
  for (int i = 0; i < 2'000; ++i) many += "a: b\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), "HTTP/1.1 431");
  EXPECT_EQ(status_of("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"),
            "HTTP/1.1 431");
  // A client that goes on sending still reads its answer before the connection closes.
  EXPECT_EQ(status_of(post + "Content-Length: 4194305\r\n\r\n" + std::string(1'000'000, 'x')),
            "HTTP/1.1 413");
}

TEST_F(Hostile, AConnectionThatIsRefusedAgainAndAgainEnds) {
  PlainSocket socket{server_->port()};
  std::string asks;
  for (int i = 0; i < 100; ++i) asks += "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
  socket.say(asks);
  EXPECT_EQ(answers_in(socket.hear()), static_cast<std::size_t>(limits::kMostRefusals));
}

TEST_F(Hostile, AnswersTheNextRequestsOfOneConnection) {
  PlainSocket socket{server_->port()};
  const std::string ask = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  socket.say(ask);
  EXPECT_NE(socket.hear("ok\n").find("200 OK"), std::string::npos);
  socket.say(ask + ask + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string heard = socket.hear();
  EXPECT_EQ(answers_in(heard), 3U);
  EXPECT_EQ(heard.find("HTTP/1.1 4"), std::string::npos) << heard;
}

}  // namespace
}  // namespace tocsin::relay
