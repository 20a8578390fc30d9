#include "roster/reading/event_reader.h"

#include <algorithm>

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class EventReader : public Reading {};

TEST_F(EventReader, EventsNamePeopleByAttendeeOrSummary) {
  document::Event by_email;
  by_email.summary = "On call anaesthetist";
  by_email.attendees = {{"", "ana@example.org"}};
  document::Event by_summary;
  by_summary.summary = "On-call surgeon: E2";
  by_summary.location = "Theatres";
  document::Event by_name;
  by_name.summary = "Shift: bell, ana";
  document::Event by_category;
  by_category.summary = "Anaesthetics: Ana Bell";
  by_category.categories = {"Blue", "ON-CALL"};
  const auto stints = events({by_email, by_summary, by_name, by_category});
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 4u);
  std::vector<std::string> lines;
  for (const Stint& stint : *stints)
    lines.push_back(stint.person.str() + " " + std::string{to_text(stint.duty)} + " " +
                    stint.role.str() + " " + stint.ward.str());
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (std::vector<std::string>{"E1 on call anaesthetics ", "E1 on call anaesthetist ",
                                             "E1 on duty  ", "E2 on call surgeon theatres"}));
}

TEST_F(EventReader, EventsThatNameNobodyOrTwoAreFaults) {
  document::Event nobody;
  nobody.summary = "On call";
  document::Event two;
  two.summary = "On call: Ben Cole";  // two people have that name
  EXPECT_FALSE(events({nobody, two}));
  EXPECT_EQ(findings_.size(), 2u);
  const auto skipped = events({nobody, two}, Strangers::skip);
  ASSERT_TRUE(skipped);
  EXPECT_TRUE(skipped->empty());
}

}  // namespace
}  // namespace tocsin::roster
