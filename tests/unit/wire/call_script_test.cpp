#include "wire/call_script.h"

#include <gtest/gtest.h>

namespace tocsin::wire {
namespace {

const std::string kHook = "https://relay.example/hook/voice";
const seal::MessageId kMessage{{1, 2, 3}};

// A telephone that does what a document says, as its provider does: it asks for the keys, and calls
// the address that the document names.
class Telephone : public testing::Test {
 protected:
  void rings(bool asks, std::string switchboard = "", std::string_view words = "BRAVO.") {
    said_ = first_words({kHook, kMessage, asks, std::move(switchboard)}, words);
  }
  // The query of the address that the document names; empty when it ends.
  std::string query() const {
    const std::string begin = "action=\"" + kHook + "?";
    const std::size_t at = said_.find(begin);
    if (at == std::string::npos) return {};
    std::string query = said_.substr(at + begin.size());
    query.resize(query.find('"'));
    for (std::size_t amp = 0; (amp = query.find("&amp;", amp)) != std::string::npos; ++amp)
      query.replace(amp, 5, "&");
    return query;
  }
  void presses(const std::string& keys) {
    const std::string asked = query();
    ASSERT_FALSE(asked.empty()) << said_;
    const base::Fields form{{"CallSid", "CA1"}, {"Digits", keys}};
    if (const auto meant = pressed(asked, form)) {
      EXPECT_EQ(meant->message, kMessage);
      if (!meant->words.empty()) words_.push_back(meant->words);
      ++pressed_;
    }
    said_ = next_words(kHook, asked, form).value_or("");
  }
  bool is_over() const { return query().empty(); }
  bool says(std::string_view text) const { return said_.find(text) != std::string::npos; }

  std::string said_;
  std::vector<std::string> words_;
  int pressed_ = 0;
};

using Words = std::vector<std::string>;

TEST_F(Telephone, TakesAComingWithItsMinutes) {
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

TEST_F(Telephone, TakesTheOtherAnswers) {
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

TEST_F(Telephone, PutsThroughToTheSwitchboard) {
  rings(true, "+442079460000");
  EXPECT_TRUE(says("press 9"));
  presses("9");
  EXPECT_TRUE(says("<Dial>+442079460000</Dial>"));
  EXPECT_TRUE(words_.empty());
  EXPECT_EQ(pressed_, 1);
  rings(true, "not a number\"/>");
  EXPECT_FALSE(says("press 9"));
}

TEST_F(Telephone, AsksAgainAndEndsInTheEnd) {
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

TEST_F(Telephone, AsksOnlyWhetherItWasHeardWhenThereIsNothingToAnswer) {
  rings(false);
  EXPECT_FALSE(says("If you are coming"));
  presses("1");
  EXPECT_TRUE(is_over());
  EXPECT_EQ(pressed_, 1);
  EXPECT_TRUE(words_.empty());
}

TEST_F(Telephone, WhatIsSaidIsTextOnly) {
  rings(true, "", "<Dial>+44</Dial> & \"x\"\n");
  EXPECT_FALSE(says("<Dial>"));
  EXPECT_TRUE(says("&lt;Dial&gt;+44&lt;/Dial&gt; &amp; &quot;x&quot; "));
}

TEST(CallScript, OtherQueriesAreOfNoCall) {
  const base::Fields form{{"Digits", "1"}};
  for (const char* query : {"", "%", "m=AQIDAAAAAAAAAAAAAAAAAA", "s=choice", "m=x&s=choice",
                            "m=AQIDAAAAAAAAAAAAAAAAAA&s=other"}) {
    EXPECT_FALSE(next_words(kHook, query, form)) << query;
    EXPECT_FALSE(pressed(query, form)) << query;
  }
  EXPECT_TRUE(next_words(kHook, "m=AQIDAAAAAAAAAAAAAAAAAA&s=choice", form));
  EXPECT_FALSE(pressed("m=AQIDAAAAAAAAAAAAAAAAAA&s=choice", {}));  // no keys
}

}  // namespace
}  // namespace tocsin::wire
