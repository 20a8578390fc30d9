#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgePatients, AreFound) {
  expect_error("report_to: Red doors", "report_to: Bed of @@943 476 5919", "an NHS number");
  expect_error("report_to: Red doors", "report_to: \"Bed of @@9434765919\"", "an NHS number");
  expect_error("report_to: Red doors", "report_to: J Smith, @@12/03/1957", "a date of birth");
  expect_error("report_to: Red doors", "report_to: J Smith @@K1234567", "a hospital number");
  expect_error("report_to: Red doors", "report_to: Red doors  # as for @@943-476-5919",
               "an NHS number");
  expect_error("come as {role}", "about @@943 476 5919 {role}", "an NHS number");
}

TEST(JudgePatients, ContactPointsAndDatesOfPastIncidentsAreNone) {
  document::Findings findings;
  std::string text = replaced(kSample, "Red doors", "Red doors, ring 020 7946 0123");
  text = replaced(text, "Site office", "Site office, ring +44 7700 900123  # as on 12 May 2017");
  EXPECT_TRUE(load(text, findings).has_value());
}

}  // namespace
}  // namespace tocsin::playbook
