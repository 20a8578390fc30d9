#include "roster/reading/day_order.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tocsin::roster {
namespace {

using Rows = std::vector<std::pair<const char*, const char*>>;

DayOrder order_of(const Rows& rows) {
  DayOrder out;
  for (const auto& [begin, end] : rows) out.add(begin, end);
  return out;
}

TEST(DayOrder, DatesThatAreMonthsApart) {
  EXPECT_TRUE(order_of({{"12/01/2026", ""}, {"12/02/2026", ""}, {"12/03/2026 08:00", ""}}).sign());
  EXPECT_FALSE(order_of({{"01/12/2026", ""}, {"02/12/2026", ""}, {"03/12/2026", ""}}).sign());
  EXPECT_FALSE(order_of({{"12/01/2026", ""}, {"12/02/2026", ""}}).sign()) << "too few";
  EXPECT_FALSE(
      order_of({{"12/01/2026", ""}, {"12/02/2026", ""}, {"12/03/2026", ""}, {"13/03/2026", ""}})
          .sign())
      << "one has its day first for sure";
  EXPECT_FALSE(order_of({{"2026-12-01", ""}, {"2026-11-01", ""}, {"2026-10-01", ""}}).sign());
  EXPECT_FALSE(order_of({{"12-Jan-2026", ""}, {"12-Feb-2026", ""}, {"12-Mar-2026", ""}}).sign());
}

TEST(DayOrder, RowsThatGoOnForAMonth) {
  EXPECT_TRUE(order_of({{"11/01/2026", "11/02/2026"}, {"12/03/2026", "12/05/2026"}}).sign());
  EXPECT_TRUE(order_of({{"11/01/2026", "12/01/2026"}, {"11/02/2026", "11/03/2026"}}).sign() ==
              std::nullopt)
      << "one row is long either way";
  EXPECT_FALSE(order_of({{"01/02/2026", "02/02/2026"}, {"03/02/2026", "04/02/2026"}}).sign());
  EXPECT_FALSE(order_of({{"x", "1/2/3"}, {"", "31/12"}}).sign());
}

TEST(DayOrder, TimesWithHalfDaysLeaveItOpen) {
  DayOrder order = order_of({{"01/02/2026", ""}});
  EXPECT_FALSE(order.is_open());
  order.add_half_day();
  EXPECT_TRUE(order.is_open());
  DayOrder one = order_of({{"1/4/2027 8:00 PM", "1/5/2027 8:00 AM"}});
  EXPECT_FALSE(one.sign());
  one.add_half_day();
  EXPECT_TRUE(one.sign()) << "a month, where the month may stand first";
  order.add("31/01/2026", "");
  EXPECT_FALSE(order.is_open());
}

TEST(DayOrder, ADayOfTheWeekSaysWhichStandsFirst) {
  DayOrder order =
      order_of({{"Fri 01/01/2027", ""}, {"Mon 01/02/2027", ""}, {"Mon 01/03/2027", ""}});
  order.add_half_day();
  EXPECT_FALSE(order.sign());
  EXPECT_FALSE(order.is_open());
}

}  // namespace
}  // namespace tocsin::roster
