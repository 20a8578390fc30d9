// An event in an export: everything that happened, and no contact point.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using nlohmann::json;

json exported(Body body) { return to_json({kDeclared, "Ana", std::move(body)}); }

// b2sum -l 256
TEST(EventJson, GivesLengthAndHashInsteadOfSnapshots) {
  Declared declared;
  declared.playbook = "format: 1";
  EXPECT_EQ(
      exported(declared)["playbook"],
      (json{{"bytes", 9},
            {"blake2b_256", "0642f8e923dc1d7129a1c727f415bc02037207cf8ca08a8e6c09d734bd5a5c03"}}));
  const json digest = {
      {"bytes", 3},
      {"blake2b_256", "11c0e79b71c3976ccd0c02d1310e2516c08edc9d8b6f57ccd680d63a4d8e72da"}};
  EXPECT_EQ(exported(RosterTaken{{1, 2, 3}, {}})["roster"], digest);
  EXPECT_EQ(exported(RosterTaken{{}, {1, 2, 3}})["rota"], digest);
  EXPECT_EQ(exported(MembershipTaken{{1, 2, 3}})["membership"], digest);
}

TEST(EventJson, OfAWholeNightHoldsNoContactPoint) {
  Night night;
  night.enrols(0, "ana");
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.happens(5, Told{Audience::coming, "", "use the north entrance"});
  night.settle(5);
  ASSERT_GT(night.events.size(), 10U);
  for (const Event& event : night.events) {
    const std::string text = to_json(event).dump();
    EXPECT_EQ(text.find("7700900"), std::string::npos) << text;
  }
}

TEST(EventJson, SaysWhenWhoAndWhat) {
  EXPECT_EQ(exported(NeedSet{PostId{"resus/nurse/response"}, 4, at(30), "second bus"}),
            (json{{"at", "2026-11-22T22:40:00.000Z"},
                  {"by", "Ana"},
                  {"event", "need-set"},
                  {"post", "resus/nurse/response"},
                  {"count", 4},
                  {"needed_by", "2026-11-22T23:10:00.000Z"},
                  {"why", "second bus"}}));
  // What was not said has no time; 1970 would be read as one.
  Replied reply;
  reply.person = PersonId{"ana"};
  reply.answer = Answer::last_resort;
  const json no_time = exported(reply);
  EXPECT_EQ(no_time["answer"], "last resort");
  EXPECT_TRUE(no_time["when"].is_null());
  const json forecast = exported(Forecasted{{{PostId{"a/b/c"}, 1, 973}}, {PostId{"d/e/f"}}});
  EXPECT_EQ(forecast["outlook"],
            (json::array({{{"post", "a/b/c"}, {"deadline", 1}, {"probability", 0.973}}})));
  EXPECT_EQ(forecast["exhausted"], json::array({"d/e/f"}));
}

// The words of an event are the coordinator's, so they may be anything.
TEST(EventJson, KeepsHostileWordsInsideTheirString) {
  const std::string words = "\",\"by\":\"nobody\"}\n\x1b[2J";
  const json read = json::parse(exported(Decided{words, words}).dump());
  EXPECT_EQ(read["decision"], words);
  EXPECT_EQ(read["by"], "Ana");
}

}  // namespace
}  // namespace tocsin::incident
