#include "contact/telephone.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace tocsin::contact {
namespace {

std::string e164(std::string_view text, std::string_view country = "44") {
  const auto read = parse_telephone(text, country);
  const auto* telephone = std::get_if<Telephone>(&read);
  return telephone == nullptr ? "" : telephone->e164;
}

TelephoneFault fault(std::string_view text) {
  return std::get<TelephoneFault>(parse_telephone(text));
}

TEST(Telephone, OneFormForEverySpelling) {
  for (const char* text :
       {"07700 900123", "07700900123", "+447700900123", "+44 7700 900123", "+44 (0)7700 900123",
        "+44 (0) 7700-900-123", "00447700900123", "0044 7700 900 123", "(07700) 900123",
        "07700.900.123", "447700900123", "+4407700900123", "'07700900123",
        "  07700\xc2\xa0"
        "900123 "})
    EXPECT_EQ(e164(text), "+447700900123") << text;
  EXPECT_EQ(e164("020 7946 0123"), "+442079460123");
  EXPECT_EQ(e164("0131 496 0123"), "+441314960123");
  EXPECT_EQ(e164("016977 3555"), "+44169773555");  // a nine-digit number of Brampton
  EXPECT_EQ(e164("+49 89 123456"), "+4989123456");
  EXPECT_EQ(e164("+1 202 555 0123"), "+12025550123");
  EXPECT_EQ(e164("01 496 0123", "353"), "+35314960123");
}

TEST(Telephone, ALostZeroIsPutBackAndSaid) {
  const auto read = parse_telephone("7700900123");
  EXPECT_EQ(std::get<Telephone>(read).e164, "+447700900123");
  EXPECT_TRUE(std::get<Telephone>(read).restored_zero);
  EXPECT_FALSE(std::get<Telephone>(parse_telephone("07700900123")).restored_zero);
}

TEST(Telephone, WhatIsNoNumberIsNamed) {
  EXPECT_EQ(fault(""), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("+"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("ext 4567"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("07700 9o0123"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("07700 900123 / 07700 900124"), TelephoneFault::too_long);
  EXPECT_EQ(fault("++447700900123"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("4.47701E+11"), TelephoneFault::scientific);
  EXPECT_EQ(fault("4567"), TelephoneFault::too_short);
  EXPECT_EQ(fault("07700 90012"), TelephoneFault::not_national);
  EXPECT_EQ(fault("07700 9001234"), TelephoneFault::too_long);
  EXPECT_EQ(fault("04700 900123"), TelephoneFault::not_national);
  EXPECT_EQ(fault("+0123456789"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("+12345678901234567"), TelephoneFault::too_long);
}

TEST(Telephone, WhateverIsAcceptedIsE164AndStaysItself) {
  base::SeededRandom random{9};
  constexpr std::string_view kMarks = "0123456789+ -()4407";
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(18); n > 0; --n)
      text += kMarks[random.below(kMarks.size())];
    const std::string number = e164(text);
    if (number.empty()) continue;
    ++accepted;
    ASSERT_TRUE(number.front() == '+' && number[1] != '0' && number.size() >= 8 &&
                number.size() <= 16)
        << text;
    ASSERT_EQ(number.find_first_not_of("0123456789", 1), std::string::npos) << text;
    ASSERT_EQ(e164(number), number) << text;
  }
  EXPECT_GT(accepted, 1000);
}

TEST(Telephone, KnowsMobiles) {
  EXPECT_TRUE(is_mobile("+447700900123"));
  EXPECT_TRUE(is_mobile("+447624000000"));
  EXPECT_FALSE(is_mobile("+442079460123"));
  EXPECT_FALSE(is_mobile("+447012345678"));
  EXPECT_FALSE(is_mobile("+447612345678"));
  EXPECT_TRUE(is_mobile("+4915112345678"));
}

TEST(Telephone, MaskingShowsTheLastThree) {
  EXPECT_EQ(masked("+447700900123"), "+•••••••••123");
  EXPECT_EQ(masked("12"), "••");
  EXPECT_EQ(masked(""), "");
}

// The examples are Ofcom's numbers for drama, and of how Ofcom writes them.
TEST(Telephone, IsShownAsPeopleReadIt) {
  for (const auto& [e164, read] :
       std::map<std::string, std::string>{{"+447700900114", "07700 900114"},
                                          {"+442079460123", "020 7946 0123"},
                                          {"+442920180123", "029 2018 0123"},
                                          {"+441184960123", "0118 496 0123"},
                                          {"+441214960123", "0121 496 0123"},
                                          {"+441632960123", "01632 960123"},
                                          {"+443001234567", "0300 123 4567"},
                                          {"+44800123456", "0800 123456"},
                                          {"+353861234567", "+353 861 234 567"},
                                          {"+493012345678", "+49 301 234 5678"},
                                          {"+12025550123", "+1 202 555 0123"},
                                          {"+2901234", "+290 1234"},
                                          {"not a number", "not a number"},
                                          {"+44", "+44"},
                                          {"", ""}})
    EXPECT_EQ(readable(e164), read);
}

// Whatever is shown can be typed again, and is the same number.
TEST(Telephone, WhatIsShownIsTheNumber) {
  for (const char* typed : {"07700 900114", "020 7946 0123", "0118 496 0123", "+353 86 123 4567",
                            "+1 202 555 0123", "+442079460123", "0800 123456"}) {
    const std::string number = std::get<contact::Telephone>(parse_telephone(typed)).e164;
    EXPECT_EQ(std::get<contact::Telephone>(parse_telephone(readable(number))).e164, number);
  }
}

}  // namespace
}  // namespace tocsin::contact
