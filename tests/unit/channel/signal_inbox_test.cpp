#include "channel/signal_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "seal/entropy.h"
#include "unit/channel/push_service.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kVoteNight{1'764'547'300s};

class SignalInboxTest : public testing::Test {
 protected:
  // A stream that ends.
  void will_stream(const std::vector<std::string>& envelopes) {
    std::string body = ":\n";
    for (const std::string& one : envelopes)
      body +=
          "event:receive\ndata:{\"envelope\":{\"sourceNumber\":\"+447700900123\"," + one + "}}\n\n";
    service_.will_answer([body](const auto&) { return PushService::Answer{"200 OK", body}; });
  }
  Collected listen() {
    SignalInbox inbox{service_.origin() + "/api/v1/events?account=%2B44", sent_, clock_,
                      Listen::when_asked};
    return inbox.collect(0ms);
  }
  static std::string vote(int option) {
    return fmt::format(R"("timestamp":1764547200123,"dataMessage":{{"pollVote":)"
                       R"({{"targetSentTimestamp":100,"optionIndexes":[{}]}}}})",
                       option);
  }

  home::TemporaryFolder folder_;
  base::VirtualClock clock_{kVoteNight};
  seal::Entropy entropy_;
  seal::MessageId id_ = seal::random_message_id(entropy_);
  SentNames sent_{folder_.path() / "signal.sent"};
  PushService service_;
};

TEST_F(SignalInboxTest, HearsAVoteAsTheWordsOfItsOption) {
  sent_.record("100", {id_, "+447700900123", true});
  will_stream({vote(7)});
  const Collected heard = listen();
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].words, "N");
  EXPECT_EQ(heard.said[0].about, id_);
  EXPECT_EQ(heard.said[0].from, "+447700900123");
  EXPECT_EQ(heard.said[0].id, said_id("signal", "+447700900123:1764547200123"));
  EXPECT_EQ(service_.requests().at(0).head.substr(0, 31), "GET /api/v1/events?account=%2B4");
}

TEST_F(SignalInboxTest, HearsNoVoteInAPollThatIsNotOurs) {
  will_stream({vote(7)});
  EXPECT_FALSE(listen().has_any());
  sent_.record("100", {id_, "+447700900123", true});
  will_stream({vote(8)});  // there is no such option
  EXPECT_FALSE(listen().has_any());
}

TEST_F(SignalInboxTest, HearsWordsAndReceipts) {
  sent_.record("100", {id_, "+447700900123", true});
  will_stream(
      {R"("timestamp":1764547200123,"dataMessage":{"message":"Y 20"})",
       R"("timestamp":1764547200124,"receiptMessage":{"isDelivery":true,"timestamps":[100,101]})",
       R"("timestamp":9999999999999,"dataMessage":{"message":"N"})"});
  const Collected heard = listen();
  ASSERT_EQ(heard.said.size(), 2U);
  EXPECT_EQ(heard.said[0].words, "Y 20");
  EXPECT_EQ(heard.said[1].at, kVoteNight);  // not later than it is
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, id_);
}

TEST_F(SignalInboxTest, GivesAllAgainUntilItIsAcknowledged) {
  will_stream({R"("timestamp":1764547200123,"dataMessage":{"message":"Y 20"})"});
  SignalInbox inbox{service_.origin() + "/", sent_, clock_, Listen::background};
  Collected heard;
  while (!heard.has_any()) heard = inbox.collect(1s);
  EXPECT_EQ(inbox.collect(0ms).said.size(), 1U);
  inbox.add({{id_, Receipt::delivered, {}, {}}});
  EXPECT_EQ(inbox.collect(0ms).deliveries.size(), 1U);
  inbox.acknowledge(heard.cursor);
  const Collected rest = inbox.collect(0ms);
  EXPECT_TRUE(rest.said.empty());
  EXPECT_EQ(rest.deliveries.size(), 1U);
  inbox.acknowledge(rest.cursor);
  EXPECT_FALSE(inbox.collect(0ms).has_any());
  // The stream has ended, and is asked for again later.
  while (inbox.trouble().empty()) inbox.collect(1ms);
  EXPECT_NE(inbox.trouble().find("ended the stream"), std::string::npos);
}

TEST_F(SignalInboxTest, SaysThatTheDaemonIsOutOfReach) {
  SignalInbox inbox{"http://127.0.0.1:1/", sent_, clock_, Listen::background};
  while (inbox.trouble().empty()) inbox.collect(1ms);
  EXPECT_NE(inbox.trouble().find("out of reach"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
