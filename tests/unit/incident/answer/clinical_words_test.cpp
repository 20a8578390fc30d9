#include "incident/answer/clinical_words.h"

#include <gtest/gtest.h>

#include "incident/answer/spelling.h"

namespace tocsin::incident {
namespace {

const base::Instant kNow = *base::from_rfc3339("2026-11-30T22:40:00Z");

bool clinical(std::string_view words) { return is_clinical(plain_spelling(words), kNow); }

TEST(Clinical, NumbersDatesAndFindingsAreSeen) {
  for (const char* words :
       {"yes 20, 943 476 5919", "Y 20 9434765919", "۹۴۳۴۷۶۵۹۱۹", "K1234567 is waiting",
        "John, 12/03/1957", "dob 1/2/2026", "sats 82 on 15L", "pt in bed 4", "Mrs Patel 84F",
        "Mr Evans bed 9", "GCS 9"})
    EXPECT_TRUE(clinical(words)) << words;
}

TEST(Clinical, AnswersAreNot) {
  for (const char* words :
       {"Y 20", "no, with a patient till 9", "please be patient", "back on 12/12/2026",
        "call me 07700 900123", "20m", "Kind regards, Mr A Smith", "in resus", "L 07:00",
        "Tel 01632 960 145 ext 2210", "9434765918"})
    EXPECT_FALSE(clinical(words)) << words;
}

}  // namespace
}  // namespace tocsin::incident
