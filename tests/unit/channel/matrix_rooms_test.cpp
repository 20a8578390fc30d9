#include "channel/matrix_rooms.h"

#include <gtest/gtest.h>

#include "unit/channel/homeserver.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

class MatrixRoomsTest : public testing::Test {
 protected:
  MatrixRooms::Place place(const std::string& person = "@ana:b") {
    return rooms_.places({person}).at(person);
  }
  std::unique_ptr<MatrixRooms> next_process() {
    return std::make_unique<MatrixRooms>(access_, base::Rate{10, 1}, clock_);
  }

  base::VirtualClock clock_{base::Instant{} + 1h};
  Homeserver server_;
  MatrixAccess access_{server_.service.origin(), seal::SecretText{"syt_secret"}};
  MatrixRooms rooms_{access_, base::Rate{10, 1}, clock_};
};

TEST_F(MatrixRoomsTest, MakesARoomOnceAndRemembersItAtTheHomeserver) {
  server_.direct = nlohmann::json{};  // nothing was ever written there
  EXPECT_EQ(place().room, "!made1:b");
  EXPECT_EQ(
      server_.sent.at(0),
      (nlohmann::json{{"preset", "private_chat"}, {"is_direct", true}, {"invite", {"@ana:b"}}}));
  EXPECT_EQ(server_.direct, (nlohmann::json{{"@ana:b", {"!made1:b"}}}));
  EXPECT_EQ(place().room, "!made1:b");
  EXPECT_EQ(server_.made, 1);
  EXPECT_EQ(rooms_.person_in("!made1:b"), "@ana:b");
  EXPECT_EQ(rooms_.person_in("!other:b"), "");

  server_.memberships["%21made1%3Ab %40ana%3Ab"] = "join";
  EXPECT_EQ(next_process()->places({"@ana:b"}).at("@ana:b").room, "!made1:b");
  EXPECT_EQ(server_.made, 1);
}

TEST_F(MatrixRoomsTest, TakesTheNewestRoomInWhichThePersonIs) {
  server_.direct = {{"@ana:b", {"!1:b", "!2:b", "!3:b", "!4:b"}}};
  server_.memberships = {{"%211%3Ab %40ana%3Ab", "join"},
                         {"%212%3Ab %40ana%3Ab", "invite"},
                         {"%213%3Ab %40ana%3Ab", "leave"}};
  EXPECT_EQ(place().room, "!2:b");
  const std::size_t asked = server_.asked.size();
  EXPECT_EQ(place().room, "!2:b");
  EXPECT_EQ(server_.asked.size(), asked) << "it is known now";
  EXPECT_EQ(server_.made, 0);
}

TEST_F(MatrixRoomsTest, KeepsWhatOthersWroteOnTheList) {
  server_.direct = {{"@else:c", {"!9:c"}}};
  place();
  EXPECT_EQ(server_.direct, (nlohmann::json{{"@else:c", {"!9:c"}}, {"@ana:b", {"!made1:b"}}}));
}

// They want no more messages here.
TEST_F(MatrixRoomsTest, FollowsNobodyWhoLeft) {
  server_.direct = {{"@ana:b", {"!1:b"}}};
  server_.memberships["%211%3Ab %40ana%3Ab"] = "leave";
  EXPECT_EQ(place().verdict.receipt, Receipt::failed_for_good);
  EXPECT_EQ(server_.made, 0);
  EXPECT_EQ(place("@bo:b").room, "!made1:b");
  rooms_.changed("!made1:b", "@else:b", Membership::leave);
  EXPECT_EQ(place("@bo:b").room, "!made1:b");
  rooms_.changed("!made1:b", "@bo:b", Membership::join);
  rooms_.changed("!made1:b", "@bo:b", Membership::leave);
  EXPECT_EQ(place("@bo:b").verdict.receipt, Receipt::failed_for_good);
}

TEST_F(MatrixRoomsTest, MakesAnotherWhenTheAccountIsInNoneOfThem) {
  server_.direct = {{"@ana:b", {"!1:b"}}};  // and nobody is in it
  EXPECT_EQ(place().room, "!made1:b");
  EXPECT_EQ(server_.direct, (nlohmann::json{{"@ana:b", {"!1:b", "!made1:b"}}}));
}

TEST_F(MatrixRoomsTest, SaysWhyThereIsNone) {
  const auto verdict = [&](const char* target, const char* head) {
    server_.failures = {{target, head}};
    return next_process()->places({"@ana:b"}).at("@ana:b").verdict;
  };
  server_.refused = {"@ana:b"};
  EXPECT_EQ(verdict("x", "").receipt, Receipt::failed_for_good);
  server_.refused.clear();
  server_.direct = {{"@ana:b", {"!1:b"}}};
  for (const char* target : {"GET user/", "GET rooms/", "POST createRoom"})
    for (const char* head : {"500 Oh", "401 No", "200 OK", ""}) {
      const Verdict why = verdict(target, head);
      if (std::string_view{target} == "GET rooms/" && std::string_view{head} == "200 OK")
        continue;  // an answer without a membership is none: a room is made
      EXPECT_EQ(why.receipt, Receipt::failed_for_now) << target << head;
      EXPECT_EQ(why.reason.find("ana"), std::string::npos);
      EXPECT_EQ(why.reason.find("syt"), std::string::npos);
    }
  EXPECT_EQ(verdict("GET user/", "403 No").receipt, Receipt::failed_for_now)
      << "it is the account's fault and nobody's else";
}

TEST_F(MatrixRoomsTest, MakesNoMoreAtOnceThanTheHomeserverTakes) {
  std::set<std::string> people;
  for (char c = 'a'; c < 'a' + 14; ++c) people.insert(std::string{"@"} + c + ":b");
  int without = 0;
  for (const auto& [person, place] : rooms_.places(people)) {
    if (!place.room.empty()) continue;
    ++without;
    EXPECT_EQ(place.verdict.receipt, Receipt::failed_for_now);
    EXPECT_GT(place.verdict.retry_after, 0ms);
  }
  EXPECT_EQ(without, 4);
  EXPECT_EQ(server_.times("PUT user/"), 1U) << "the list is written once";

  server_.failures = {{"POST createRoom", "429 Many"}};
  server_.failure_body = R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":47000})";
  clock_.advance(20s);
  EXPECT_EQ(place("@z:b").verdict.retry_after, 47s);
  server_.failures.clear();
  EXPECT_EQ(place("@y:b").verdict.receipt, Receipt::failed_for_now);
  clock_.advance(47s);
  EXPECT_FALSE(place("@y:b").room.empty());
}

TEST_F(MatrixRoomsTest, WritesTheListAgainWhenThatFailed) {
  server_.failures = {{"PUT user/", "500 Oh"}};
  EXPECT_EQ(place().room, "!made1:b");
  EXPECT_TRUE(server_.direct.empty());
  server_.failures.clear();
  place();
  EXPECT_EQ(server_.direct, (nlohmann::json{{"@ana:b", {"!made1:b"}}}));
}

TEST_F(MatrixRoomsTest, LearnsRoomsAndForgetsNoneThatItMade) {
  place();
  rooms_.learn({{"@bo:b", {"!7:b"}}});
  EXPECT_EQ(rooms_.person_in("!7:b"), "@bo:b");
  EXPECT_EQ(rooms_.person_in("!made1:b"), "@ana:b");
}

}  // namespace
}  // namespace tocsin::channel
