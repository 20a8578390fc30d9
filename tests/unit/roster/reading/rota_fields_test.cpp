#include "roster/reading/rota_fields.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tocsin::roster {
namespace {

TEST(RotaFields, EachNamesItsFieldOnceAndNoHeadingIsOfTwo) {
  std::set<std::string_view> names;
  std::set<std::string_view> headings;
  for (const Field& field : rota_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    for (const std::string_view heading : field.headings)
      EXPECT_TRUE(headings.insert(heading).second) << heading;
  }
  for (const char* name :
       {"person", "from", "until", "date", "end_date", "duty", "absence", "role", "ward", "times"})
    EXPECT_TRUE(names.contains(name)) << name;
}

}  // namespace
}  // namespace tocsin::roster
