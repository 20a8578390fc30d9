#include "playbook/playbook.h"

#include <gtest/gtest.h>

namespace tocsin::playbook {
namespace {

TEST(Playbook, FindsItsPartsByName) {
  Playbook book;
  Post post;
  post.id = PostId{"resus/nurse/response"};
  book.posts.push_back(post);
  book.areas.push_back({AreaId{"resus"}, "Resus", 1, "", {}});
  book.shifts.push_back({ShiftId{"response"}, "Response", {}, {}});
  EXPECT_EQ(book.find_post(post.id), &book.posts[0]);
  EXPECT_EQ(book.find_area(AreaId{"resus"}), &book.areas[0]);
  EXPECT_EQ(book.find_shift(ShiftId{"response"}), &book.shifts[0]);
  EXPECT_EQ(book.find_shift(ShiftId{"relief"}), nullptr);
}

TEST(Playbook, LimitsFallBackToWhatIsSaidOfAllAndThenToWhatIsUsual) {
  Limits limits;
  EXPECT_DOUBLE_EQ(limits.confidence(2), 0.90);
  limits.confidence_default = 0.7;
  limits.confidence_by_priority[3] = 0.6;
  EXPECT_DOUBLE_EQ(limits.confidence(2), 0.7);
  EXPECT_DOUBLE_EQ(limits.confidence(3), 0.6);
  limits.on_duty_share_by_ward["ward-7"] = 0.5;
  EXPECT_DOUBLE_EQ(limits.on_duty_share("ward-7"), 0.5);
  EXPECT_DOUBLE_EQ(limits.on_duty_share("ward-8"), 0.25);
}

TEST(Playbook, APostNeedsAsManyAsItsLastStep) {
  Post post;
  post.needs = {{3, base::Minutes{20}}, {6, base::Minutes{60}}};
  EXPECT_EQ(post.count(), 6);
  EXPECT_EQ(post.by(), base::Minutes{60});
}

}  // namespace
}  // namespace tocsin::playbook
