#include "contact/address.h"

#include <gtest/gtest.h>

namespace tocsin::contact {
namespace {

TEST(Address, EachChannelHasItsForm) {
  struct Case {
    const char* channel;
    const char* text;
    const char* expected;  // null: refused
  };
  const Case cases[] = {
      {"email", "Ana.Bell@Example.org", "ana.bell@example.org"},
      {"email", "ana@localhost", nullptr},
      {"email", "ana bell@example.org", nullptr},
      {"email", "@example.org", nullptr},
      {"email", "=cmd@example.org", nullptr},
      {"threema", "ABCD1234", "ABCD1234"},
      {"threema", "abcd1234", nullptr},
      {"telegram", "123456789", "123456789"},
      {"telegram", "@ana", nullptr},
      {"viber", "pttm25kSGUo1919sBORWyA==", "pttm25kSGUo1919sBORWyA=="},
      {"viber", "+/tm25kSGUo1919sBORWyA==", "+/tm25kSGUo1919sBORWyA=="},
      {"viber", "+447700900123", nullptr},
      {"viber", "=cmd25kSGUo1919sBORWyA==", nullptr},
      {"viber", "====", nullptr},
      {"matrix", "@ana:example.org", "@ana:example.org"},
      {"matrix", "@SUM(A1)", nullptr},
      {"ntfy", "tocsin_ana-1", "tocsin_ana-1"},
      {"ntfy", "a/b", nullptr},
      {"exec", "bleep 4711", "bleep 4711"},
      {"exec", "+44 7700 900123", "+44 7700 900123"},
      {"exec", "+SUM(A1)", nullptr},
      {"exec", "=4711", nullptr},
      {"exec", "a\nb", nullptr},
      {"exec", "\xff", nullptr},
      {"signal", "07700 900123", "+447700900123"},
      {"phone", "-07700900123", nullptr},
      {"phone", "=07700900123", nullptr},
      {"relay", "x", nullptr},
  };
  for (const Case& c : cases) {
    const auto read = parse_address(find(c.channel)->form, c.text);
    const auto* address = std::get_if<Address>(&read);
    EXPECT_EQ(address == nullptr ? "refused" : address->text,
              c.expected == nullptr ? "refused" : c.expected)
        << c.text;
  }
}

TEST(Address, OfAProgramHasABound) {
  EXPECT_TRUE(
      std::holds_alternative<Address>(parse_address(Form::free_text, std::string(100, 'x'))));
  EXPECT_TRUE(
      std::holds_alternative<AddressFault>(parse_address(Form::free_text, std::string(101, 'x'))));
}

TEST(Address, WarnsOfANumberThatTakesNoTexts) {
  const auto read = parse_address(Form::mobile, "020 7946 0123");
  EXPECT_EQ(std::get<Address>(read).text, "+442079460123");
  EXPECT_EQ(std::get<Address>(read).warning,
            "not a mobile number, so no text messages are sent to it");
  EXPECT_FALSE(std::get<Address>(read).takes_texts);
  EXPECT_TRUE(std::get<Address>(parse_address(Form::mobile, "07700 900123")).takes_texts);
  EXPECT_EQ(std::get<Address>(parse_address(Form::telephone, "020 7946 0123")).warning, "");
}

TEST(Address, ARefusedNumberComesWithTheWayOut) {
  const auto hint = [](std::string_view text, std::string_view country) {
    return std::get<AddressFault>(parse_address(Form::telephone, text, country)).hint;
  };
  EXPECT_EQ(hint("7700900123.0", "44"),
            "format the column as text in the spreadsheet and type it again");
  EXPECT_EQ(hint("01632 960123 x4", "44"),
            "write a number that reaches the person without dialling on");
  EXPECT_EQ(hint("01204 52012/3", "44"),
            "one whole number in a cell, and a column of its own for each more");
  EXPECT_EQ(hint("4521", "44"),
            "+44 7700 900123 or 07700 900123 (national numbers are read as +44)");
  EXPECT_EQ(hint("4521", "47"), "+ and the whole number, or as it is dialled within +47");
  EXPECT_EQ(hint("390 123 4567", "39"), "begin it with +39");
}

TEST(Address, ALostZeroIsSaid) {
  EXPECT_EQ(std::get<Address>(parse_address(Form::telephone, "7700900123")).warning,
            "a telephone number without its leading 0, which was put back");
}

}  // namespace
}  // namespace tocsin::contact
