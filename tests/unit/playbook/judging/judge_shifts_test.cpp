#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeShifts, FollowEachOther) {
  expect_error("from: 0,", "from: @@5min,", "begins with the declaration");
  expect_error("until: 16h", "until: @@7h", "ends before it begins");
  expect_error("from: 8h", "from: @@7h", "before response ends");
  expect_warning("until: 8h}\n  - {id: relief, title: Relief, from: 8h,",
                 "until: 7h}\n  - {id: relief, title: Relief, from: @@8h,",
                 "no shift between 7 h and 8 h");
  expect_error("until: 16h}", "until: 16h}\n  - {id: @@response, from: 16h, until: 20h}",
               "duplicate id \"response\"", "line 7");
  expect_error("until: 8h}", "until: @@010}", "expected a time", "leading zero");
  expect_error("until: 16h", "until: @@200h", "longer than");
}

}  // namespace
}  // namespace tocsin::playbook
