#include "playbook/template.h"

#include <gtest/gtest.h>

namespace tocsin::playbook {
namespace {

TEST(Template, FillsItsFields) {
  const FieldValues values = {{Field::kind, "REAL"}, {Field::by, "22:40"}};
  EXPECT_EQ(render("{kind}: by {by}.", values), "REAL: by 22:40.");
  EXPECT_EQ(render("no fields", values), "no fields");
  EXPECT_EQ(render("{area}absent", values), "absent");
  EXPECT_EQ(render("{{kind}} {{{by}}}", values), "{kind} {22:40}");
  EXPECT_EQ(render("", values), "");
}

TEST(Template, NeverPutsAValueThroughAgain) {
  EXPECT_EQ(render("{text}", {{Field::text, "{kind} {{"}, {Field::kind, "REAL"}}), "{kind} {{");
}

TEST(Template, FindsEveryFault) {
  const auto faults = faults_of("{kind} {kinds} } {by {role} {");
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults[0].word, "kinds");
  EXPECT_EQ(faults[0].offset, 7U);
  EXPECT_EQ(faults[1].offset, 15U);
  EXPECT_EQ(faults[2].offset, 17U);
  EXPECT_EQ(faults[3].offset, 28U);
  EXPECT_EQ(fields_of("{kind} {kinds} {kind}"), (std::vector{Field::kind, Field::kind}));
}

}  // namespace
}  // namespace tocsin::playbook
