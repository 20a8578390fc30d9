#include "document/calendar/attendees.h"

#include <gtest/gtest.h>

#include "document/calendar/values.h"

namespace tocsin::document {
namespace {

Attendance of(const std::string& lines) {
  const ParsedComponent component{
      icalparser_parse_string(("BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n").c_str())};
  return attendance_of(component.get());
}
std::string coming(const std::string& lines) {
  std::string out;
  for (const Attendee& one : of(lines).coming)
    out += (one.name.empty() ? "-" : one.name) + " " + (one.email.empty() ? "-" : one.email) + ";";
  return out;
}

TEST(CalendarAttendees, WhoAcceptedIsTentativeOrHasNotAnsweredComes) {
  EXPECT_EQ(coming("ATTENDEE;CN=\"Bell, Ana\";PARTSTAT=ACCEPTED:MAILTO:Ana@X.org\r\n"
                   "ATTENDEE;PARTSTAT=TENTATIVE:mailto:b@x.org\r\nATTENDEE;CN=Cy:none:\r\n"),
            "Bell, Ana ana@x.org;- b@x.org;Cy -;");
  EXPECT_EQ(of("ATTENDEE;PARTSTAT=TENTATIVE:mailto:b@x.org\r\n").tentative, 1);
}

TEST(CalendarAttendees, RoomsListenersAndThoseWhoDeclinedDoNot) {
  EXPECT_EQ(coming("ATTENDEE;CUTYPE=ROOM:mailto:r@x.org\r\nATTENDEE;CUTYPE=RESOURCE:mailto:s@x.org"
                   "\r\nATTENDEE;ROLE=NON-PARTICIPANT:mailto:n@x.org\r\n"
                   "ATTENDEE;PARTSTAT=DECLINED:mailto:d@x.org\r\nATTENDEE:mailto:a@x.org\r\n"),
            "- a@x.org;");
  EXPECT_EQ(of("ATTENDEE;PARTSTAT=DECLINED:mailto:d@x.org\r\n").declined, 1);
  EXPECT_EQ(of("ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:r@x.org\r\n").declined, 0);
}

TEST(CalendarAttendees, AnAddressIsFoundWhereverItStands) {
  EXPECT_EQ(coming("ATTENDEE:Ana@x.org\r\n"), "- ana@x.org;");
  EXPECT_EQ(coming("ATTENDEE;EMAIL=Ana@x.org:/aMzA/principal/\r\n"), "- ana@x.org;");
  EXPECT_EQ(coming("ATTENDEE;EMAIL=b@x.org:mailto:a@x.org\r\n"), "- a@x.org;");
  EXPECT_EQ(coming("ATTENDEE:X-KEY=8a;CN=Ana Bell;CUTYPE=INDIVIDUAL:mailto:ana@x.org\r\n"),
            "- ana@x.org;");
  EXPECT_EQ(coming("ATTENDEE;CN=Ana:urn:uuid:1@2\r\n"), "Ana -;");
}

TEST(CalendarAttendees, AnEmptyOneIsNobody) {
  EXPECT_EQ(coming("ATTENDEE:none:\r\nATTENDEE;CN=\"\":mailto:\r\nATTENDEE:mailto:a@x.org\r\n"),
            "- a@x.org;");
}

TEST(CalendarAttendees, ADelegateComesListedOrNot) {
  const std::string delegated =
      "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:Ben@x.org\":mailto:ana@x.org\r\n";
  EXPECT_EQ(coming(delegated), "- ben@x.org;");
  EXPECT_EQ(coming("ATTENDEE;DELEGATED-TO=\"mailto:ben@x.org\":mailto:ana@x.org\r\n"),
            "- ben@x.org;")
      << "without PARTSTAT";
  EXPECT_EQ(
      coming("ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-TO=\"mailto:ben@x.org\":mailto:a@x.org\r\n"),
      "- a@x.org;")
      << "took it back";
  EXPECT_EQ(coming(delegated + "ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:mailto:ben@x.org\r\n"),
            "Ben ben@x.org;");
  EXPECT_EQ(coming(delegated + "ATTENDEE;CN=Ben;PARTSTAT=DECLINED:mailto:ben@x.org\r\n"), "");
}

}  // namespace
}  // namespace tocsin::document
