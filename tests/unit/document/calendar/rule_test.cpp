#include "document/calendar/rule.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <cstdlib>

namespace tocsin::document {
namespace {

std::optional<Rule> read(const char* text) {
  const icalrecurrencetype parsed = icalrecurrencetype_from_string(text);
  auto rule = read_rule(parsed);
  std::free(parsed.rscale);  // of a property, libical frees it itself
  return rule;
}

TEST(Rule, IsReadPartByPart) {
  const auto rule =
      read("FREQ=MONTHLY;INTERVAL=2;COUNT=9;BYDAY=MO,-1FR;BYSETPOS=1;BYMONTH=3;BYHOUR=8;WKST=SU");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->frequency, Rule::Frequency::monthly);
  EXPECT_EQ(rule->interval, 2);
  EXPECT_EQ(rule->count, 9);
  ASSERT_EQ(rule->weekdays.size(), 2u);
  EXPECT_EQ(rule->weekdays[1].day, 5);
  EXPECT_EQ(rule->weekdays[1].nth, -1);
  EXPECT_EQ(rule->positions, std::vector<int>{1});
  EXPECT_EQ(rule->months, std::vector<int>{3});
  EXPECT_EQ(rule->hours, std::vector<int>{8});
  EXPECT_EQ(rule->week_start, 0);
  EXPECT_EQ(read("FREQ=WEEKLY")->week_start, 1);
}

TEST(Rule, UntilHasThreeForms) {
  using Form = Rule::Until::Form;
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20270105")->until->form, Form::date);
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20270105T080000")->until->form, Form::local);
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20270105T080000Z")->until->form, Form::utc);
}

TEST(Rule, OthersAreNotRead) {
  for (const char* text :
       {"", "FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=SOMETIMES", "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;BYDAY=-1FR", "FREQ=DAILY;BYWEEKNO=3", "FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO",
        "RSCALE=HEBREW;FREQ=YEARLY", "FREQ=DAILY;UNTIL=nonsense"})
    EXPECT_FALSE(read(text)) << text;
}

}  // namespace
}  // namespace tocsin::document
