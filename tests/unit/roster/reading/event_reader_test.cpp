#include "roster/reading/event_reader.h"

#include <algorithm>
#include <set>
#include <utility>

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
  by_name.summary = "Shift: bell, Dr. Ana";
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

document::Event saying(std::string summary) {
  document::Event event;
  event.place = {"rota.ics", 5, 1};
  event.summary = std::move(summary);
  return event;
}

TEST_F(EventReader, OneFaultForAMisspeltNameWithTheNearest) {
  const std::vector<document::Event> series(428, saying("On call: Anna Bel"));
  EXPECT_FALSE(events(series));
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].message, "\"Anna Bel\" is not one person on the roster (428 events)");
  EXPECT_TRUE(findings_[0].hint.starts_with("did you mean \"Ana Bell\" (E1)?"))
      << findings_[0].hint;
  EXPECT_FALSE(events({saying("On call: Ben Cole")}));
  EXPECT_TRUE(findings_[0].hint.starts_with("is it \"Ben Cole\" (E2) or \"Cole, Ben\" (E3)?"))
      << findings_[0].hint;
}

TEST_F(EventReader, ApostrophesOfAWordProcessorAreTheSame) {
  std::vector<Responder> people(1);
  people[0].id = PersonId{"E4"};
  people[0].name = "O'Neill, Siân";
  roster_ = Roster{1, {}, std::move(people)};
  for (const char* name :
       {"Siân O’Neill", "Dr. Sia\u0302n O´Neill", "O‘NEILL, SIAN", "Siân\u00a0O'Neill"})
    EXPECT_TRUE(events({saying(std::string{"On call nurse: "} + name)})) << first_message();
}

TEST_F(EventReader, WordsThatAreNotUnderstoodAreCountedWithTheirPeople) {
  EXPECT_FALSE(events({saying("Leave cover: E1"), saying("Team meeting: E1"),
                       saying("TEAM MEETING: E2"), saying("On call: E1")}));
  EXPECT_TRUE(findings_.empty()) << first_message();
  ASSERT_EQ(unknown_.size(), 2u);
  EXPECT_EQ(unknown_[0].text, "Team meeting");
  EXPECT_EQ(unknown_[0].count, 2u);
  EXPECT_EQ(unknown_[0].people, (std::set<PersonId>{PersonId{"E1"}, PersonId{"E2"}}));
  EXPECT_EQ(unknown_[0].place.line, 5);
  EXPECT_EQ(unknown_[1].text, "Leave cover");
}

TEST_F(EventReader, NamesStandBeforeOrAfterTheColonAloneOrTogether) {
  EXPECT_EQ(events({saying("Ana Bell: On call")})->size(), 1u);
  EXPECT_EQ(events({saying("On call - Ana Bell")})->size(), 1u);
  EXPECT_EQ(events({saying("Nights – Ana Bel – theatres")}), std::nullopt)
      << "what stands between dashes is no name";
  EXPECT_EQ(events({saying("On call anaesthetist: Ana Bell, E2")})->size(), 2u);
  EXPECT_EQ(events({saying("On call anaesthetist: E3 and Ana Bell")})->size(), 2u);
  EXPECT_EQ(events({saying("On call anaesthetist: Bell, Ana")})->size(), 1u);
  for (const char* two : {"Bell, Ana; Park, Zoe", "Bell, Ana & Park, Zoe", "Bell, Ana, Park, Zoe",
                          "Ana Bell, Park, Zoe", "Bell, Ana / Zoe Park", "ana@example.org; E4"})
    EXPECT_EQ(
        events({saying(std::string{"On call: "} + two)}).value_or(std::vector<Stint>{}).size(), 2u)
        << two;
  for (const char* one : {"ana@example.org", "Ana Bell <Ana@example.org>", "<ana@example.org>"})
    EXPECT_TRUE(events({saying(std::string{"On call: "} + one)})) << one;
  for (const char* none :
       {"Zoe Park <ana@example.org>", "Bell; Ana", "Bell, Ana, Park", "nobody@example.org",
        "Bell & Ana", "Bell,", ",", ", Ana", "Bell;;", "Ana Bell and "})
    EXPECT_FALSE(events({saying(std::string{"On call: "} + none)})) << none;
  const auto lines = events({saying("On call anaesthetist: Ana Bell\nBleep 1234")});
  ASSERT_TRUE(lines) << first_message();
  EXPECT_EQ(lines->front().role.str(), "anaesthetist");
  EXPECT_FALSE(events({saying("On call: Ana Bell, Nobody Else")})) << "all of them or none";
}

TEST_F(EventReader, ANameNeedsNoColonWhenItCanBeNobodyElses) {
  for (const char* text : {"Ana Bell on call", "On call Ana Bell", "Ana Bell Night"})
    EXPECT_EQ(events({saying(text)}).value_or(std::vector<Stint>{}).size(), 1u) << text;
  EXPECT_EQ(events({saying("Ana Bell annual leave")})->front().duty, Duty::absent);
  for (const char* text : {"Ben Cole on call", "On call for Ana Bell", "Ana Bell Quick on call"})
    EXPECT_FALSE(events({saying(text)})) << text;
}

TEST_F(EventReader, NobodyIsLostWhereAnEventNamesSeveralApart) {
  for (const char* text :
       {"1st on call: Ana Bell; 2nd on call: Zoe Park", "Ana Bell (1st) - on call - Zoe Park",
        "On call anaesthetist: Mo Quick, on call surgeon: Zoe Park",
        "Consultant: Ana Bell, registrar: Zoe Park (on call)", "Zoe Park on call - Ana Bell"}) {
    EXPECT_FALSE(events({saying(text)})) << text;
    EXPECT_FALSE(findings_.empty()) << text;
  }
  EXPECT_TRUE(events({saying("On call: night: Ana Bell")})) << first_message();
}

TEST_F(EventReader, WhatIsBehindAColonBesideAttendeesIsNotLost) {
  const auto with_attendee = [this](std::string summary) {
    document::Event event = saying(std::move(summary));
    event.attendees = {{"", "ana@example.org"}};
    const auto stints = events({event});
    if (!stints) return std::string{"?"};
    return std::string{to_text(stints->front().duty)} + " " + stints->front().role.str();
  };
  for (const char* text : {"Night shift: sick", "Shift: annual leave", "On call: cancelled",
                           "On call: no", "On call anaesthetist: Ana Bell (sick)"})
    EXPECT_EQ(with_attendee(text), "?") << text;
  EXPECT_EQ(with_attendee("Rota: on call"), "on call ");
  EXPECT_EQ(with_attendee("Long day 07:30-20:00"), "on duty ") << "a colon of a time";
  EXPECT_EQ(with_attendee("Night: bleep 1234"), "on duty ");
  EXPECT_EQ(with_attendee("On call surgeon: Mo Quick"), "on call surgeon");
  EXPECT_FALSE(events({saying("On call: Ana Bell?")})) << "a question";
}

TEST_F(EventReader, NamesAmongTheWordsAreNeitherDutyNorRole) {
  const auto with_attendee = [this](std::string summary, const char* email = "ana@example.org") {
    document::Event event = saying(std::move(summary));
    event.attendees = {{"", email}};
    const auto stints = events({event});
    if (!stints) return std::string{"?"};
    return std::string{to_text(stints->front().duty)} + " " + stints->front().role.str();
  };
  for (const char* text : {"Ana Bell on call", "BELL, Ana on call", "On call (Ana Bell)",
                           "Ana on call", "Zoe Park - Ana Bell on call", "On call - Dr. Ana Bell"})
    EXPECT_EQ(with_attendee(text), "on call ") << text;
  EXPECT_EQ(with_attendee("Ana Bell - Zoe Park on call"), "on call ");
  EXPECT_EQ(first_message(), "\"Zoe Park\" stands in the SUMMARY and is no ATTENDEE, who counts");
  EXPECT_EQ(with_attendee("On call anaesthetist Ana Bell"), "on call anaesthetist");
  EXPECT_TRUE(findings_.empty());
  EXPECT_EQ(with_attendee("Dr Ana Bell on call anaesthetist"), "on call anaesthetist");
  EXPECT_EQ(with_attendee("Ana Bell A/L"), "absent ");
  EXPECT_EQ(with_attendee("Anabella on call"), "on call anabella");

  std::vector<Responder> people(2);
  people[0].id = PersonId{"E1"};
  people[0].name = "Holiday, Billie";
  people[0].contacts = {{ChannelId{"email"}, "billie@example.org", {}, {}, true}};
  people[1].id = PersonId{"E2"};
  people[1].name = "Cole Porter";
  people[1].role = RoleId{"porter"};
  people[1].contacts = {{ChannelId{"email"}, "cole@example.org", {}, {}, true}};
  roster_ = Roster{1, {}, std::move(people)};
  EXPECT_EQ(with_attendee("Billie Holiday on call", "billie@example.org"), "on call ");
  EXPECT_EQ(with_attendee("Holiday", "billie@example.org"), "absent ") << "a name that is a word";
  EXPECT_EQ(with_attendee("On call porter", "cole@example.org"), "on call porter");
  people = {Responder{}};
  people[0].id = PersonId{"E3"};
  people[0].name = "O'Neill, Siân";
  people[0].contacts = {{ChannelId{"email"}, "sian@example.org", {}, {}, true}};
  roster_ = Roster{1, {}, std::move(people)};
  EXPECT_EQ(with_attendee("Siân O’Neill A/L", "sian@example.org"), "absent ");
}

TEST_F(EventReader, AnAddressAndANameOfTwoPeopleAreAFault) {
  document::Event shared = saying("On call");
  shared.attendees = {{"E2", "ana@example.org"}};
  EXPECT_FALSE(events({shared}));
  EXPECT_EQ(first_message(), "the attendee \"E2\" has the address of \"Ana Bell\"");
  shared.attendees = {{"Zoe Parr", "ana@example.org"}};
  EXPECT_FALSE(events({shared})) << "somebody who is not on the roster, with a shared address";
  for (const char* name : {"", "Annie Bell", "Bell A (Theatres)", "ana@example.org"}) {
    shared.attendees = {{name, "ana@example.org"}};
    EXPECT_TRUE(events({shared})) << name;
  }
  document::Event named = saying("On call - Ana Bell");
  named.attendees = {{"Ana Bell", ""}};
  const auto stints = events({named});
  ASSERT_TRUE(stints) << first_message();
  EXPECT_TRUE(stints->front().role.empty()) << stints->front().role.str();
  document::Event other = saying("On call: E2");
  other.attendees = {{"Ana Bell", ""}};
  EXPECT_EQ(events({other})->front().person.str(), "E1");
  EXPECT_EQ(findings_.size(), 1u) << "with a warning";
}

TEST_F(EventReader, AMinuteBeforeTheHourIsTheHour) {
  document::Event day = saying("On call: E1");
  day.from = at("2027-01-04T00:00:00Z");
  day.until = at("2027-01-04T23:59:00Z");
  EXPECT_EQ(events({day})->front().until, at("2027-01-05T00:00:00Z"));
  EXPECT_EQ(findings_.size(), 1u);
}

TEST_F(EventReader, TheAddressOfAVideoCallIsNoWard) {
  document::Event event = saying("On call: E1");
  event.location = "https://meet.example.org/1";
  EXPECT_TRUE(events({event})->front().ward.empty());
  event.location = "Theatres";
  EXPECT_EQ(events({event})->front().ward.str(), "theatres");
}

TEST_F(EventReader, AWardOfTheRosterIsNoRole) {
  std::vector<Responder> people(1);
  people[0].id = PersonId{"E1"};
  people[0].ward = WardId{"resus"};
  roster_ = Roster{1, {}, std::move(people)};
  const auto stints = events({saying("Long day Resus: E1")});
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->front().ward.str(), "resus");
  EXPECT_TRUE(stints->front().role.empty());
}

TEST_F(EventReader, NobodyIsOnDutyInAnAbsence) {
  document::Event event = saying("LD: Ana Bell");
  event.location = "Annual leave";
  EXPECT_FALSE(events({event}));
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_EQ(unknown_[0].text, "Location: Annual leave");
  meanings_[duty_key("Location: Annual leave")] = {"x", Duty::absent, {}, {}, {}};
  EXPECT_EQ(events({event})->front().duty, Duty::absent);
}

TEST_F(EventReader, HalfADayOfLeaveIsNotAWholeOne) {
  document::Event event = saying("AL (AM): Ana Bell");
  event.from = at("2026-12-07T00:00:00Z");
  event.until = at("2026-12-08T00:00:00Z");
  EXPECT_FALSE(events({event}));
  EXPECT_EQ(unknown_.size(), 1u);
  event.until = at("2026-12-07T12:00:00Z");
  EXPECT_TRUE(events({event})) << "which has its own times";
}

TEST_F(EventReader, TimesInTheWordsThatAreOthersAreNamed) {
  for (const char* same :
       {"On call 20:00-08:00: Ana Bell", "On call: Ana Bell", "On call 2: Ana Bell"})
    EXPECT_TRUE(events({saying(same)})) << same;
  EXPECT_TRUE(findings_.empty()) << first_message();
  EXPECT_TRUE(events({saying("On call 08:00-13:00: Ana Bell")}));
  EXPECT_EQ(first_message(), "the times in the SUMMARY are others than the event's, which count");
}

TEST_F(EventReader, ANameInDoubtIsNotUnderstood) {
  for (const char* text : {"On call: Ana Bell 🌴", "On call: Ana Bell ❌", "~~On call: Ana Bell~~"})
    EXPECT_FALSE(events({saying(text)})) << text;
}

}  // namespace
}  // namespace tocsin::roster
