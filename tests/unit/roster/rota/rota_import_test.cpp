#include "roster/rota/rota_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace tocsin::roster {
namespace {

class RotaImport : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
    std::vector<Responder> people(3);
    people[0].id = PersonId{"E1"};
    people[0].name = "Ana Bell";
    people[0].contacts = {{ChannelId{"email"}, "ana@example.org", {}, {}, true}};
    people[1].id = PersonId{"E2"};
    people[1].name = "Ben Cole";
    people[2].id = PersonId{"E3"};
    people[2].name = "Cole, Ben";
    roster_ = Roster{1, {}, std::move(people)};
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  std::optional<std::vector<Stint>> csv(std::string_view text,
                                        Strangers strangers = Strangers::refuse,
                                        const Mapping& mapping = {}) {
    document::Findings findings;
    std::optional<std::vector<Stint>> out;
    if (const auto table = document::parse_csv(text, "rota.csv", findings))
      out = import_rota(*table, mapping, roster_, strangers, findings);
    findings_ = findings.sorted();
    return out;
  }
  std::optional<std::vector<Stint>> events(std::vector<document::Event> list,
                                           Strangers strangers = Strangers::refuse) {
    document::Findings findings;
    for (document::Event& event : list) {
      event.from = at("2026-11-22T20:00:00Z");
      event.until = at("2026-11-23T08:00:00Z");
    }
    auto out = import_rota(list, Mapping{}, roster_, strangers, findings);
    findings_ = findings.sorted();
    return out;
  }
  static base::Instant at(std::string_view text) { return *base::from_rfc3339(text); }
  std::string first_message() const { return findings_.empty() ? "" : findings_.front().message; }

  Roster roster_;
  std::vector<document::Finding> findings_;
};

TEST_F(RotaImport, StampsOrClocksBesideADate) {
  const auto stints =
      csv("Employee Number,Date,Start,End,Shift Type,Role,Ward\n"
          "E1,22/07/2026,08:00,20:00,Long Day,,Emergency Medicine\n"
          "e1,2026-07-23,20:00,08:00,Night,,\n"
          "E2,,2026-07-22 18:00,2026-07-23T08:00:00Z,On Call,Anaesthetist on call,\n"
          "E2,25/07/2026,00:00,24:00,Annual Leave,,\n");
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 4u);
  EXPECT_EQ((*stints)[0].from, at("2026-07-22T07:00:00Z"));
  EXPECT_EQ((*stints)[0].duty, Duty::on_duty);
  EXPECT_EQ((*stints)[0].ward.str(), "emergency-medicine");
  EXPECT_EQ((*stints)[1].person.str(), "E1");
  EXPECT_EQ((*stints)[1].until, at("2026-07-24T07:00:00Z"));
  EXPECT_EQ((*stints)[2].duty, Duty::on_call);
  EXPECT_EQ((*stints)[2].role.str(), "anaesthetist-on-call");
  EXPECT_EQ((*stints)[2].until, at("2026-07-23T08:00:00Z"));
  EXPECT_EQ((*stints)[3].duty, Duty::absent);
  EXPECT_EQ((*stints)[3].until - (*stints)[3].from, std::chrono::hours{24});
}

TEST_F(RotaImport, EveryFaultAtOnce) {
  EXPECT_FALSE(
      csv("ID,Date,Start,End,Duty\n"
          "E9,22/07/2026,08:00,20:00,day\n"
          ",22/07/2026,08:00,20:00,day\n"
          "E1,22/13/2026,08:00,20:00,day\n"
          "E1,,08:00,20:00,day\n"
          "E1,22/07/2026,08:00,late,day\n"
          "E1,22/07/2026,08:00,20:00,gardening\n"
          "E1,22/07/2026,08:00,22/09/2026 08:00,day\n"
          "E1,22/07/2026,08:00,21/07/2026 08:00,day\n"
          "=E1,22/07/2026,08:00,20:00,day\n"));
  std::vector<std::string> messages;
  for (const auto& finding : findings_) messages.push_back(finding.message);
  EXPECT_EQ(messages,
            (std::vector<std::string>{
                "row 2, column \"ID\": \"E9\" is not on the roster",
                "row 3, column \"ID\": nobody is named",
                "row 4, column \"Date\": \"22/13/2026\" is no date",
                "row 5, column \"Start\": \"08:00\" is no time",
                "row 6, column \"End\": \"late\" is no time",
                "row 7, column \"Duty\": \"gardening\" is no duty that we know",
                "row 8, column \"End\": a duty of more than 8 days",
                "row 9, column \"End\": it ends before it begins",
                "row 10, column \"ID\": begins like a formula, which a spreadsheet would run"}));
}

TEST_F(RotaImport, StrangersAreLeftOutWhenAsked) {
  const auto stints =
      csv("ID,Start,End\nE9,2026-07-22 08:00,20:00\nE1,2026-07-22 08:00,20:00\n", Strangers::skip);
  ASSERT_TRUE(stints);
  EXPECT_EQ(stints->size(), 1u);
  EXPECT_EQ(findings_.size(), 1u);
}

TEST_F(RotaImport, WordsOfTheFileCanBeMapped) {
  Mapping mapping;
  mapping.words["duty"]["ld"] = "on-duty";
  mapping.words["role"]["anaes-1st"] = "anaesthetist-on-call";
  const auto stints = csv("ID,Start,End,Duty,Role\nE1,2026-07-22 08:00,20:00,LD,Anaes 1st\n",
                          Strangers::refuse, mapping);
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].role.str(), "anaesthetist-on-call");
}

TEST_F(RotaImport, EventsNamePeopleByAttendeeOrSummary) {
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

TEST_F(RotaImport, EventsThatNameNobodyOrTwoAreFaults) {
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

TEST_F(RotaImport, AFileSaysItselfWhichOfTheTwoItIs) {
  document::Findings findings;
  const auto read = [&](std::string_view text, std::string_view now = "2026-11-22T12:00:00Z") {
    return import_rota(text, "rota", at(now), Mapping{}, roster_, Strangers::refuse, findings);
  };
  const std::string calendar =
      "Begin:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
      "DTSTAMP:20261101T000000Z\r\nDTSTART:20261122T180000Z\r\nDTEND:20261123T080000Z\r\n"
      "SUMMARY:On call: Ana Bell\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const auto from_calendar = read("\xef\xbb\xbf" + calendar);
  const auto from_table = read(
      "Employee Number,Start,End,Shift Type\n"
      "E1,2026-11-22T18:00:00Z,2026-11-23T08:00:00Z,On Call\n");
  ASSERT_TRUE(from_calendar && from_table) << findings.errors();
  EXPECT_EQ(*from_calendar, *from_table);
  // What is long over counts no more, and what is far ahead does not yet.
  EXPECT_TRUE(read(calendar, "2027-01-22T12:00:00Z")->empty());
  EXPECT_TRUE(read(calendar, "2025-01-22T12:00:00Z")->empty());
  EXPECT_EQ(read(calendar, "2026-12-20T12:00:00Z")->size(), 1u);
}

}  // namespace
}  // namespace tocsin::roster
