#include "playbook/screen.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::playbook {
namespace {

std::string seen(std::string_view text, Screen screen = Screen::text) {
  std::string out;
  for (const Sighting& sighting : find_patient_details(text, screen))
    out += std::string{to_text(sighting.suspicion)} + "@" + std::to_string(sighting.offset) + ";";
  return out;
}

// Tries all ten check digits: exactly one passes, or none when it would be 10.
TEST(NhsNumber, AgreesWithItsDefinition) {
  int none = 0;
  for (int body = 100000000; body < 100000000 + 2000; ++body) {
    const std::string nine = std::to_string(body);
    int weighted = 0;
    for (std::size_t i = 0; i < 9; ++i) weighted += (nine[i] - '0') * static_cast<int>(10 - i);
    int passed = 0;
    for (int last = 0; last <= 9; ++last) {
      // The same rule in another form: 11 divides the weighted sum with the check digit at
      // weight 1.
      const bool divides = (weighted + last) % 11 == 0;
      EXPECT_EQ(is_nhs_number(nine + std::to_string(last)), divides);
      passed += divides ? 1 : 0;
    }
    none += passed == 0 ? 1 : 0;
  }
  EXPECT_NEAR(none, 2000 / 11, 30);
  EXPECT_TRUE(is_nhs_number("9434765919"));
  EXPECT_FALSE(is_nhs_number("9434765918"));
  EXPECT_FALSE(is_nhs_number("943476591"));
  EXPECT_FALSE(is_nhs_number("94347659x9"));
}

TEST(PatientDetails, FindsNhsNumbersAsPeopleWriteThem) {
  EXPECT_EQ(seen("9434765919"), "an NHS number@0;");
  EXPECT_EQ(seen("see 943 476 5919."), "an NHS number@4;");
  EXPECT_EQ(seen("943-476-5919"), "an NHS number@0;");
  EXPECT_EQ(seen("943 476 5918"), "");
  EXPECT_EQ(seen("94 34 76 59 19"), "");
  EXPECT_EQ(seen("94347659190"), "");
}

TEST(PatientDetails, LeavesContactPointsAlone) {
  EXPECT_EQ(seen("ring 020 7946 0123 or +44 7700 900123"), "");
  EXPECT_EQ(seen("bleep 2222, extension 45678, room 12.34, CT 2"), "");
  EXPECT_EQ(seen("+9434765919"), "");
}

TEST(PatientDetails, FindsChiNumbers) {
  // 0101571238 would be a person born on 1 January 1957, if it passes modulus 11.
  std::string chi = "010157123";
  for (char last = '0'; last <= '9'; ++last)
    EXPECT_EQ(seen(chi + last), is_nhs_number(chi + last) ? "an NHS number@0;" : "");
  std::string telephone = "016329601";  // 63 is no month
  for (char last = '0'; last <= '9'; ++last) EXPECT_EQ(seen(telephone + last), "");
}

TEST(PatientDetails, FindsDatesOfBirth) {
  for (const char* date : {"12/03/1957", "12.3.1957", "12-03-1957", "1957-03-12", "12/03/57",
                           "12 March 1957", "12th Mar 57", "3rd of"})
    EXPECT_EQ(seen(date), std::string_view{date} == "3rd of" ? "" : "a date of birth@0;") << date;
  EXPECT_EQ(seen("40/13/1957 or 8.15 or 2026 or 3/4 full, 24/7, 12 Marks"), "");
}

TEST(PatientDetails, RemarksMayNameDatesOfIncidents) {
  EXPECT_EQ(seen("# as on 12/05/2017", Screen::remark), "");
  EXPECT_EQ(seen("# DOB 12/05/1957", Screen::remark), "a date of birth@6;");
  EXPECT_EQ(seen("# born 12 May 1957", Screen::remark), "a date of birth@7;");
}

TEST(PatientDetails, FindsHospitalNumbers) {
  EXPECT_EQ(seen("see K1234567."), "a hospital number@4;");
  EXPECT_EQ(seen("hospital number 1234567"), "a hospital number@16;");
  EXPECT_EQ(seen("MRN: 123456"), "a hospital number@5;");
  EXPECT_EQ(seen("ward B12, ZZ999, A4, form K12"), "");
}

}  // namespace
}  // namespace tocsin::playbook
