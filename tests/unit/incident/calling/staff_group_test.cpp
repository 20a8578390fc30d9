#include "incident/calling/staff_group.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// `size` people of this staff group; of them, `gone` are not in service any more.
void add(std::vector<roster::Responder>& people, const std::string& group, int size, int gone = 0) {
  for (int i = 0; i < size; ++i) {
    const std::string id = group + "-" + std::to_string(1000 + i);
    people.push_back(Night::person(("x" + id).c_str(), "X", {"nurse"}, 10));
    people.back().staff_group = roster::StaffGroupId{group};
    if (i < gone) people.back().employment = roster::Employment::inactive;
  }
}

int room(const Night& night, const std::string& first_of_group) {
  const StaffGroups groups = staff_groups_of(night.state);
  const PersonIndex person = night.index(("x" + first_of_group).c_str());
  EXPECT_EQ(groups.is_used_up(person), groups.room[groups.of_person[person]] == 0);
  return groups.room[groups.of_person[person]];
}

TEST(StaffGroup, NoMoreThanTheShareAreCalledAndNoFewer) {
  // In floating point, 0.29 of 100 is less than 29.
  for (const int percent : {0, 1, 7, 29, 33, 57, 58, 99, 100})
    for (const int size : {1, 2, 3, 10, 50, 99, 100}) {
      std::vector<roster::Responder> people;
      add(people, "nursing", size);
      const Night night{
          std::string{kPlaybook} + "  largest_share: " + std::to_string(percent) + "%\n",
          std::move(people),
          {}};
      const int most = percent == 0 ? 0 : std::max(1, size * percent / 100);
      EXPECT_EQ(room(night, "nursing-1000"), most) << percent << " % of " << size;
    }
}

TEST(StaffGroup, EachGroupHasItsOwnShareOfThoseInService) {
  std::vector<roster::Responder> people;
  add(people, "medical", 10);
  add(people, "nursing", 10, 6);
  add(people, "", 3);
  Night night{std::string{kPlaybook} + "  largest_share: {medical: 20%, default: 50%}\n",
              std::move(people),
              {}};
  EXPECT_EQ(room(night, "medical-1000"), 2);
  EXPECT_EQ(room(night, "nursing-1000"), 2);  // half of four
  EXPECT_EQ(room(night, "-1000"), 1);         // people without a group are one
  const auto ask = [&](const char* id) {
    night.happens(
        1,
        Issued{seal::random_message_id(night.random), PersonId{id}, playbook::MessageKind::request,
               kPhone, PostId{"wards/nurse/response"}, 1, at(720), "", "first"},
        "");
  };
  ask("xmedical-1004");
  EXPECT_EQ(room(night, "medical-1000"), 1);
  ask("xmedical-1005");
  // Who was called counts, whatever they say; and one more than the share does not lend to others.
  night.replies(2, "xmedical-1004", Answer::no, 0);
  ask("xmedical-1006");
  EXPECT_EQ(room(night, "medical-1000"), 0);
  EXPECT_EQ(room(night, "nursing-1000"), 2);
}

}  // namespace
}  // namespace tocsin::incident
