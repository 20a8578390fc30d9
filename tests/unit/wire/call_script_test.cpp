#include "wire/call_script.h"

#include <gtest/gtest.h>

#include "base/form.h"

namespace tocsin::wire {
namespace {

const std::string kHook = "https://relay.example/hook/voice";
const seal::MessageId kMessage{{1, 2, 3}};

// A telephone that does what it is told, as each provider does: it asks for the keys, and posts
// them to the address that goes with them. Whatever the provider, the flow is the same.
class Telephone : public testing::TestWithParam<CallDialect> {
 protected:
  void rings(bool asks, std::string switchboard = "", std::string_view words = "BRAVO.") {
    turn_ = first_turn({kHook, kMessage, asks, std::move(switchboard)}, words);
  }
  // The query of the address that gets the keys; empty when the call ends.
  std::string query() const {
    if (turn_.keys_to.empty()) return {};
    EXPECT_TRUE(turn_.keys_to.starts_with(kHook + "?"));
    return turn_.keys_to.substr(kHook.size() + 1);
  }
  // What the provider posts, as it is read.
  CallNews posts(const std::string& keys, bool in_time) const {
    const std::string body =
        GetParam() == CallDialect::twiml
            ? "CallSid=CA1&From=%2B442079460009&Digits=" + base::percent_coded(keys)
            : R"({"uuid":"a-1","from":"442079460009","dtmf":{"digits":")" + keys +
                  R"(","timed_out":)" + (in_time ? "false" : "true") + "}}";
    return read_call_news(GetParam(), base::bytes_of(body)).value_or(CallNews{});
  }
  void presses(const std::string& keys, bool in_time = true) {
    const std::string asked = query();
    ASSERT_FALSE(asked.empty()) << turn_.words;
    const CallNews news = posts(keys, in_time);
    if (const auto meant = pressed(asked, news)) {
      EXPECT_EQ(meant->message, kMessage);
      if (!meant->words.empty()) words_.push_back(meant->words);
      ++pressed_;
    }
    turn_ = next_turn(kHook, asked, news).value_or(CallTurn{});
  }
  bool is_over() const { return query().empty(); }
  // As it is written for the provider.
  bool says(std::string_view text) const {
    return write_turn(GetParam(), turn_).find(text) != std::string::npos;
  }

  CallTurn turn_;
  std::vector<std::string> words_;
  int pressed_ = 0;
};

using Words = std::vector<std::string>;

TEST_P(Telephone, TakesAComingWithItsMinutes) {
  rings(true);
  EXPECT_TRUE(says("BRAVO."));
  EXPECT_TRUE(says("press 1"));
  EXPECT_FALSE(says("press 9"));  // there is no switchboard
  presses("1");
  EXPECT_TRUE(says("how many minutes"));
  presses("25");
  EXPECT_TRUE(says("You come in 25 minutes"));
  EXPECT_TRUE(is_over());
  EXPECT_EQ(words_, (Words{"Y", "Y 25"}));
}

TEST_P(Telephone, TakesTheOtherAnswers) {
  rings(true);
  presses("3");
  EXPECT_TRUE(is_over());
  rings(true);
  presses("4");
  EXPECT_TRUE(is_over());
  rings(true);
  presses("2");
  EXPECT_TRUE(says("how many hours"));
  presses("3");
  EXPECT_TRUE(is_over());
  EXPECT_EQ(words_, (Words{"LR", "N", "L 180"}));
}

TEST_P(Telephone, PutsThroughToTheSwitchboard) {
  rings(true, "+442079460000");
  EXPECT_TRUE(says("press 9"));
  presses("9");
  EXPECT_EQ(turn_.through_to, "+442079460000");
  EXPECT_EQ(turn_.caller, "+442079460009");
  EXPECT_TRUE(says("442079460000"));
  EXPECT_TRUE(words_.empty());
  EXPECT_EQ(pressed_, 1);
  rings(true, "not a number\"/>");
  EXPECT_FALSE(says("press 9"));
}

TEST_P(Telephone, AsksAgainAndEndsInTheEnd) {
  rings(true, "+442079460000");
  presses("7");
  EXPECT_TRUE(says("press 9"));
  presses("");  // nothing was pressed
  EXPECT_FALSE(is_over());
  presses("*");
  EXPECT_TRUE(is_over());
  EXPECT_TRUE(words_.empty());
  rings(true);
  presses("1");
  presses("0");
  presses("999");
  presses("20");
  EXPECT_EQ(words_, (Words{"Y", "Y 20"}));
  rings(true);
  presses("2");
  presses("13");
  presses("1");
  EXPECT_EQ(words_.back(), "L 60");
}

TEST_P(Telephone, AsksOnlyWhetherItWasHeardWhenThereIsNothingToAnswer) {
  rings(false);
  EXPECT_FALSE(says("If you are coming"));
  presses("1");
  EXPECT_TRUE(is_over());
  EXPECT_EQ(pressed_, 1);
  EXPECT_TRUE(words_.empty());
}

TEST_P(Telephone, WhatIsSaidIsTextOnly) {
  rings(true, "", "<Dial>+44</Dial> & \"x\"\n");
  EXPECT_FALSE(says("<Dial>"));
  EXPECT_FALSE(says("<Dial>+44"));
  EXPECT_TRUE(says("If you are coming"));
}

INSTANTIATE_TEST_SUITE_P(InBothDialects, Telephone,
                         testing::Values(CallDialect::twiml, CallDialect::ncco));

// Vonage posts that as well; Twilio says goodbye by itself.
TEST(CallScript, WhoPressesNothingIsNotAskedForEver) {
  CallNews silence;
  silence.is_silent = true;
  for (const char* stage : {"choice", "minutes", "hours", "heard"}) {
    const std::string query = std::string{"m=AQIDAAAAAAAAAAAAAAAAAA&s="} + stage;
    EXPECT_FALSE(pressed(query, silence)) << stage;
    const auto turn = next_turn(kHook, query, silence);
    ASSERT_TRUE(turn) << stage;
    EXPECT_EQ(turn->words, "Goodbye.") << stage;
    EXPECT_TRUE(turn->keys_to.empty()) << stage;
  }
}

TEST(CallScript, OtherQueriesAreOfNoCall) {
  CallNews news;
  news.keys = "1";
  for (const char* query : {"", "%", "m=AQIDAAAAAAAAAAAAAAAAAA", "s=choice", "m=x&s=choice",
                            "m=AQIDAAAAAAAAAAAAAAAAAA&s=other"}) {
    EXPECT_FALSE(next_turn(kHook, query, news)) << query;
    EXPECT_FALSE(pressed(query, news)) << query;
  }
  EXPECT_TRUE(next_turn(kHook, "m=AQIDAAAAAAAAAAAAAAAAAA&s=choice", news));
  EXPECT_FALSE(pressed("m=AQIDAAAAAAAAAAAAAAAAAA&s=choice", {}));  // no keys
}

}  // namespace
}  // namespace tocsin::wire
