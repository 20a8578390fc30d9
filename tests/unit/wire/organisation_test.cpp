#include "wire/organisation.h"

#include <gtest/gtest.h>

namespace tocsin::wire {
namespace {

TEST(Organisation, IsSixtyFourCharacters) {
  const Organisation organisation{{{1, 2, 3}}, {{4, 5, 6}}};
  const std::string text = to_text(organisation);
  EXPECT_EQ(text.size(), 64U);
  const auto back = organisation_from_text(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->verify, organisation.verify);
  EXPECT_EQ(back->enrolment, organisation.enrolment);
  EXPECT_FALSE(organisation_from_text(text.substr(1)));
  EXPECT_FALSE(organisation_from_text(text + "A"));
  EXPECT_FALSE(organisation_from_text(""));
}

}  // namespace
}  // namespace tocsin::wire
