// Rotas as people's systems write them (tests/rota/cases, tests/calendar/cases), and what is right.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/file.h"
#include "roster/people/import.h"
#include "roster/reading/rota_import.h"
#include "roster/rota/change.h"

namespace tocsin::roster {
namespace {

class RotaCases : public ::testing::Test {
 protected:
  RotaCases() {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
    take_staff("00-staff.csv");
  }
  ~RotaCases() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  void take_staff(const std::string& name) {
    document::Findings findings;
    const auto table = document::parse_csv(text_of(name), name, findings);
    roster_ = Roster{1, {}, *import_people(*table, Mapping{}, findings)};
  }
  static std::string text_of(const std::string& name) {
    const std::string own = "tests/rota/cases/" + name;
    return base::read_file(std::filesystem::exists(own) ? own : "tests/calendar/cases/" + name,
                           1 << 20);
  }

  // Who is what at an instant, "1001 on call anaesthetist"; several are in one line.
  std::string at(std::string_view instant) const {
    std::string out;
    for (const Stint& stint : rota_.at(*base::from_rfc3339(instant))) {
      if (!out.empty()) out += ", ";
      out += std::string{stint.person.str()} + " " + std::string{to_text(stint.duty)};
      if (!stint.role.empty()) out += " " + std::string{stint.role.str()};
    }
    return out;
  }
  // Reads files as one import. False when it is refused.
  bool read(const std::vector<std::string>& names, Plan before = Plan::replaced) {
    ReadRota all;
    for (const std::string& name : names)
      read_rota(text_of(name), name, *base::from_rfc3339("2026-11-29T12:00:00Z"),
                {roster_, mapping_, meanings_}, all);
    findings_ = all.findings.sorted();
    unknown_ = all.unknown_words();
    if (all.findings.has_errors() || !unknown_.empty()) return false;
    rota_ = with_plan(rota_, std::move(all.draft), before);
    return true;
  }
  std::string hint() const { return findings_.empty() ? "" : findings_.front().hint; }

  Roster roster_;
  Mapping mapping_;
  Meanings meanings_;
  Rota rota_;
  std::vector<document::Finding> findings_;
  std::vector<UnknownWord> unknown_;
};

TEST_F(RotaCases, Words) {
  ASSERT_TRUE(read({"17-night-on-call-summary.ics"}));
  EXPECT_EQ(at("2027-01-04T21:00:00Z"), "1001 on call anaesthetist");
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1002 on call anaesthetist");
  EXPECT_FALSE(read({"18-leave-words.ics"}));
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_EQ(unknown_[0].text, "Sick cover nurse");
  meanings_[duty_key("Sick cover nurse")].duty = Duty::on_duty;
  ASSERT_TRUE(read({"18-leave-words.ics"}));
  EXPECT_EQ(at("2027-01-06T12:00:00Z"), "1001 absent, 1002 absent, 1003 absent, 1005 on duty");
  ASSERT_TRUE(read({"120-live-declined-and-holiday.ics"}));
  EXPECT_EQ(at("2026-11-29T12:00:00Z"), "1002 on call anaesthetist, 1003 absent");
  ASSERT_TRUE(read({"108-duty-words.csv"}));
  EXPECT_EQ(at("2027-01-04T21:00:00Z"), "1001 on call, 1002 absent");
  ASSERT_TRUE(read({"44-long-summary.ics"}));
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1001 on call anaesthetist");
  ASSERT_TRUE(read({"98-times-in-summary.ics"}));
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1001 on call anaesthetist");
}

TEST_F(RotaCases, EndDates) {
  ASSERT_TRUE(read({"22-end-date-column.csv"}));
  EXPECT_EQ(at("2027-01-11T07:59:00Z"), "1001 on call anaesthetist");
  EXPECT_EQ(at("2027-01-11T08:00:00Z"), "");
  ASSERT_TRUE(read({"109-end-date-stamped-date.csv"}));
  EXPECT_EQ(at("2027-01-17T23:59:00Z"), "1001 absent");
  ASSERT_TRUE(read({"48-leave-all-day-date-only.csv"}));
  EXPECT_EQ(at("2027-01-08T23:59:00Z"), "1001 absent");
  EXPECT_EQ(at("2027-01-09T00:00:00Z"), "");
  EXPECT_FALSE(read({"110-week-on-call-date-only-columns.csv"}));
  meanings_["on-call"] = {"On call", Duty::on_call, {}, base::Minutes{480}, base::Minutes{480}};
  ASSERT_TRUE(read({"110-week-on-call-date-only-columns.csv"}));
  EXPECT_EQ(at("2027-01-11T07:59:00Z"), "1001 on call anaesthetist");
  ASSERT_TRUE(read({"47-month-on-call.csv"}));
  EXPECT_EQ(at("2027-01-31T12:00:00Z"), "1001 on call anaesthetist");
  EXPECT_FALSE(read({"103-night-same-date.csv"}));
}

TEST_F(RotaCases, TimesThatOccurTwiceOrNever) {
  for (const char* name : {"23-two-rows.csv", "23a-ambiguous-after-summer-row.csv",
                           "23b-ambiguous-after-winter-row.csv"}) {
    ASSERT_TRUE(read({name})) << name;
    EXPECT_EQ(at("2027-10-31T00:29:00Z"), "1001 on call anaesthetist") << name;
    EXPECT_EQ(at("2027-10-31T00:30:00Z"), "1002 on call anaesthetist") << name;
    EXPECT_EQ(at("2027-10-31T01:30:00Z"), "1002 on call anaesthetist") << name;
  }
  ASSERT_TRUE(read({"32-spring-hour.csv"}));
  EXPECT_EQ(at("2027-03-28T01:29:00Z"), "1001 on call anaesthetist");
  EXPECT_EQ(at("2027-03-28T01:30:00Z"), "1002 on call anaesthetist");
  ASSERT_TRUE(read({"32b-spring-short-slot.csv"}));
  EXPECT_EQ(at("2027-03-28T01:30:00Z"), "1002 on call anaesthetist");
  EXPECT_EQ(at("2027-03-28T12:00:00Z"), "");
  ASSERT_TRUE(read({"104-fullday-2359.csv"}));
  EXPECT_EQ(at("2027-01-04T23:59:30Z"), "1001 on call anaesthetist");
  EXPECT_EQ(at("2027-01-05T00:00:00Z"), "1002 on call anaesthetist");
  ASSERT_TRUE(read({"126-bst-day.csv"}));
  EXPECT_EQ(at("2027-07-05T07:00:00Z"), "1001 on call anaesthetist");
}

TEST_F(RotaCases, ASwapInASecondFile) {
  const std::string series = "41a-series.ics";
  const std::string swap = "41b-swap-in-second-file.ics";
  for (const auto& files : {std::vector{series, swap}, std::vector{swap, series}}) {
    ASSERT_TRUE(read(files));
    EXPECT_EQ(at("2027-01-11T12:00:00Z"), "1002 on call anaesthetist");
    EXPECT_EQ(at("2027-01-18T12:00:00Z"), "1001 on call anaesthetist");
  }
  ASSERT_TRUE(read({series}));
  ASSERT_TRUE(read({swap}, Plan::kept));
  EXPECT_EQ(at("2027-01-11T12:00:00Z"), "1002 on call anaesthetist");
  EXPECT_EQ(at("2027-01-18T12:00:00Z"), "1001 on call anaesthetist");
}

TEST_F(RotaCases, AChangeOfAllLaterOnesInASecondFile) {
  const std::string series = "41a-series.ics";
  const std::string later = "41c-later-in-second-file.ics";
  for (const auto& files : {std::vector{series, later}, std::vector{later, series}}) {
    ASSERT_TRUE(read(files));
    EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1001 on call anaesthetist");
    EXPECT_EQ(at("2027-01-11T12:00:00Z"), "1002 on call anaesthetist");
    EXPECT_EQ(at("2027-01-18T12:00:00Z"), "1002 on call anaesthetist");
  }
  ASSERT_TRUE(read({series}));
  ASSERT_TRUE(read({later}, Plan::kept));
  EXPECT_EQ(at("2027-01-18T12:00:00Z"), "1002 on call anaesthetist");
}

TEST_F(RotaCases, Names) {
  for (const char* name :
       {"111-curly-apostrophe.ics", "112-title-no-accent.ics", "113-decomposed-accent.ics"}) {
    ASSERT_TRUE(read({name})) << name;
    EXPECT_EQ(at("2027-01-05T12:00:00Z"), "1004 on call nurse") << name;
  }
  ASSERT_TRUE(read({"92-two-names.ics"}));
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1001 on call anaesthetist, 1002 on call anaesthetist");
  ASSERT_TRUE(read({"93-name-forms.ics"}));
  ASSERT_TRUE(read({"97-newline-in-summary.ics"}));
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1001 on call anaesthetist");
  ASSERT_TRUE(read({"91-attendee-and-summary-disagree.ics"}));
  EXPECT_EQ(findings_.size(), 1u) << "with a warning";
  take_staff("90-shared-mailbox.csv");
  ASSERT_TRUE(read({"90-shared-mailbox.ics"}));
  EXPECT_EQ(at("2027-01-04T12:00:00Z"), "1002 on call anaesthetist") << "who is named";
}

TEST_F(RotaCases, WaysOfSpreadsheets) {
  for (const char* name :
       {"24-excel-semicolon-bom.csv", "28-twelve-hour.csv", "100-sep-line.csv"}) {
    ASSERT_TRUE(read({name})) << name;
    EXPECT_EQ(at("2027-01-05T07:59:00Z").substr(0, 12), "1001 on call") << name;
  }
  ASSERT_TRUE(read({"29b-two-names-for-one-field.csv"}));
  EXPECT_EQ(findings_.size(), 1u) << "columns that are not read are named";
  ASSERT_TRUE(read({"37-leave-and-oncall.csv"}));
  ASSERT_TRUE(read({"31-twentyfour.csv"}));
  for (const char* name :
       {"26-us-dates.csv", "27-excel-serial.csv", "29-duplicate-headers.csv", "101-title-rows.csv",
        "105-two-digit-year.csv", "106-date-and-stamp-disagree.csv"}) {
    EXPECT_FALSE(read({name})) << name;
    EXPECT_FALSE(hint().empty()) << name;
  }
}

}  // namespace
}  // namespace tocsin::roster
