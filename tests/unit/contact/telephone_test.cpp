#include "contact/telephone.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "base/random.h"

namespace tocsin::contact {
namespace {

// The number, or why it is refused.
std::string read(std::string_view text, std::string_view country = "44") {
  const auto read = parse_telephone(text, country);
  const auto* telephone = std::get_if<Telephone>(&read);
  return telephone == nullptr ? std::string{to_text(std::get<TelephoneFault>(read))}
                              : telephone->e164;
}

std::string e164(std::string_view text, std::string_view country = "44") {
  const std::string number = read(text, country);
  return number.starts_with('+') ? number : "";
}

TelephoneFault fault(std::string_view text, std::string_view country = "44") {
  return std::get<TelephoneFault>(parse_telephone(text, country));
}

TEST(Telephone, OneFormForEverySpelling) {
  for (const char* text :
       {"07700 900123", "07700900123", "+447700900123", "+44 7700 900123", "+44 (0)7700 900123",
        "+44 (0) 7700-900-123", "00447700900123", "0044 7700 900 123", "(07700) 900123",
        "07700.900.123", "447700900123", "+4407700900123", "'07700900123", "44 (0)7700 900123",
        "  07700\xc2\xa0"
        "900123 "})
    EXPECT_EQ(read(text), "+447700900123") << text;
  EXPECT_EQ(e164("020 7946 0123"), "+442079460123");
  EXPECT_EQ(e164("0131 496 0123"), "+441314960123");
  EXPECT_EQ(e164("016977 3555"), "+44169773555");  // a nine-digit number of Brampton
  EXPECT_EQ(e164("+49 89 123456"), "+4989123456");
  EXPECT_EQ(e164("+1 202 555 0123"), "+12025550123");
  EXPECT_EQ(e164("01 496 0123", "353"), "+35314960123");
}

TEST(Telephone, MobilesAsTheyAreDialledInArgentinaAndWereInMexico) {
  for (const char* text : {"011 15 2345 6789", "11 15 2345-6789", "+54 9 11 2345 6789",
                           "+54 11 15 2345 6789", "+54 9 11 15 2345 6789", "54 9 11 2345 6789"})
    EXPECT_EQ(read(text, "54"), "+5491123456789") << text;
  EXPECT_EQ(read("0351 15 234 5678", "54"), "+5493512345678");
  EXPECT_EQ(read("02944 15 23 4567", "54"), "+5492944234567");
  EXPECT_EQ(read("011 2345 6789", "54"), "+541123456789");
  EXPECT_EQ(e164("+54 11 16 2345 6789"), "");
  EXPECT_EQ(e164("15 2345 6789", "54"), "") << "without its area";
  for (const char* text : {"+52 1 55 1234 5678", "+52 55 1234 5678", "55 1234 5678",
                           "044 55 1234 5678", "045 55 1234 5678", "01 55 1234 5678"})
    EXPECT_EQ(read(text, "52"), "+525512345678") << text;
  EXPECT_EQ(e164("1 202 555 0123", "52"), "") << "may be a number of North America";
}

// What people and spreadsheets write into a British list: one number, or none, never another.
TEST(Telephone, EverySpellingIsThatNumberOrRefused) {
  constexpr const char* kMobile = "+447700900123";
  constexpr const char* kQuantity = "a telephone number that a spreadsheet turned into a quantity";
  constexpr const char* kExtension = "a telephone number with an extension";
  constexpr const char* kTwo = "more than one telephone number";
  constexpr const char* kShort = "a telephone number with too few digits";
  constexpr const char* kLong = "a telephone number with too many digits";
  const std::pair<const char*, const char*> kSpellings[] = {
      {"07700 900123", kMobile},
      {"+44 (0)7700 900123", kMobile},
      {"0044 7700 900123", kMobile},
      {"44 7700 900123", kMobile},
      {"(0)7700 900123", kMobile},
      {"7700900123", kMobile},
      {"7.700900123E+09", kQuantity},
      {"'07700900123", kMobile},
      {"+353 87 123 4567", "+353871234567"},
      {"00353871234567", "+353871234567"},
      {"07700\u00a0900123", kMobile},
      {"07700\u2011900\u2011123", kMobile},
      {"\u202a+44 7700 900123\u202c", kMobile},
      {"01632 960123 ext 4521", kExtension},
      {"01632 960123 x4521", kExtension},
      {"01632 960123 / 07700 900456", kTwo},
      {"020 7946 0123", "+442079460123"},
      {"016977 2345", "+44169772345"},
      {"0800 1111", kShort},  // a helpline, nobody's own number
      {"tel:+447700900123", kMobile},
      {"+44 07700 900123", kMobile},
      {"07700900123.0", kQuantity},
      {"7700900123.0", kQuantity},
      {"077009001234", kLong},
      {"0770090012", "not a telephone number of that country"},
      {"4521", kShort},
      {"+1 202 555 0123", "+12025550123"},
      {"(020) 7946 0123", "+442079460123"},
      {"07700 900123 / 4", kTwo},
      {"076 1234 5678", "+447612345678"},
      {"01204 52012/3", kTwo},
      {"O7700 900123", "not a telephone number"},
      {"+44 7700 900123;ext=12", kExtension},
      {"169772345.0", kQuantity},
      {"\uff10\uff17\uff17\uff10\uff10"
       "900123",
       kMobile},
      {"01632 960123 01632", kLong},
      {"0845 46 47", kShort},
      {"07700 900123\u200b", kMobile},
      {"+447700900123", kMobile},
      {"028 9018 0123", "+442890180123"},
      {"01624 123456", "+441624123456"},
      {"07624 123456", "+447624123456"},
      {"116 123", kShort},
  };
  for (const auto& [text, number] : kSpellings) EXPECT_EQ(read(text), number) << text;
}

// AGCOM (Italy), Nkom (Norway), CNMC (Spain), ComReg (Ireland), ARCEP (France), BNetzA (Germany),
// NANPA, and the plan of San Marino: what each lets people dial at home.
TEST(Telephone, EachCountryHasItsOwnWayOfWriting) {
  const struct {
    const char* country;
    const char* text;
    const char* number;
  } kNumbers[] = {
      {"39", "06 1234 5678", "+390612345678"},        // the 0 of a landline stays
      {"39", "+39 06 1234 5678", "+390612345678"},    //
      {"39", "+39 (06) 1234 5678", "+390612345678"},  //
      {"39", "0039 06 1234 5678", "+390612345678"},
      {"39", "39 06 1234 5678", "+390612345678"},
      {"39", "347 123 4567", "+393471234567"},
      {"39", "391 234 5678", "+393912345678"},
      {"378", "0549 886377", "+3780549886377"},
      {"47", "412 34 567", "+4741234567"},  // no digit is dialled first
      {"47", "47 12 34 56", "+4747123456"},
      {"47", "+47 412 34 567", "+4741234567"},
      {"47", "4741234567", "+4741234567"},
      {"34", "612 345 678", "+34612345678"},
      {"34", "34 612 345 678", "+34612345678"},
      {"45", "20 12 34 56", "+4520123456"},
      {"351", "912 345 678", "+351912345678"},
      {"353", "(01) 234 5678", "+35312345678"},
      {"353", "087 123 4567", "+353871234567"},
      {"353", "871234567", "+353871234567"},       // a mobile whose 0 a spreadsheet took
      {"353", "048 9018 0123", "+3534890180123"},  // Northern Ireland, dialled from Ireland
      {"33", "06 12 34 56 78", "+33612345678"},
      {"33", "+33 (0)6 12 34 56 78", "+33612345678"},
      {"33", "612345678", "+33612345678"},
      {"49", "089/123456", "+4989123456"},
      {"49", "0151 12345678", "+4915112345678"},
      {"36", "06 20 123 4567", "+36201234567"},
      {"7", "8 916 123-45-67", "+79161234567"},
      {"7", "8 10 44 7700 900123", "+447700900123"},
      {"1", "(202) 555-0123", "+12025550123"},
      {"1", "1-202-555-0123", "+12025550123"},
      {"1", "011 44 7700 900123", "+447700900123"},
      {"61", "0412 345 678", "+61412345678"},
      {"61", "0011 44 7700 900123", "+447700900123"},
      {"65", "8123 4567", "+6581234567"},
      {"86", "138 0013 8000", "+8613800138000"},
      {"55", "(11) 96123-4567", "+5511961234567"},
      {"55", "011 96123-4567", "+5511961234567"},
      {"375", "8 029 491-19-11", "+375294911911"},
      {"91", "98765 43210", "+919876543210"},
      {"225", "07 12 34 56 78", "+2250712345678"},
  };
  for (const auto& [country, text, number] : kNumbers)
    EXPECT_EQ(read(text, country), number) << country << ' ' << text;
}

TEST(Telephone, AWrongLengthOrBeginningIsNoNumberOfACountry) {
  EXPECT_EQ(fault("0612 345 678", "34"), TelephoneFault::too_long);
  EXPECT_EQ(fault("112 345 678", "34"), TelephoneFault::not_national);
  EXPECT_EQ(fault("412 34 56", "47"), TelephoneFault::too_short);
  EXPECT_EQ(fault("087 123 456", "353"), TelephoneFault::not_national);  // a mobile lacks a digit
  EXPECT_EQ(fault("234 5678", "353"), TelephoneFault::not_national);     // a town's own
  EXPECT_EQ(fault("+39 6 1234 5678"), TelephoneFault::not_national);     // Rome without its 0
  EXPECT_EQ(fault("+33 6 12 34 56"), TelephoneFault::too_short);
  EXPECT_EQ(fault("+999 1234567"), TelephoneFault::not_national);
  EXPECT_EQ(fault("00 44 7700 900123", "61"), TelephoneFault::too_long);  // they dial 0011
  EXPECT_EQ(fault("01632 96012"), TelephoneFault::not_national);  // no area with five digits
  EXPECT_EQ(e164("01204 52012"), "+44120452012");                 // such an area
}

// Numbers of other countries as they are dialled there, in a list of the United Kingdom.
TEST(Telephone, ANumberOfAnotherCountryDoesNotBecomeABritishOne) {
  EXPECT_EQ(fault("(212) 555-0123"), TelephoneFault::not_national);  // New York; no area 0212
  EXPECT_EQ(fault("310-555-0123"), TelephoneFault::not_national);
  EXPECT_EQ(fault("0803 123 4567"), TelephoneFault::not_national);  // Nigeria
  EXPECT_EQ(fault("0917 123 4567"), TelephoneFault::not_national);  // the Philippines
  EXPECT_EQ(fault("098765 43210"), TelephoneFault::not_national);   // India; here a premium rate
  EXPECT_EQ(e164("0300 123 4567"), "+443001234567");
  EXPECT_EQ(e164("020 7946 0123"), "+442079460123");
}

// Italy dialled a 0 before mobiles until 2001; before anything else it belongs to a landline.
TEST(Telephone, AnItalianMobileWithItsOldZeroIsNoLandline) {
  EXPECT_EQ(e164("0347 123 4567", "39"), "");
  EXPECT_EQ(e164("+39 0347 1234567"), "+393471234567");
  EXPECT_EQ(e164("0341 123456", "39"), "+390341123456");
}

TEST(Telephone, NobodyIsCalledOnAnEmergencyOrShortCode) {
  for (const char* country : {"44", "47", "49", "39", "43", "1", "352", "46", "61"})
    for (const char* code : {"999", "112", "911", "000", "111", "101", "116 117", "118 118"}) {
      EXPECT_EQ(e164(code, country), "") << country << ' ' << code;
      EXPECT_EQ(e164(std::string{"+"} + country + ' ' + code), "") << country << ' ' << code;
    }
}

TEST(Telephone, ALostZeroIsPutBackAndSaid) {
  const auto lost = parse_telephone("7700900123");
  EXPECT_EQ(std::get<Telephone>(lost).e164, "+447700900123");
  EXPECT_EQ(std::get<Telephone>(lost).put_back, "0");
  EXPECT_EQ(std::get<Telephone>(parse_telephone("07700900123")).put_back, "");
  EXPECT_EQ(std::get<Telephone>(parse_telephone("412 34 567", "47")).put_back, "");
  EXPECT_EQ(std::get<Telephone>(parse_telephone("(11) 96123-4567", "55")).put_back, "");
}

TEST(Telephone, WhatIsNoNumberIsNamed) {
  EXPECT_EQ(fault(""), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("+"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("ext 4567"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("07700 9o0123"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("07700 900123 / 07700 900124"), TelephoneFault::two_numbers);
  EXPECT_EQ(fault("++447700900123"), TelephoneFault::not_a_number);
  EXPECT_EQ(fault("4.47701E+11"), TelephoneFault::quantity);
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
  EXPECT_GT(accepted, 500);
}

// However a number is spaced, it is that number; whatever is written behind it, it is no other.
TEST(Telephone, SpacingChangesNothingAndATailIsRefused) {
  base::SeededRandom random{44};
  constexpr std::string_view kMarks[] = {" ", "-", ".", "\u00a0", "\u2011", "", "", ""};
  constexpr std::string_view kTails[] = {
      "/3",     "-4",   " x12", " ext. 7", ".0", " or 8", " / 07700 900124",
      ";ext=1", "E+09", ", 9",  " (2)",    "#5"};
  const std::map<std::string, std::string> kWritten{
      {"07700900123", "44"}, {"02079460123", "44"}, {"0612345678", "39"},  {"41234567", "47"},
      {"612345678", "34"},   {"0871234567", "353"}, {"015112345678", "49"}};
  for (int round = 0; round < 300; ++round)
    for (const auto& [digits, country] : kWritten) {
      std::string text;
      for (std::size_t i = 0; i < digits.size(); ++i) {
        // A single digit at the end would be the end of another number.
        if (i > 0 && i + 1 < digits.size()) text += kMarks[random.below(std::size(kMarks))];
        text += digits[i];
      }
      // What has one dot is a quantity when few digits follow.
      const std::string number = e164(text, country);
      ASSERT_TRUE(number.empty() || number == e164(digits, country)) << text;
      ASSERT_FALSE(number.empty() && text.find('.') == std::string::npos) << text;
      ASSERT_EQ(e164(text + std::string{kTails[random.below(std::size(kTails))]}, country), "")
          << text;
    }
}

// Digits that are cut or joined never make a number of a country whose numbers are all of one
// length.
TEST(Telephone, ACutNumberIsNoOther) {
  for (const auto& [country, whole] : std::map<std::string, std::string>{
           {"47", "41234567"}, {"34", "612345678"}, {"33", "0612345678"}, {"1", "2025550123"}})
    for (std::size_t size = 1; size < whole.size(); ++size)
      EXPECT_EQ(e164(whole.substr(0, size), country), "") << country << ' ' << size;
}

TEST(Telephone, KnowsMobiles) {
  EXPECT_TRUE(is_mobile("+447700900123"));
  EXPECT_TRUE(is_mobile("+447624000000"));
  EXPECT_FALSE(is_mobile("+442079460123"));
  EXPECT_FALSE(is_mobile("+447012345678"));
  EXPECT_FALSE(is_mobile("+447612345678"));
  EXPECT_TRUE(is_mobile("+4915112345678"));
  EXPECT_FALSE(is_mobile("+4989123456"));
  EXPECT_FALSE(is_mobile("+390612345678"));
  EXPECT_TRUE(is_mobile("+4741234567"));
  EXPECT_FALSE(is_mobile("+4722123456"));
  EXPECT_TRUE(is_mobile("+12025550123"));  // there, mobiles and landlines begin alike
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
