#include "contact/numbering.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::contact {
namespace {

TEST(Numbering, FindsTheCallingCodeOfANumber) {
  EXPECT_EQ(plan_of("447700900123")->code, "44");
  EXPECT_EQ(plan_of("12025550123")->code, "1");
  EXPECT_EQ(plan_of("35312345678")->code, "353");
  EXPECT_EQ(plan_of("39")->code, "39");
  EXPECT_EQ(plan_of("999123"), nullptr);
  EXPECT_EQ(plan_of("0123"), nullptr);
  EXPECT_EQ(plan_of(""), nullptr);
}

// ITU-T E.164, 6.1 and 6.2: a code has one to three digits, a number at most fifteen with it, and
// no code begins another.
TEST(Numbering, EveryPlanIsSound) {
  for (int code = 1; code < 1000; ++code) {
    const Plan* plan = plan_of(std::to_string(code));
    if (plan == nullptr || plan->code != std::to_string(code)) continue;
    const Span span = span_of(*plan);
    EXPECT_LE(span.shortest, span.longest) << code;
    EXPECT_GE(span.shortest + plan->code.size(), 6U) << code;
    EXPECT_LE(span.longest + plan->code.size(), 15U) << code;
    EXPECT_FALSE(plan->first.empty()) << code;
    EXPECT_EQ(plan->first.find_first_not_of("0123456789"), std::string_view::npos) << code;
    EXPECT_EQ(plan->mobile.find_first_not_of("0123456789 "), std::string_view::npos) << code;
    const std::string shorter = std::to_string(code / 10);
    const Plan* other = plan_of(shorter);
    EXPECT_TRUE(code < 10 || other == nullptr || other->code != shorter) << code;
  }
}

TEST(Numbering, KnowsTheLengthsOfACountry) {
  const Plan& norway = *plan_of("47");
  EXPECT_TRUE(fits(norway, "41234567"));
  EXPECT_FALSE(fits(norway, "4123456"));
  EXPECT_FALSE(fits(norway, "412345678"));
  EXPECT_FALSE(fits(norway, "12345678"));  // begins like none
  const Plan& ireland = *plan_of("353");
  EXPECT_TRUE(fits(ireland, "12345678"));
  EXPECT_TRUE(fits(ireland, "871234567"));
  EXPECT_FALSE(fits(ireland, "87123456"));  // mobiles have nine digits
  EXPECT_FALSE(fits(ireland, ""));
}

// Ofcom, National Telephone Numbering Plan.
TEST(Numbering, KnowsTheKindsOfTheUnitedKingdom) {
  const Plan& britain = *plan_of("44");
  EXPECT_TRUE(fits(britain, "7700900123"));
  EXPECT_FALSE(fits(britain, "770090012"));
  EXPECT_TRUE(fits(britain, "120452012"));   // Bolton has numbers of five digits
  EXPECT_FALSE(fits(britain, "163296012"));  // no other area has
  EXPECT_TRUE(fits(britain, "800123456"));
  EXPECT_FALSE(fits(britain, "6123456789"));
}

TEST(Numbering, TellsMobilesWhereTheyBeginApart) {
  EXPECT_TRUE(may_be_mobile(*plan_of("39"), "3471234567"));
  EXPECT_FALSE(may_be_mobile(*plan_of("39"), "0612345678"));
  EXPECT_FALSE(may_be_mobile(*plan_of("33"), "123456789"));
  EXPECT_TRUE(may_be_mobile(*plan_of("1"), "2025550123"));
  EXPECT_FALSE(may_be_mobile(*plan_of("44"), "7600123456"));  // a pager
  EXPECT_TRUE(may_be_mobile(*plan_of("44"), "7624123456"));
}

TEST(Numbering, KnowsWhereADigitMustComeFirst) {
  EXPECT_TRUE(needs_trunk(*plan_of("44")));
  EXPECT_FALSE(needs_trunk(*plan_of("47")));
  EXPECT_FALSE(needs_trunk(*plan_of("55")));  // written with and without
}

TEST(Numbering, KnowsAWholeNumberFromTheEndOfOne) {
  EXPECT_TRUE(is_whole(*plan_of("44"), "7700900123"));
  EXPECT_FALSE(is_whole(*plan_of("44"), "120452012"));
  EXPECT_TRUE(is_whole(*plan_of("353"), "871234567"));
  EXPECT_FALSE(is_whole(*plan_of("353"), "2345678"));  // within Dublin
  EXPECT_TRUE(is_whole(*plan_of("33"), "123456789"));
}

}  // namespace
}  // namespace tocsin::contact
