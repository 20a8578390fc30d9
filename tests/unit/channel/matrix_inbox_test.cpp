#include "channel/matrix_inbox.h"

#include <gtest/gtest.h>

#include "unit/channel/homeserver.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const base::Instant kMatrixEvening{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                   40min};
constexpr seal::MessageId kAsking{{1}};
constexpr seal::MessageId kTelling{{2}};

class MatrixBox : public testing::Test {
 protected:
  void SetUp() override { rooms_.learn({{"@ana:b", {"!r:b"}}}); }

  static json text(const char* id, const char* sender, const char* body) {
    return {{"type", "m.room.message"},
            {"event_id", id},
            {"sender", sender},
            {"origin_server_ts", kMatrixEvening.time_since_epoch() / 1ms},
            {"content", {{"msgtype", "m.text"}, {"body", body}}}};
  }
  static json ours(const char* id, const seal::MessageId& message, bool asks) {
    json event = text(id, "@call-ins:b", "Incident message");
    event["content"]["tocsin.message"] = {{"id", seal::to_text(message)}, {"asks", asks}};
    return event;
  }
  static json mark(const char* id, const char* of, const char* key) {
    json event = text(id, "@ana:b", "");
    event["type"] = "m.reaction";
    event["content"] = {
        {"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", of}, {"key", key}}}};
    return event;
  }
  void happens(std::vector<json> events, std::map<std::string, std::string> read = {},
               const char* room = "!r:b") {
    json receipts = json::object();
    for (const auto& [event, by] : read) receipts[event]["m.read"][by] = {{"ts", 1}};
    server_.syncs = {
        {{"next_batch", "s1/&"},
         {"rooms",
          {{"join",
            {{room,
              {{"timeline", {{"events", events}}},
               {"ephemeral",
                {{"events", {{{"type", "m.receipt"}, {"content", receipts}}}}}}}}}}}}}};
  }
  std::string words() {
    asked_ = inbox_.ask();
    std::string all;
    for (const Said& said : asked_.collected.said) all += said.words + " ";
    return all;
  }
  std::vector<seal::MessageId> read() {
    asked_ = inbox_.ask();
    std::vector<seal::MessageId> all;
    for (const Delivery& delivery : asked_.collected.deliveries) {
      EXPECT_EQ(delivery.receipt, Receipt::read);
      all.push_back(delivery.id);
    }
    return all;
  }

  base::VirtualClock clock_{kMatrixEvening + 5s};
  Homeserver server_;
  MatrixAccess access_{server_.service.origin(), seal::SecretText{"syt_secret"}};
  MatrixRooms rooms_{access_, base::Rate{10, 1}, clock_};
  MatrixInbox inbox_{access_, rooms_, clock_, Listen::when_asked};
  Polling::Asked asked_;
};

TEST_F(MatrixBox, GivesWhatThePersonWritesInTheirRoomOnce) {
  happens(
      {text("$1", "@ana:b", "Y 20"), text("$2", "@call-ins:b", "x"), text("$3", "@eve:c", "N")});
  EXPECT_EQ(words(), "Y 20 ");
  EXPECT_EQ(asked_.collected.said[0].id, said_id("matrix", "$1"));
  EXPECT_EQ(asked_.collected.said[0].from, "@ana:b");
  EXPECT_EQ(asked_.collected.said[0].at, kMatrixEvening);
  EXPECT_FALSE(asked_.collected.said[0].about);
  EXPECT_EQ(asked_.pause, 1s);
  EXPECT_EQ(words(), "");
  EXPECT_TRUE(server_.asked.back().ends_with("&since=s1%2F%26")) << server_.asked.back();
  EXPECT_EQ(server_.times("GET account/whoami"), 1U);
}

TEST_F(MatrixBox, PassesOverRoomsThatAreNobodysAlone) {
  happens({text("$1", "@ana:b", "Y 20")}, {}, "!group:b");
  EXPECT_EQ(words(), "");
  server_.syncs[0]["account_data"] = {
      {"events", {{{"type", "m.direct"}, {"content", {{"@ana:b", {"!group:b"}}}}}}}};
  EXPECT_EQ(words(), "Y 20 ");
}

TEST_F(MatrixBox, GivesAMarkBelowAMessageThatAsksAsAnAnswerToIt) {
  happens({ours("$1", kAsking, true), ours("$2", kTelling, false), mark("$3", "$1", "👎"),
           mark("$4", "$2", "👍"), mark("$5", "$9", "👎")});
  EXPECT_EQ(words(), "👎 ");
  EXPECT_EQ(asked_.collected.said[0].about, kAsking);
}

TEST_F(MatrixBox, KnowsWhatAnAnswerQuotes) {
  json quoting = text("$2", "@ana:b", "N");
  quoting["content"]["m.relates_to"] = {{"m.in_reply_to", {{"event_id", "$1"}}}};
  happens({ours("$1", kAsking, true), quoting});
  EXPECT_EQ(words(), "N ");
  EXPECT_EQ(asked_.collected.said[0].about, kAsking);
}

// Nobody else can write that a message is ours.
TEST_F(MatrixBox, TakesNobodyElsesMessagesForOurs) {
  json forged = ours("$1", kAsking, true);
  forged["sender"] = "@ana:b";
  happens({forged, mark("$2", "$1", "N")}, {{"$1", "@ana:b"}});
  EXPECT_EQ(words(), "Incident message ");
  EXPECT_TRUE(asked_.collected.deliveries.empty());
}

TEST_F(MatrixBox, SaysWhatThePersonHasReadUpToThere) {
  happens({ours("$1", kAsking, true), ours("$2", kTelling, false), text("$3", "@ana:b", "hm"),
           ours("$4", {{4}}, false)},
          {{"$3", "@ana:b"}, {"$4", "@eve:c"}});
  EXPECT_EQ(read(), (std::vector<seal::MessageId>{kAsking, kTelling}));
  EXPECT_TRUE(read().empty());
  happens({}, {{"$4", "@ana:b"}});
  EXPECT_EQ(read(), (std::vector<seal::MessageId>{{{4}}}));
  happens({}, {{"$unknown", "@ana:b"}});
  EXPECT_TRUE(read().empty());
}

TEST_F(MatrixBox, NoticesWhoLeaves) {
  json left = text("$1", "@ana:b", "");
  left["type"] = "m.room.member";
  left["state_key"] = "@ana:b";
  left["content"] = {{"membership", "leave"}};
  happens({left});
  words();
  EXPECT_EQ(rooms_.places({"@ana:b"}).at("@ana:b").verdict.receipt, Receipt::failed_for_good);
}

// They are told how to answer.
TEST_F(MatrixBox, GivesEmptyWordsForWhatCannotBeRead) {
  json secret = text("$1", "@ana:b", "");
  secret["type"] = "m.room.encrypted";
  secret["content"] = {{"algorithm", "m.megolm.v1.aes-sha2"}};
  happens({secret});
  EXPECT_EQ(words(), " ");
}

TEST_F(MatrixBox, SaysWhyItCannotRead) {
  const auto trouble = [&](const char* target, const char* head, std::string body = "") {
    server_.failures = {{target, head}};
    server_.failure_body = std::move(body);
    words();
    EXPECT_GE(asked_.pause, 5s);
    EXPECT_EQ(asked_.trouble.find("syt"), std::string::npos);
    return asked_.trouble;
  };
  EXPECT_NE(trouble("GET account", "401 x").find("token is refused"), std::string::npos);
  EXPECT_NE(trouble("GET sync", "401 x").find("token is refused"), std::string::npos);
  EXPECT_NE(trouble("GET sync", "502 x").find("502"), std::string::npos);
  EXPECT_NE(trouble("GET sync", "200 OK", "<html>").find("damaged"), std::string::npos);
  trouble("GET sync", "429 Many", R"({"retry_after_ms":200000})");
  EXPECT_EQ(asked_.pause, 200s);
  server_.failures.clear();
  happens({text("$1", "@ana:b", "N")});
  EXPECT_EQ(words(), "N ");
  EXPECT_EQ(asked_.trouble, "");
}

TEST_F(MatrixBox, BeginsAgainWhenTheHomeserverForgotWhereItWas) {
  happens({text("$1", "@ana:b", "N")});
  words();
  server_.failures = {{"GET sync", "400 Bad"}};
  words();
  server_.failures.clear();
  happens({text("$1", "@ana:b", "N"), text("$2", "@ana:b", "Y 20")});
  EXPECT_EQ(words(), "Y 20 ") << "and says nothing twice";
  EXPECT_EQ(server_.asked.back().find("since"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
