#include "roster/reading/rota_calendar.h"

#include "document/calendar/icalendar.h"
#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class RotaCalendar : public Reading {
 protected:
  Stint stint(const char* person, Duty duty, const char* role, const char* from,
              const char* until) {
    return {PersonId{person}, duty, RoleId{role}, WardId{}, at(from), at(until)};
  }
};

TEST_F(RotaCalendar, NamesWhoDoesWhatAndNoContactPoint) {
  const Rota rota{
      1,
      {stint("E1", Duty::on_call, "anaesthetist", "2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"),
       stint("E2", Duty::absent, "", "2026-10-26T00:00:00Z", "2026-10-27T00:00:00Z")},
      {}};
  const Stretch all{at("2026-10-01T00:00:00Z"), at("2026-11-01T00:00:00Z")};
  const std::string text =
      rota_calendar(list(rota, roster_, Wanted{all}), roster_, at("2026-10-20T12:00:00Z"));
  EXPECT_EQ(text.find("ana@example.org"), std::string::npos);
  document::Findings findings;
  const auto events = document::parse_icalendar(text, "rota.ics", all.from, all.until, findings);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].summary, "On call anaesthetist: Ana Bell");
  EXPECT_EQ(events[0].from, at("2026-10-24T20:00:00Z"));
  EXPECT_EQ(events[0].until, at("2026-10-25T08:00:00Z"));
  EXPECT_EQ(events[1].summary, "Absent: E2") << "another has the same name";
  EXPECT_NE(events[0].uid, events[1].uid);
}

TEST_F(RotaCalendar, ARoleThatSoundsLikeADutyIsReadBack) {
  EXPECT_EQ(role_of_own("E1-0-1-2-x@tocsin", "On call anaesthetist-on-call"),
            RoleId{"anaesthetist-on-call"});
  EXPECT_EQ(role_of_own("E1-0-1-1-@tocsin", "On duty"), RoleId{});
  EXPECT_FALSE(role_of_own("somebody-else@example.org", "On call anaesthetist"));
}

}  // namespace
}  // namespace tocsin::roster
