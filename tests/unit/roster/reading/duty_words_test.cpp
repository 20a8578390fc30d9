#include "roster/reading/duty_words.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

class DutyWordsTest : public ::testing::Test {
 protected:
  DutyWordsTest() {
    std::vector<Responder> people(2);
    people[0].id = PersonId{"1"};
    people[0].role = RoleId{"perfusionist"};
    people[0].ward = WardId{"rainbow"};
    people[1].id = PersonId{"2"};
    people[1].role = RoleId{"night-manager"};
    roster_ = Roster{1, {}, std::move(people)};
  }

  // "on call anaesthetist": the duty and the rest; "?" when it is not understood.
  std::string said(std::string_view text, const std::vector<std::string>& categories = {}) {
    const auto read = DutyWords{mapping_, meanings_, roster_}.read(text, categories);
    if (!read) return "?";
    return std::string{to_text(read->duty)} + (read->rest.empty() ? "" : " ") + read->rest;
  }

  Mapping mapping_;
  Meanings meanings_;
  Roster roster_;
};

TEST_F(DutyWordsTest, AwayFromWorkHoweverItIsWritten) {
  for (const char* text : {"Holiday",
                           "A/L",
                           "AL",
                           "a.l.",
                           "Annual leave",
                           "ANNUAL LEAVE (approved)",
                           "Maternity leave",
                           "Paternity",
                           "Off sick",
                           "Sick",
                           "Sickness absence",
                           "Day off",
                           "DO",
                           "D/O",
                           "Rest day",
                           "Study day",
                           "Study leave",
                           "S/L",
                           "Unavailable",
                           "Not available",
                           "Industrial action",
                           "Strike",
                           "Compassionate leave",
                           "Carer’s leave",
                           "Zero day",
                           "TOIL",
                           "Lieu day",
                           "Off",
                           "Night off",
                           "Jury service",
                           "Post on call",
                           "Rest after nights",
                           "Leave – week 2",
                           "Training",
                           "Annual leave, 5 days",
                           "Weekend off",
                           "Bank holiday off",
                           "Unpaid leave",
                           "On maternity",
                           "Career break",
                           "Parental leave",
                           "Non-working day",
                           "Off duty",
                           "PTO"})
    EXPECT_EQ(said(text), "absent") << text;
}

TEST_F(DutyWordsTest, OnCallWhereverItStands) {
  EXPECT_EQ(said("Night on call anaesthetist"), "on call anaesthetist");
  EXPECT_EQ(said("Day on-call anaesthetist"), "on call anaesthetist");
  EXPECT_EQ(said("Anaesthetist (on call)"), "on call anaesthetist");
  EXPECT_EQ(said("On‑call: night"), "on call");
  EXPECT_EQ(said("Weekend Oncall Surgeon"), "on call surgeon");
  EXPECT_EQ(said("On call anaesthetist 20:00-08:00"), "on call anaesthetist");
  EXPECT_EQ(said("On-Call (2nd) Anaesthetist – Theatres"), "on call 2nd-anaesthetist-theatres");
  EXPECT_EQ(said("On call anaesthetist covering theatres and labour ward"), "on call anaesthetist");
  EXPECT_EQ(said("O/C registrar"), "on call registrar");
  EXPECT_EQ(said("NROC"), "on call");
  EXPECT_EQ(said("Non-resident on call consultant"), "on call consultant");
  EXPECT_EQ(said("Day surgery nurse on call"), "on call day-surgery-nurse");
  EXPECT_EQ(said("On call night manager"), "on call night-manager") << "a role of the roster";
  EXPECT_EQ(said("Bank holiday on call for radiology"), "on call radiology");
  EXPECT_EQ(said("Long day on call"), "on call");
  EXPECT_EQ(said("Standby"), "on call");
}

TEST_F(DutyWordsTest, OnDutyAmongWordsThatAreKnown) {
  for (const char* text : {"Long day", "LD", "Night", "Early", "Late shift", "Twilight", "On duty",
                           "Working", "Shift", "Weekend day", "Night shift"})
    EXPECT_EQ(said(text), "on duty") << text;
  EXPECT_EQ(said("Night nurse"), "on duty nurse");
  EXPECT_EQ(said("Late - Rainbow"), "on duty rainbow");
  EXPECT_EQ(said("Early perfusionist 2"), "on duty perfusionist-2");
  EXPECT_EQ(said("Long day Gruffalo"), "on duty gruffalo");
}

TEST_F(DutyWordsTest, WhatIsNotUnderstoodIsNoDuty) {
  for (const char* text : {"Leave cover",
                           "Sick cover nurse",
                           "Holiday cover: theatres",
                           "Covering sick leave",
                           "Night out with the team",
                           "Late lunch",
                           "Early finish",
                           "Team meeting",
                           "Birthday",
                           "",
                           "Anaesthetist",
                           "Resus",
                           "Perfusionist",
                           "Rainbow",
                           "Not on call",
                           "No on call",
                           "On call cancelled",
                           "Leave requested",
                           "Annual leave (pending)",
                           "On call?",
                           "Leave TBC",
                           "Back from leave",
                           "Half day leave",
                           "Resident on call",
                           "Off call",
                           "Available for on call",
                           "On call, then leave",
                           "Sick on call",
                           "Night (sick)",
                           "Bank holiday",
                           "Weekend",
                           "N",
                           "E",
                           "L",
                           "SD",
                           "Cover",
                           "Night cover",
                           "Vacant on call",
                           "Working from home",
                           "Maternity",
                           "Day surgery",
                           "Training registrar",
                           "Study nurse",
                           "Sick children's ward",
                           "On leave/on call"})
    EXPECT_EQ(said(text), "?") << text;
}

TEST_F(DutyWordsTest, CategoriesSayADutyAndMayContradictOne) {
  EXPECT_EQ(said("Anaesthetics", {"Blue", "ON-CALL"}), "on call anaesthetics");
  EXPECT_EQ(said("On call anaesthetist", {"Night"}), "on call anaesthetist");
  EXPECT_EQ(said("Ana's week", {"Holiday"}), "absent");
  EXPECT_EQ(said("On call anaesthetist", {"Holiday"}), "?");
  EXPECT_EQ(said("Team meeting", {"Red"}), "?");
}

TEST_F(DutyWordsTest, WhatTheOrganisationSaidGoesFirst) {
  meanings_[duty_key("Team meeting")] = {"Team meeting", Duty::off, {}, {}, {}};
  meanings_[duty_key("N/D")] = {"N/D", Duty::on_duty, RoleId{"sister"}, base::Minutes{1200},
                                base::Minutes{480}};
  meanings_[duty_key("Gold")] = {"Gold", Duty::on_call, RoleId{"commander"}, {}, {}};
  meanings_[duty_key("Leave cover")] = {"Leave cover", Duty::on_duty, {}, {}, {}};
  EXPECT_EQ(said("TEAM  meeting"), "off");
  EXPECT_EQ(said("nd"), "on duty sister");
  EXPECT_EQ(said("Gold (weekend)"), "on call commander") << "wherever it stands";
  EXPECT_EQ(said("Leave cover"), "on duty");
  EXPECT_EQ(DutyWords(mapping_, meanings_, roster_).read("N/D")->until, base::Minutes{480});
  mapping_.words["duty"]["gold"] = "leave";
  EXPECT_EQ(said("Gold"), "absent") << "a mapping file goes before the home";
  mapping_.words["duty"]["gold"] = "off";
  EXPECT_EQ(said("Gold"), "off") << "nothing is planned";
}

TEST_F(DutyWordsTest, OneKeyForTheSpellingsOfAText) {
  EXPECT_EQ(duty_key("A/L"), duty_key("al"));
  EXPECT_EQ(duty_key("On‑Call – Resus 08:00–20:00"), "on-call-resus");
  EXPECT_EQ(duty_key("Carer's leave"), "carers-leave");
  EXPECT_EQ(duty_key("A&E"), "a-e") << "no code";
  const std::string longer(100, 'x');
  EXPECT_NE(duty_key(longer + " cancelled"), duty_key(longer)) << "no text is cut";
}

}  // namespace
}  // namespace tocsin::roster
