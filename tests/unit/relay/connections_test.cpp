#include "relay/connections.h"

#include "base/fault.h"
#include "relay/limits.h"
#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

constexpr std::string_view kAsk = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

using ConnectionsTest = Serving;

// A few thousand connections send one byte of a request each, and no more.
TEST_F(ConnectionsTest, SlowConnectionsKeepNobodyOut) {
  server_.reset();
  start({.most_connections = 4});
  const std::string post = "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc";
  std::vector<std::unique_ptr<PlainSocket>> slow;
  for (int i = 0; i < 12; ++i) {
    slow.push_back(std::make_unique<PlainSocket>(server_->port()));
    slow.back()->say(i % 2 == 0 ? "G" : post);
    EXPECT_EQ(status_of(std::string{kAsk}), "HTTP/1.1 200") << i;
  }
  EXPECT_EQ(slow[0]->hear(), "");  // it was slow for the longest time
  // A client that waits for messages has sent its request, and stays.
  PlainSocket waiter{server_->port()};
  waiter.say(head("GET", mailbox_path() + "?wait=60", {}));
  wait_for_waiting(1);
  for (int i = 0; i < 12; ++i) {
    slow.push_back(std::make_unique<PlainSocket>(server_->port()));
    slow.back()->say("G");
    EXPECT_EQ(status_of(std::string{kAsk}), "HTTP/1.1 200") << i;
  }
  EXPECT_EQ(server_->waiting(), 1U);
}

TEST_F(ConnectionsTest, BodiesHaveRoomTogetherAndNoMore) {
  const std::string post =
      "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n";
  std::vector<std::unique_ptr<PlainSocket>> slow;
  for (std::size_t i = 0; i < limits::kMostBodies / wire::kMostBodyBytes; ++i) {
    slow.push_back(std::make_unique<PlainSocket>(server_->port()));
    slow.back()->say(post);
  }
  // Connections are accepted in this order but read in any. The one for which there is no room is
  // told so.
  PlainSocket last{server_->port()};
  last.say(post);
  std::string heard;
  if (last.has_heard(2'000)) heard = last.hear();
  for (const auto& one : slow)
    if (heard.empty() && one->has_heard(0)) heard = one->hear();
  EXPECT_EQ(heard.substr(0, 12), "HTTP/1.1 503");
  EXPECT_NE(heard.find("Retry-After: 1\r\n"), std::string::npos) << heard;
}

TEST_F(ConnectionsTest, OneAddressServesOneRelay) {
  Server second{{.port = server_->port()}, clock_};
  EXPECT_THROW(second.start(), base::Fault);
  Server nowhere{{.address = "not an address"}, clock_};
  EXPECT_THROW(nowhere.start(), base::Fault);
}

TEST_F(ConnectionsTest, RoomForNewConnectionsIsMadeByIdleOnes) {
  server_.reset();
  start({.most_connections = 3});
  std::vector<std::unique_ptr<PlainSocket>> idle;
  for (int i = 0; i < 6; ++i) {
    idle.push_back(std::make_unique<PlainSocket>(server_->port()));
    idle.back()->say(kAsk);
    EXPECT_NE(idle.back()->hear("ok\n").find("200 OK"), std::string::npos) << i;
  }
  EXPECT_EQ(idle[0]->hear(), "");  // closed
}

// Connections without a relay. It answers "/now" at once and keeps everybody else.
class Keeping final : public Connections::Service {
 public:
  void on_request(const std::shared_ptr<Connection>& connection, Request request) override {
    if (request.target == "/now") return connection->answer({200, {}});
    kept.push_back(connection);
  }
  void on_patience_end(Connection&) override {}
  void on_close(Connection&) override { ++closed; }

  std::vector<std::shared_ptr<Connection>> kept;
  int closed = 0;
};

class Drained : public testing::Test {
 protected:
  Drained() { connections_.listen("127.0.0.1", 0, 100, nullptr); }
  // Lets the connections work until it is so; at most 5 s.
  template <class Condition>
  void work_until(Condition is_so) {
    const base::Stopwatch watch;
    while (!is_so() && watch.seconds() < 5) io_.run_one_for(std::chrono::milliseconds{50});
    ASSERT_TRUE(is_so());
  }
  static std::string ask(std::string_view target) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", target);
  }

  boost::asio::io_context io_;
  Keeping service_;
  Counters counters_;
  Connections connections_{io_, service_, {}, counters_};
};

TEST_F(Drained, TheIdleEndAtOnceAndTheOthersWithTheirAnswer) {
  PlainSocket idle{connections_.port()};
  idle.say(ask("/now"));
  PlainSocket waiting{connections_.port()};
  waiting.say(ask("/later"));
  work_until([&] { return service_.kept.size() == 1 && idle.has_heard(0); });
  EXPECT_EQ(connections_.count(), 2u);
  EXPECT_NE(idle.hear("\r\n\r\n").find("200 OK"), std::string::npos);

  connections_.drain();
  idle.say_no_more();
  work_until([&] { return connections_.count() == 1; });
  EXPECT_EQ(idle.hear(), "");
  EXPECT_FALSE(waiting.has_heard(0)) << "it has asked, and is owed an answer";
  service_.kept.front()->answer({200, {}});
  work_until([&] { return waiting.has_heard(0); });
  const std::string heard = waiting.hear("\r\n\r\n");
  EXPECT_NE(heard.find("200 OK"), std::string::npos);
  EXPECT_NE(heard.find("Connection: close"), std::string::npos);
  waiting.say_no_more();
  work_until([&] { return connections_.are_none(); });
  EXPECT_EQ(service_.closed, 2);
  EXPECT_FALSE((PlainSocket{connections_.port()}.is_connected())) << "nobody else is let in";
}

// Its answer said that the connection stays, but nobody waits for the next question.
TEST_F(Drained, AnAnswerThatIsBeingWrittenIsTheLast) {
  PlainSocket reader{connections_.port()};
  reader.say(ask("/later"));
  work_until([&] { return service_.kept.size() == 1; });
  service_.kept.front()->answer({200, base::Bytes(20'000'000, 'x')});
  connections_.drain();
  std::size_t heard = 0;
  work_until([&] {
    while (reader.has_heard(0)) {
      const std::size_t some = reader.hear_some().size();
      if (some == 0) return true;  // the end
      heard += some;
    }
    return false;
  });
  EXPECT_GT(heard, 20'000'000u);
  reader.say_no_more();
  work_until([&] { return connections_.are_none(); });
}

TEST_F(Drained, WhatABodyTookIsGivenBack) {
  PlainSocket socket{connections_.port()};
  socket.say("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
  work_until([&] { return connections_.body_bytes() > 0; });
  EXPECT_GE(connections_.body_bytes(), 1000u);
  socket.say(std::string(997, 'x'));
  work_until([&] { return socket.has_heard(0); });
  EXPECT_EQ(connections_.body_bytes(), 0u);
}

}  // namespace
}  // namespace tocsin::relay
