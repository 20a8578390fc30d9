// The channel matrix against a simulator of a homeserver that knows transactions, holds its limits
// and fails as it is told.
#include "channel/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "provider/as_driver.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::MatrixChannel;
using channel::MatrixLimits;
using channel::Receipt;
using channel::Said;
using nlohmann::json;

const std::string kToken = "syt_Y2FsbC1pbnM_sLCgWqXAuqPEGgQbdnRk_1Ha7lO";
const std::string kAna = "@ana:b";
using Nudge = channel::Outgoing<playbook::Nudge>;

class MatrixProvider : public testing::Test {
 protected:
  void SetUp() override { channel_ = channel(); }
  std::unique_ptr<MatrixChannel> channel(channel::Listen listen = channel::Listen::when_asked,
                                         const std::string& token = kToken,
                                         MatrixLimits limits = MatrixLimits::usual) {
    return std::make_unique<MatrixChannel>(
        seal::SecretText{token},
        channel::MatrixSettings{provider_.origin(), "https://relay.example", limits}, clock_,
        listen);
  }
  Nudge nudge(const std::string& person = kAna) {
    Nudge one{seal::random_message_id(entropy_), person,
              playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                              playbook::Meaning::come},
              clock_.now() + 24h, channel::Urgency::high};
    one.asks = true;
    return one;
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  std::vector<Nudge> for_everybody(int count) {
    std::vector<Nudge> batch;
    for (int i = 0; i < count; ++i) batch.push_back(nudge(fmt::format("@p{}:b", i)));
    return batch;
  }
  Receipts send_all(std::vector<Nudge> batch) {
    return send_until_done(*channel_, provider_, clock_, std::move(batch));
  }
  Collected collect() { return take_in(*channel_); }
  Collected collect_later(base::Milliseconds later = 5min) {
    provider_.advance(clock_, later);
    return collect();
  }
  static std::string words(const Collected& collected) {
    std::string all;
    for (const Said& said : collected.said) all += said.from + " " + said.words + ", ";
    return all;
  }
  void does(const char* what, json how) {
    provider_.control({{what, json::array({std::move(how)})}});
  }
  void writes(const std::string& text) { does("write", {{"from", kAna}, {"text", text}}); }
  void fails(json fault) { provider_.control({{"faults", json::array({std::move(fault)})}}); }
  json rooms() { return provider_.control().at("rooms"); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  ProviderProcess provider_{{"matrix", "--token", kToken}};
  std::unique_ptr<MatrixChannel> channel_;
};

TEST_F(MatrixProvider, TakesANudgeIntoARoomOfThePersonsOwn) {
  const Nudge one = nudge();
  EXPECT_EQ(send(one), Receipt::sent);
  EXPECT_EQ(send(nudge()), Receipt::sent);
  const json seen = provider_.control();
  ASSERT_EQ(seen.at("rooms").size(), 1U);
  const json& room = seen.at("rooms").at(0);
  EXPECT_EQ(room.at("person"), kAna);
  EXPECT_EQ(room.at("membership"), "invite");
  ASSERT_EQ(room.at("messages").size(), 2U);
  EXPECT_EQ(room.at("messages").at(0).at("body"), "Incident message: open https://relay.example");
  EXPECT_EQ(room.at("messages").at(0).at("tocsin.message").at("id"), seal::to_text(one.id));
  EXPECT_EQ(seen.at("direct"), (json{{kAna, {room.at("id")}}}));
  // Another process, and another night, find the room.
  channel_ = channel();
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(rooms().size(), 1U);
}

TEST_F(MatrixProvider, HearsWordsAndMarksAndWhatWasRead) {
  const Nudge one = nudge();
  send(one);
  provider_.control({{"join", {kAna}}});
  writes("Y 20");
  does("mark", {{"from", kAna}, {"with", "👎"}});
  provider_.control({{"read", {kAna}}});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), "@ana:b Y 20, @ana:b 👎, ");
  EXPECT_EQ(heard.said.at(1).about, one.id);
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].id, one.id);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::read);
  EXPECT_FALSE(collect_later().has_any());
  writes("N");
  EXPECT_EQ(words(collect_later()), "@ana:b N, ");
}

// A crash before the journal had it.
TEST_F(MatrixProvider, GivesItAgainAfterACrashUnderTheSameIds) {
  const Nudge one = nudge();
  send(one);
  writes("Y 20");
  does("mark", {{"from", kAna}, {"with", "N"}});
  const Collected lost = channel_->collect(0ms);
  ASSERT_EQ(lost.said.size(), 2U);
  channel_ = channel();
  const Collected again = collect();
  ASSERT_EQ(again.said.size(), 2U);
  EXPECT_EQ(again.said[0].id, lost.said[0].id);
  EXPECT_EQ(again.said[1].id, lost.said[1].id);
  EXPECT_EQ(again.said[1].about, one.id);
}

// Only Matrix has this: what may have been accepted is sent again, and is there once.
TEST_F(MatrixProvider, HasOnceWhatWasSentTwice) {
  send(nudge());
  for (const char* kind : {"lost", "cut"}) {
    const Nudge one = nudge();
    fails({{"kind", kind}, {"path", "/_matrix/client/v3/rooms"}});
    EXPECT_EQ(send(one), Receipt::unknown) << kind;
    EXPECT_EQ(send(one), Receipt::sent) << kind;
  }
  EXPECT_EQ(rooms().at(0).at("messages").size(), 3U);
}

TEST_F(MatrixProvider, FollowsNobodyWhoLeftOrRefused) {
  send(nudge());
  provider_.control({{"leave", {kAna}}});
  collect();
  EXPECT_EQ(send(nudge()), Receipt::failed_for_good);
  channel_ = channel();
  EXPECT_EQ(send(nudge()), Receipt::failed_for_good);
  EXPECT_EQ(rooms().size(), 1U);
  provider_.control({{"refuse", {"@x:b"}}});
  EXPECT_EQ(send(nudge("@x:b")), Receipt::failed_for_good);
  EXPECT_EQ(send(nudge("no id")), Receipt::failed_for_good);
}

TEST_F(MatrixProvider, IsNeverAskedForMoreThanItsLimits) {
  const base::Instant begun = clock_.now();
  send_all(for_everybody(40));
  const json seen = provider_.control();
  EXPECT_EQ(seen.at("refused").value("M_LIMIT_EXCEEDED", 0), 0);
  ASSERT_EQ(seen.at("rooms").size(), 40U);
  for (const json& room : seen.at("rooms")) EXPECT_EQ(room.at("messages").size(), 1U);
  EXPECT_LE(clock_.now() - begun, 170s);  // 30 × 5 s
}

TEST_F(MatrixProvider, IsAskedLessWhenItIsBusyAndNobodyGetsTwo) {
  channel_ = channel(channel::Listen::when_asked, kToken, MatrixLimits::none);
  send_all(for_everybody(15));
  const json seen = provider_.control();
  EXPECT_GT(seen.at("refused").value("M_LIMIT_EXCEEDED", 0), 0);
  ASSERT_EQ(seen.at("rooms").size(), 15U);
  for (const json& room : seen.at("rooms")) EXPECT_EQ(room.at("messages").size(), 1U);
}

TEST_F(MatrixProvider, IsFastWhereItHasNoLimits) {
  provider_.control({{"fast", true}});
  channel_ = channel(channel::Listen::when_asked, kToken, MatrixLimits::none);
  const base::Instant begun = clock_.now();
  send_all(for_everybody(60));
  EXPECT_LE(clock_.now() - begun, 30s);
  EXPECT_EQ(rooms().size(), 60U);
}

TEST_F(MatrixProvider, RefusesAForeignToken) {
  channel_ = channel(channel::Listen::when_asked, "syt_another_one_that_is_none");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  collect();
  EXPECT_NE(channel_->trouble().find("token"), std::string::npos);
}

TEST_F(MatrixProvider, FailsInEveryWayAndNobodyIsForgotten) {
  // While there is no room, nothing was sent.
  for (const char* path : {"account", "user", "createRoom"}) {
    fails({{"kind", "status"},
           {"status", 502},
           {"path", fmt::format("/_matrix/client/v3/{}", path)}});
    EXPECT_EQ(send(nudge()), Receipt::failed_for_now) << path;
  }
  EXPECT_EQ(send(nudge()), Receipt::sent);
  const std::string rooms_path = "/_matrix/client/v3/rooms";
  fails({{"kind", "status"}, {"status", 502}, {"path", rooms_path}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", rooms_path}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "slow"}, {"seconds", 0.2}, {"path", rooms_path}});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(rooms().at(0).at("messages").size(), 2U);
}

TEST_F(MatrixProvider, LosesNoAnswerWhenReadingFails) {
  send(nudge());
  collect();
  for (const char* kind : {"cut", "garbage", "status"}) {
    writes(kind);
    fails(
        {{"kind", kind}, {"path", "/_matrix/client/v3/sync"}, {"status", 502}, {"body", "<html>"}});
    EXPECT_EQ(words(collect_later()), "") << kind;
    EXPECT_NE(channel_->trouble(), "") << kind;
    EXPECT_EQ(words(collect_later()), fmt::format("@ana:b {}, ", kind));
  }
}

TEST_F(MatrixProvider, PassesOverForgedAndDamagedEvents) {
  send(nudge());
  provider_.control(
      {{"raw", json::array({{{"room", 0}, {"event", 7}},
                            {{"room", 0}, {"event", {{"type", "m.room.message"}}}},
                            {{"room", 0},
                             {"event",
                              {{"type", "m.room.message"},
                               {"event_id", "$x"},
                               {"sender", "@eve:c"},
                               {"origin_server_ts", 1795387200000},
                               {"content", {{"msgtype", "m.text"}, {"body", "N"}}}}}}})}});
  does("encrypted", {{"from", kAna}});
  writes("Y 20");
  EXPECT_EQ(words(collect()), "@ana:b , @ana:b Y 20, ");
}

TEST_F(MatrixProvider, IsHeardInTheBackground) {
  send(nudge());
  writes("Y 20");
  channel_ = channel(channel::Listen::background);
  EXPECT_EQ(words(channel_->collect(30s)), "@ana:b Y 20, ");
}

// The end does not wait for an answer that never comes.
TEST_F(MatrixProvider, IsLeftWhileItHangs) {
  fails({{"kind", "hang"}, {"path", "/_matrix/client/v3/sync"}});
  channel_ = channel(channel::Listen::background);
  while (!provider_.control().at("requests").contains("GET sync")) continue;
  channel_.reset();
}

}  // namespace
}  // namespace tocsin::provider
