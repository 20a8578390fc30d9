// The channel signal against a simulator of signal-cli's daemon.
#include "channel/signal.h"

#include <algorithm>
#include <set>

#include "provider/provider_process.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Delivery;
using channel::Receipt;
using channel::SignalChannel;
using nlohmann::json;
using Message = channel::Outgoing<channel::Words>;

class SignalProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}, const std::string& account = "") {
    options.insert(options.begin(), "signal_cli");
    provider_ = std::make_unique<ProviderProcess>(options);
    connect(account);
  }
  // As a process that takes over.
  void connect(const std::string& account = "") {
    channel_.reset();
    channel_ = std::make_unique<SignalChannel>(
        channel::SignalSettings{provider_->origin(), account, folder_.path() / "signal.sent"},
        clock_, channel::Listen::background);
    const json before = provider_->control().at("streams");
    channel_->collect(0ms);
    while (provider_->control().at("streams") == before) continue;
  }
  Message message(const std::string& number = "+447700900123", bool asks = true) {
    return {seal::random_message_id(entropy_),
            number,
            {"Come to Resus by 23:10."},
            clock_.now() + 6h,
            channel::Urgency::high,
            asks};
  }
  Receipt send(const Message& one) { return channel_->send({&one, 1}).at(0).receipt; }
  Collected next() {
    Collected all;
    for (const base::Stopwatch watch; !all.has_any() && watch.seconds() < 20;)
      all = channel_->collect(1s);
    channel_->acknowledge(all.cursor);
    return all;
  }
  json sent() { return provider_->control().at("sent"); }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  ForwardClock clock_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<SignalChannel> channel_;
};

TEST_F(SignalProvider, CarriesTheWordsAndAPoll) {
  start();
  EXPECT_EQ(send(message()), Receipt::sent);
  EXPECT_EQ(send(message("+447700900124", false)), Receipt::sent);
  const json all = sent();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.at(0).at("message"), "Come to Resus by 23:10.");
  EXPECT_EQ(all.at(1).at("option").size(), 8U);
  EXPECT_EQ(all.at(2).at("to"), "+447700900124");
  EXPECT_TRUE(provider_->control().at("wrong").empty());
}

TEST_F(SignalProvider, HearsAVoteWordsAndReceipts) {
  start();
  const Message one = message();
  ASSERT_EQ(send(one), Receipt::sent);
  const auto poll = sent().at(1).at("time");
  provider_->control({{"vote", {{{"from", one.address}, {"poll", poll}, {"options", {1}}}}}});
  const Collected vote = next();
  ASSERT_EQ(vote.said.size(), 1U);
  EXPECT_EQ(vote.said[0].words, "Y 30");
  EXPECT_EQ(vote.said[0].about, one.id);
  provider_->control({{"hear", {{{"from", one.address}, {"message", "N"}, {"quote", poll}}}}});
  const Collected words = next();
  ASSERT_EQ(words.said.size(), 1U);
  EXPECT_EQ(words.said[0].words, "N");
  EXPECT_EQ(words.said[0].about, one.id);
  provider_->control({{"receipts", "delivery"}});
  EXPECT_EQ(next().deliveries.at(0).receipt, Receipt::delivered);
}

// A vote is understood by the next process, from the file.
TEST_F(SignalProvider, UnderstandsAVoteAfterARestart) {
  start();
  const Message one = message();
  ASSERT_EQ(send(one), Receipt::sent);
  const auto poll = sent().at(1).at("time");
  connect();
  provider_->control({{"receipts", "read"}});  // of messages to people that it does not know
  provider_->control({{"vote", {{{"from", one.address}, {"poll", poll}, {"options", {7}}}}}});
  const Collected vote = next();
  ASSERT_EQ(vote.said.size(), 1U);
  EXPECT_EQ(vote.said[0].words, "N");
  EXPECT_EQ(vote.said[0].about, one.id);
  EXPECT_TRUE(vote.deliveries.empty());
}

// A person who got a message of their own cannot say that somebody else has read theirs.
TEST_F(SignalProvider, BelievesNoForgedReceiptAndNoForgedVote) {
  start();
  ASSERT_EQ(send(message()), Receipt::sent);
  const std::string time = sent().at(0).at("time").dump();
  provider_->control(
      {{"raw",
        "event:receive\ndata:{\"envelope\":{\"sourceNumber\":\"+447700900124\",\"timestamp\":"
        "5,\"receiptMessage\":{\"isRead\":true,\"timestamps\":[" +
            time + "]}}}\n\n"},
       {"vote", {{{"from", "+447700900124"}, {"poll", 12345}, {"options", {0}}}}},
       {"hear", {{{"from", "+447700900124"}, {"message", "last"}}}}});
  const Collected heard = next();
  EXPECT_TRUE(heard.deliveries.empty());
}

TEST_F(SignalProvider, SurvivesWhateverTheStreamHolds) {
  start();
  provider_->control({{"raw", "event:receive\ndata:" + std::string(400'000, '[') + "\n\n"}});
  provider_->control(
      {{"raw", std::string(300'000, 'x') + "\n\n\r\r\rdata\n\nevent:receive\ndata:{}\n\n"}});
  provider_->control({{"hear", {{{"from", "+447700900123"}, {"message", "Y 20"}}}}});
  EXPECT_EQ(next().said.at(0).words, "Y 20");
}

TEST_F(SignalProvider, ConnectsAgainWhenTheStreamEnds) {
  start();
  provider_->control({{"end", true}});
  while (provider_->control().at("streams") == 0) channel_->collect(100ms);
  provider_->control({{"hear", {{{"from", "+447700900123"}, {"message", "Y 20"}}}}});
  EXPECT_EQ(next().said.size(), 1U);
}

TEST_F(SignalProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  EXPECT_EQ(send(message("+447700900002")), Receipt::failed_for_good);
  EXPECT_EQ(send(message("+447700900003")), Receipt::failed_for_good);
  EXPECT_EQ(send(message("+447700900005")), Receipt::failed_for_now);
  const std::string path = "/api/v1/rpc";
  for (const char* kind : {"reset", "lost", "cut"}) {
    fails({{"kind", kind}, {"path", path}});
    EXPECT_EQ(send(message("+447700900123", false)), Receipt::unknown) << kind;
  }
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", path}});
  EXPECT_EQ(send(message()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 500}, {"path", path}});
  EXPECT_EQ(send(message()), Receipt::unknown);
  provider_->advance(clock_, 60s);
  EXPECT_EQ(send(message("+447700900004")), Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
}

TEST_F(SignalProvider, AsksInWordsWhereThereAreNoPolls) {
  start({"--without-polls", "--several"}, "+447700900999");
  EXPECT_EQ(send(message()), Receipt::sent);
  EXPECT_EQ(sent().size(), 1U);
}

// The end waits neither for the stream nor for an answer that never comes.
TEST_F(SignalProvider, IsLeftWhileItListens) {
  start();
  channel_.reset();
}

}  // namespace
}  // namespace tocsin::provider
