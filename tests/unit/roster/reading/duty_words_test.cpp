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
                           "Away",
                           "PTO"})
    EXPECT_EQ(said(text), "absent") << text;
}

TEST_F(DutyWordsTest, APlaceWithAWordOfAnAbsenceInItsNameIsNoAbsence) {
  for (const char* text : {"Sick ward", "Holiday camp unit", "Sick newborn unit", "Training centre",
                           "Night nurse sick ward", "Bereavement office", "Rest house"})
    EXPECT_EQ(said(text), "?") << text;
  for (const char* text : {"Sick - ward 5", "Sick (Ward 5)", "Sick", "Ward 5 sick",
                           "Annual leave ward 5", "Off sick ward 5", "Sick, unit"})
    EXPECT_EQ(said(text), "absent") << text;
  std::vector<Responder> people(1);
  people[0].id = PersonId{"1"};
  people[0].ward = WardId{"sick-ward"};
  people[0].role = RoleId{"anaesthetist-on-call"};
  roster_ = Roster{1, {}, std::move(people)};
  EXPECT_EQ(said("Night sick ward"), "on duty sick-ward") << "a ward of the roster";
  EXPECT_EQ(said("Sick ward"), "?") << "which says no duty";
  EXPECT_EQ(said("On call sick ward"), "on call sick-ward");
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
                           "On call - away",
                           "On call: no",
                           "On call - swap with Ben Cole",
                           "On call (swapped)",
                           "Tentative: on call anaesthetist",
                           "On-call handover",
                           "Returned from sick",
                           "On leave/on call"})
    EXPECT_EQ(said(text), "?") << text;
}

TEST_F(DutyWordsTest, WhenItIsBelongsToNoRole) {
  for (const char* when :
       {"20:00", "(08:00 - 20:00)", "08:00–20:00", "8am-8pm", "8am to 8pm", "8.30 pm", "0800-2000",
        "0800 - 2000hrs", "08-20", "12h", "24 hours", "24hr", "24/7", "overnight", "Sat",
        "Christmas Day", "(cover for Ben Cole)"})
    EXPECT_EQ(said(std::string{"On call anaesthetist "} + when), "on call anaesthetist") << when;
  EXPECT_EQ(said("On call 12"), "on call");
  EXPECT_EQ(said("FW: On call anaesthetist"), "on call anaesthetist");
  EXPECT_EQ(said("On call anaesthetist 2"), "on call anaesthetist-2");
  EXPECT_EQ(said("On call wards 4-5"), "on call wards-4-5");
  EXPECT_EQ(said("On call bleep 0200"), "on call bleep-0200");
  EXPECT_EQ(said("On call ST3-5"), "on call st3-5");
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

TEST_F(DutyWordsTest, WordsOfOtherAlphabetsAndSignsAreDifferentWords) {
  meanings_[duty_key("άδεια")] = {"άδεια", Duty::absent, {}, {}, {}};
  meanings_[duty_key("夜勤 2")] = {"夜勤 2", Duty::on_duty, {}, {}, {}};
  meanings_[duty_key("08:00-20:00")] = {"08:00-20:00", Duty::on_duty, {}, {}, {}};
  EXPECT_EQ(said("άδεια"), "absent");
  EXPECT_EQ(said("εφημερία"), "?");
  EXPECT_EQ(said("отпуск"), "?");
  EXPECT_EQ(said("夜勤 2"), "on duty");
  EXPECT_EQ(said("休暇 2"), "?");
  EXPECT_EQ(said("إجازة"), "?");
  EXPECT_EQ(said("Night отпуск"), "?");
  EXPECT_EQ(said("🌙 Night → nurse …"), "on duty nurse");
  EXPECT_EQ(said("08:00-20:00"), "on duty");
  for (const char* text : {"", "-", "???", "07:00-19:00"}) EXPECT_EQ(said(text), "?") << text;
}

TEST_F(DutyWordsTest, OneKeyForTheSpellingsOfAText) {
  EXPECT_EQ(duty_key("A/L"), duty_key("al"));
  EXPECT_EQ(duty_key("On‑Call – Resus 08:00–20:00"), "on-call-resus");
  EXPECT_EQ(duty_key("Carer's leave"), "carers-leave");
  EXPECT_EQ(duty_key("A&E"), "a-e") << "no code";
  EXPECT_EQ(duty_key("0730-2000"), "0730-2000") << "a code";
  EXPECT_EQ(duty_key("12h"), "12h");
  const std::string longer(100, 'x');
  EXPECT_NE(duty_key(longer + " cancelled"), duty_key(longer)) << "no text is cut";
}

TEST_F(DutyWordsTest, TimesAloneAreAWordOfTheirOwn) {
  EXPECT_NE(duty_key("07:30-20:00"), "");
  EXPECT_NE(duty_key("07:30-20:00"), duty_key("08:00-16:00"));
  meanings_[duty_key("07:30-20:00")].duty = Duty::on_duty;
  EXPECT_EQ(said("07:30-20:00"), "on duty");
  EXPECT_EQ(said(""), "?") << "what has no words was given no meaning by that";
  EXPECT_EQ(said("LD 0900-1700"), "on duty");
  EXPECT_EQ(said("Long day until 17:00"), "on duty");
}

TEST_F(DutyWordsTest, HowManyOrWhichOfThemIsNoRole) {
  for (const char* text :
       {"On call x2", "2x On call", "On call (x 2)", "On call ×2", "1st on call", "On-Call 2nd",
        "On call 1 of 2", "On call wk 2", "On call w/e", "24 hour on call", "On call Xmas"})
    EXPECT_EQ(said(text), "on call") << text;
  EXPECT_EQ(said("On call anaesthetist x2"), "on call anaesthetist");
  EXPECT_EQ(said("2 x on call anaesthetist"), "on call anaesthetist");
  EXPECT_EQ(said("2nd on call anaesthetist"), "on call 2nd-anaesthetist");
  EXPECT_EQ(said("On call x-ray"), "on call x-ray");
}

TEST_F(DutyWordsTest, AShiftThatNobodyHasOrThatWasGivenAwayIsNone) {
  for (const char* text :
       {"LD gap", "LD CXL", "LD moved to Fri", "LD given to Ben", "On call needed",
        "On call (offered)", "LD late cancellation", "On call - Ben instead", "HOLD: on call",
        "Prefers on call", "On call - exchange with Ben", "LD ❌", "On call 🌴", "~~LD~~",
        "L\u0336D\u0336", "Night ½"})
    EXPECT_EQ(said(text), "?") << text;
  std::vector<Responder> people(1);
  people[0].id = PersonId{"1"};
  people[0].role = RoleId{"move-coordinator"};
  roster_ = Roster{1, {}, std::move(people)};
  EXPECT_EQ(said("LD move coordinator"), "on duty move-coordinator") << "a role of the roster";
}

TEST_F(DutyWordsTest, ACodeOfOneLetterBesideADutyIsNotUnderstood) {
  for (const char* text : {"LD s", "Night (x)", "On call B"}) EXPECT_EQ(said(text), "?") << text;
  EXPECT_EQ(said("LD A&E"), "on duty a-e");
  EXPECT_TRUE(DutyWords(mapping_, meanings_, roster_).is_only_doubt("TBC?"));
  EXPECT_FALSE(DutyWords(mapping_, meanings_, roster_).is_only_doubt("Swap nurse"));
}

TEST_F(DutyWordsTest, AWordInDoubtIsNotTheOneThatWasSaid) {
  meanings_[duty_key("N")] = {"N", Duty::on_duty, {}, {}, {}};
  EXPECT_EQ(said("N"), "on duty");
  EXPECT_EQ(said("N?"), "?");
  meanings_[duty_key("N")].written = "N?";
  EXPECT_EQ(said("N?"), "on duty");
}

TEST_F(DutyWordsTest, NotesOfSomebodyWhoMayBeAway) {
  const DutyWords words{mapping_, meanings_, roster_};
  for (const char* text : {"Rang in sick", "Sick - covered by Ben", "Cancelled by ward"})
    EXPECT_TRUE(words.may_be_away(text)) << text;
  for (const char* text : {"covering for Ben (sick)", "took over, the other one is off sick",
                           "Bring ID badge", "swap with Ben"})
    EXPECT_FALSE(words.may_be_away(text)) << text;
  EXPECT_TRUE(words.is_of_half_day("AL (AM)"));
  EXPECT_TRUE(words.is_of_half_day("0.5 AL"));
  EXPECT_FALSE(words.is_of_half_day("Annual leave, 5 days"));
}

TEST_F(DutyWordsTest, WhatIsAboutADutyIsNone) {
  EXPECT_EQ(said("On call resident doctor"), "on call resident-doctor");
  EXPECT_EQ(said("On-call @ home"), "on call");
  for (const char* text :
       {"On call meeting", "On call room booking", "On-call payment form due", "Reminder: on call",
        "On call starts tomorrow", "Was on call", "Ex on call", "Shadowing on call",
        "On call (resident)", "Standby - resident", "Night shift pay query",
        "On call (advice only)", "Can do on call", "On call exercise"})
    EXPECT_EQ(said(text), "?") << text;
  std::vector<Responder> people(1);
  people[0].id = PersonId{"1"};
  people[0].role = RoleId{"theatre-booking-clerk"};
  roster_ = Roster{1, {}, std::move(people)};
  EXPECT_EQ(said("Night theatre booking clerk"), "on duty theatre-booking-clerk")
      << "a role of the roster";
}

}  // namespace
}  // namespace tocsin::roster
