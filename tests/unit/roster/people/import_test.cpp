#include "roster/people/import.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "roster/people/dates.h"
#include "roster/people/people_fields.h"

namespace tocsin::roster {
namespace {

struct Imported {
  std::optional<std::vector<Responder>> people;
  std::vector<document::Finding> findings;
  std::vector<std::string> messages() const {
    std::vector<std::string> out;
    for (const auto& finding : findings) out.push_back(document::to_text(finding));
    return out;
  }
};

Imported import(std::string_view text, const Mapping& mapping = {}) {
  document::Findings findings;
  Imported out;
  if (const auto table = document::parse_csv(text, "staff.csv", findings))
    out.people = import_people(*table, mapping, findings);
  out.findings = findings.sorted();
  return out;
}

TEST(Import, ReadsAnEsrExport) {
  const Imported got = import(
      "Employee Number,Full Name,Staff Group,Job Role,Area of Work,Skills,Travel Time,Language,"
      "Assignment Status,Consent Date,Mobile,Home Phone,Email\r\n"
      "20012345,\"Bell, Ana\",Nursing and Midwifery Registered,Staff Nurse,Emergency Medicine,"
      "\"ALS; Trauma Nursing\",25,cy,Active Assignment,01/03/2025,07700 900123,020 7946 0123,"
      "Ana.Bell@example.org\r\n"
      "20012346,Cole Dan,Additional Clinical Services,Porter,,,1h30,,Career Break,,,,\r\n");
  ASSERT_TRUE(got.people) << got.messages().front();
  EXPECT_TRUE(got.findings.empty());
  ASSERT_EQ(got.people->size(), 2u);
  const Responder& ana = (*got.people)[0];
  EXPECT_EQ(ana.id.str(), "20012345");
  EXPECT_EQ(ana.name, "Bell, Ana");
  EXPECT_EQ(ana.role.str(), "staff-nurse");
  EXPECT_EQ(ana.staff_group.str(), "nursing-and-midwifery-registered");
  EXPECT_EQ(ana.ward.str(), "emergency-medicine");
  EXPECT_EQ(ana.skills, (std::vector{SkillId{"als"}, SkillId{"trauma-nursing"}}));
  EXPECT_EQ(ana.travel, base::Minutes{25});
  EXPECT_EQ(ana.language, "cy");
  ASSERT_EQ(ana.contacts.size(), 4u);
  EXPECT_EQ(ana.contacts[0].channel.str(), "sms");
  EXPECT_EQ(ana.contacts[1].channel.str(), "phone");
  EXPECT_EQ(ana.contacts[1].address, "+447700900123");
  EXPECT_EQ(ana.contacts[2].address, "+442079460123");
  EXPECT_EQ(ana.contacts[3].address, "ana.bell@example.org");
  EXPECT_EQ(ana.contacts[0].consented, parse_date("2025-03-01"));
  EXPECT_EQ((*got.people)[1].employment, Employment::inactive);
  EXPECT_EQ((*got.people)[1].travel, base::Minutes{90});
  EXPECT_TRUE((*got.people)[1].contacts.empty());
}

// A pager's number and a landline in the column of mobiles are rung, and get no text messages.
TEST(Import, OnlyMobilesAreGivenToTextMessages) {
  const Imported got = import(
      "Staff ID,Name,Job Role,Mobile\n1,Ana Bell,Nurse,01632 960123\n"
      "2,Ben Moss,Nurse,07600 123456\n3,Cara Reid,Nurse,07700 900123\n");
  ASSERT_TRUE(got.people);
  for (const std::size_t row : {0U, 1U}) {
    ASSERT_EQ((*got.people)[row].contacts.size(), 1u);
    EXPECT_EQ((*got.people)[row].contacts[0].channel.str(), "phone");
    EXPECT_EQ(got.findings[row].message,
              fmt::format("row {}, column \"Mobile\": not a mobile number, so no text messages are "
                          "sent to it",
                          row + 2));
  }
  ASSERT_EQ((*got.people)[2].contacts.size(), 2u);
  EXPECT_EQ((*got.people)[2].contacts[0].channel.str(), "sms");
}

TEST(Import, OneMobileOfTwoPeopleIsNamed) {
  const Imported got = import(
      "ID,Name,Job Role,Mobile,Phone\n1,Ana,Nurse,07700 900123,020 7946 0123\n"
      "2,Ben,Nurse,+44 7700 900 123,020 7946 0123\n3,Cara,Nurse,07700 900124,\n");
  ASSERT_TRUE(got.people);
  ASSERT_EQ(got.findings.size(), 1u);  // a landline may be a ward's
  EXPECT_EQ(got.findings[0].message, "row 3, column \"Mobile\": the mobile number of row 2 too");
}

TEST(Import, ASpreadsheetsCountOfDaysIsNoDate) {
  const Imported got = import("ID,Name,Job Role,Consent\n1,Ana,Nurse,45717\n");
  EXPECT_FALSE(got.people);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message, "row 2, column \"Consent\": \"45717\" is no date");
  EXPECT_NE(got.findings[0].hint.find("2025-03-01 (1900 system) or 2029-03-02 (1904 system)"),
            std::string::npos)
      << got.findings[0].hint;
}

TEST(Import, ATitleAboveTheHeadingsIsNamed) {
  const Imported got = import("Staff of the theatres,,\n\nID,Name,Job Role\n1,Ana,Nurse\n");
  EXPECT_FALSE(got.people);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message, "row 1 is a title: the headings are in row 3");
  EXPECT_EQ(got.findings[0].hint, "delete the rows above the headings");
}

TEST(Import, AColumnWithoutAHeadingIsNamedWhenItHoldsText) {
  const Imported got = import("ID,Name,Job Role,,\n1,Ana,Nurse,07700 900123,\n");
  ASSERT_TRUE(got.people);
  ASSERT_FALSE(got.findings.empty());
  EXPECT_EQ(got.findings[0].message,
            "row 1: not read, as no field has such a column: column 4 without a heading");
}

TEST(Import, FirstAndLastNamesMakeOne) {
  const Imported got =
      import("ID;Job Role;First Name;Last Name\n1;Nurse;Ana;Bell\n2;Nurse;;Cole\n");
  ASSERT_TRUE(got.people);
  EXPECT_EQ((*got.people)[0].name, "Ana Bell");
  EXPECT_EQ((*got.people)[1].name, "Cole");
}

TEST(Import, EveryFaultAtOnceWithRowAndColumn) {
  const Imported got = import(
      "ID,Name,Job Role,Mobile,Travel,Language,Status,Consent\n"
      "1,Ana,Nurse,07700 900123,25,en,active,2025-03-01\n"
      "1,Ben,Nurse,07700 900124,25,en,active,\n"   // the id of row 2
      ",Cat,Nurse,07700 900125,25,en,active,\n"    // no id
      "4,,Nurse,07700 900126,25,en,active,\n"      // no name
      "5,=1+1,Nurse,07700 900127,25,en,active,\n"  // a formula
      "6,Eve,Nurse,0770 90,25,en,active,\n"        // a bad number
      "7,Fay,Nurse,07700 900128,soon,english,maybe,yesterday\n"
      "../8,Gus,Nurse,07700 900129,25,en,active,\n"
      "9,Hal,,07700 900130,25,en,active,\n");  // a warning: no role
  EXPECT_FALSE(got.people);
  const std::vector<std::pair<int, std::string>> expected{
      {3, "row 3, column \"ID\": \"1\" is the id of row 2 too"},
      {4, "row 4, column \"ID\": no id"},
      {5, "row 5, column \"Name\": no name"},
      {6, "row 6, column \"Name\": begins like a formula, which a spreadsheet would run"},
      {7, "row 7, column \"Mobile\": a telephone number with too few digits"},
      {8, "row 8, column \"Travel\": \"soon\" is no travel time"},
      {8, "row 8, column \"Language\": \"english\" is no language tag"},
      {8, "row 8, column \"Status\": \"maybe\" is no status that we know"},
      {8, "row 8, column \"Consent\": \"yesterday\" is no date"},
      {9, "row 9, column \"ID\": \"../8\" cannot be an id"},
      {10, "row 10, column \"Job Role\": no role, so no post can use this person"},
  };
  ASSERT_EQ(got.findings.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(got.findings[i].line, expected[i].first);
    EXPECT_EQ(got.findings[i].message, expected[i].second);
  }
}

TEST(Import, MissingColumnsAreNamedWithTheWayOut) {
  const Imported got = import("Number,Who\n1,Ana\n");
  EXPECT_FALSE(got.people);
  ASSERT_EQ(got.findings.size(), 3u);
  EXPECT_EQ(got.findings[0].message, "row 1: no column for the id, such as \"Employee Number\"");
  EXPECT_EQ(got.findings[0].hint, "name it with --map id=\"HEADING\"; the file has: Number, Who");
}

TEST(Import, AMappingNamesColumnsAndWords) {
  document::Findings findings;
  Mapping mapping = parse_mapping(
      "format: 1\ncountry: \"+353\"\ncolumns:\n  id: Number\n  name: [Given, Family]\n"
      "words:\n  role:\n    Staff Nurse: nurse\n    \"Nurse, Staff\": nurse\n",
      "map.yaml", people_fields(), findings);
  EXPECT_FALSE(findings.has_errors());
  ASSERT_TRUE(mapping.add_flag("role=Post", people_fields()));
  const Imported got = import(
      "Number,Given,Family,Post,Phone\nE1,Ana,Bell,STAFF NURSE,01 496 0123\n"
      "E2,Ben,Cole,\"Nurse, staff\",\n",
      mapping);
  ASSERT_TRUE(got.people) << got.messages().front();
  EXPECT_EQ((*got.people)[0].name, "Ana Bell");
  EXPECT_EQ((*got.people)[0].role.str(), "nurse");
  EXPECT_EQ((*got.people)[1].role.str(), "nurse");
  EXPECT_EQ((*got.people)[0].contacts[0].address, "+35314960123");
}

TEST(Import, AColumnThatTheMappingNamesMustBeThere) {
  Mapping mapping;
  ASSERT_TRUE(mapping.add_flag("name=Fullname", people_fields()));
  const Imported got = import("ID,Full Name,Job Role\n1,Ana,Nurse\n", mapping);
  // "Fullname" and "Full Name" are one heading.
  EXPECT_TRUE(got.people);
  ASSERT_TRUE(mapping.add_flag("name=Middle Name", people_fields()));
  EXPECT_FALSE(import("ID,Full Name,Job Role\n1,Ana,Nurse\n", mapping).people);
}

TEST(Import, AHeadingThatStandsTwiceIsAFault) {
  const Imported got = import("ID,Name,Name,Job Role\n1,Ana,Bell,Nurse\n");
  EXPECT_FALSE(got.people);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message, "row 1: the column \"Name\" stands there twice");
}

TEST(Import, FindingsHoldNoNumberAndNoAddress) {
  const Imported got = import(
      "ID,Name,Job Role,Mobile,Email\n1,Ana,Nurse,07700 90012345,ana.bell(at)example.org\n"
      "2,Ben,Nurse,7700900199,ben@example.org\n");
  ASSERT_EQ(got.findings.size(), 3u);
  for (const std::string& message : got.messages()) {
    EXPECT_EQ(message.find("7700"), std::string::npos) << message;
    EXPECT_EQ(message.find("ana.bell"), std::string::npos) << message;
  }
}

TEST(Import, NothingWithoutPeople) {
  EXPECT_FALSE(import("ID,Name,Job Role\n").people);
  EXPECT_FALSE(import("").people);
}

TEST(Import, HistoryStaysWithAContactPointThatStayed) {
  const std::string text =
      "ID,Name,Job Role,Phone,Email\n1,Ana,Nurse,020 7946 0123,a@example.org\n";
  auto people = *import(text).people;
  const base::Instant tested = *base::from_rfc3339("2026-06-01T10:00:00Z");
  people[0].contacts[0].tested = tested;
  people[0].contacts[1].working = false;
  const Roster old{1, {}, people};

  auto again = *import(
                    "ID,Name,Job Role,Phone,Email\n1,Ana,Nurse,02079460123,b@example.org\n"
                    "2,Ben,Nurse,020 7946 0123,\n")
                    .people;
  keep_history(again, old);
  EXPECT_EQ(again[0].contacts[0].tested, tested);
  EXPECT_TRUE(again[0].contacts[1].working);  // another address
  EXPECT_FALSE(again[1].contacts[0].tested);  // another person

  // A test date in the file counts if it is the later one.
  auto tried =
      *import("ID,Name,Job Role,Phone,Last Tested\n1,Ana,Nurse,02079460123,01/07/2026\n").people;
  EXPECT_EQ(tried[0].contacts[0].tested, base::from_rfc3339("2026-07-01T00:00:00Z"));
  keep_history(tried, old);
  EXPECT_EQ(tried[0].contacts[0].tested, base::from_rfc3339("2026-07-01T00:00:00Z"));
  tried[0].contacts[0].tested = *base::from_rfc3339("2026-05-01T00:00:00Z");
  keep_history(tried, old);
  EXPECT_EQ(tried[0].contacts[0].tested, tested);

  const Difference change = difference(old, Roster{2, {}, again});
  EXPECT_EQ(change.added, 1u);
  EXPECT_EQ(change.changed, 1u);
  EXPECT_EQ(change.removed, 0u);
}

TEST(Import, AWrongNumberStaysWrongUnlessItWasTestedSince) {
  auto people = *import("ID,Name,Job Role,Phone\n1,Ana,Nurse,02079460123\n").people;
  people[0].contacts[0].working = false;
  people[0].contacts[0].tested = base::from_rfc3339("2026-06-01T00:00:00Z");
  const Roster old{1, {}, people};
  const auto works_by = [&](const char* tested) {
    auto list =
        *import(std::string{"ID,Name,Job Role,Phone,Last Tested\n1,Ana,Nurse,02079460123,"} +
                tested + "\n")
             .people;
    keep_history(list, old);
    return list[0].contacts[0].working;
  };
  EXPECT_FALSE(works_by(""));
  EXPECT_FALSE(works_by("01/06/2026"));
  EXPECT_TRUE(works_by("01/07/2026"));
}

TEST(Import, WhoWantsNoMessagesThereGetsNoneUntilTheyConsentAnew) {
  auto people = *import("ID,Name,Job Role,Phone\n1,Ana,Nurse,02079460123\n").people;
  people[0].contacts[0].withdrawn = Date{std::chrono::year{2026} / 6 / 1};
  const Roster old{1, {}, people};
  const auto is_usable_by = [&](const char* consent) {
    auto list = *import(std::string{"ID,Name,Job Role,Phone,Consent\n1,Ana,Nurse,02079460123,"} +
                        consent + "\n")
                     .people;
    keep_history(list, old);
    return list[0].contacts[0].is_usable();
  };
  EXPECT_FALSE(is_usable_by(""));
  EXPECT_FALSE(is_usable_by("01/06/2026"));
  EXPECT_TRUE(is_usable_by("02/06/2026"));
}

TEST(Import, AnAccountThatAPersonLinkedStaysThoughNoListHasIt) {
  auto people = *import("ID,Name,Job Role,Phone\n1,Ana,Nurse,02079460123\n").people;
  people[0].contacts.push_back(
      {ChannelId{"telegram"}, "5001", Date{std::chrono::days{20'000}}, {}});
  people[0].contacts.back().linked = base::from_rfc3339("2026-06-01T00:00:00Z");
  const Roster old{1, {}, people};
  auto again = *import("ID,Name,Job Role,Phone\n1,Ana,Nurse,02079460123\n2,Ben,Nurse,\n").people;
  keep_history(again, old);
  EXPECT_EQ(again[0].contacts, people[0].contacts);
  EXPECT_TRUE(again[1].contacts.empty());
  // A list that has it as well does not have it twice, and undoes no consent.
  auto both = *import("ID,Name,Job Role,Telegram,Consent\n1,Ana,Nurse,5001,2001-01-01\n").people;
  keep_history(both, old);
  ASSERT_EQ(both[0].contacts.size(), 1u);
  EXPECT_EQ(both[0].contacts[0].linked, people[0].contacts.back().linked);
  EXPECT_EQ(both[0].contacts[0].consented, people[0].contacts.back().consented);
}

TEST(Import, AnyTableIsImportedOrReported) {
  base::SeededRandom random{31};
  constexpr std::string_view kPieces[] = {"1", "Ana",  "=x", "07700900123", "\"", ",", "\n",
                                          "é", "\xff", ";",  "active",      "+1", "@", "25"};
  for (int round = 0; round < 3000; ++round) {
    std::string text = "ID,Name,Job Role,Mobile,Status,Matrix\n";
    for (std::uint64_t n = random.below(40); n > 0; --n)
      text += kPieces[random.below(std::size(kPieces))];
    const Imported got = import(text);
    EXPECT_TRUE(got.people || !got.findings.empty()) << text;
  }
}

TEST(Import, TotalsAndReckonedIdsAreNobody) {
  const Imported total =
      import("ID,Name,Job Role,Mobile\n1,Ana Bell,Nurse,07700900123\nTotal,1,,\n");
  EXPECT_FALSE(total.people);
  ASSERT_FALSE(total.findings.empty());
  EXPECT_EQ(total.findings.front().message, "row 3, column \"Name\": a name without letters");
  for (const char* id : {"1001.0", "2.00123E7", "2.00123E+07"}) {
    const Imported got = import("ID,Name,Job Role\n" + std::string{id} + ",Ana Bell,Nurse\n");
    EXPECT_FALSE(got.people) << id;
    EXPECT_NE(got.messages().front().find("turned into a quantity"), std::string::npos) << id;
  }
  for (const char* id : {"1001", "10.01", "1E7", "A1001.0", "1001-2"})
    EXPECT_TRUE(import("ID,Name,Job Role\n" + std::string{id} + ",王芳,Nurse\n").people) << id;
  EXPECT_TRUE(import("ID,Forename,Surname,Job Role,Unit\n1,Ana,Bell,Nurse,Resus\n").people);
}

}  // namespace
}  // namespace tocsin::roster
