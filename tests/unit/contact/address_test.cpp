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
      {"matrix", "@ana:example.org", "@ana:example.org"},
      {"matrix", "@SUM(A1)", nullptr},
      {"ntfy", "tocsin_ana-1", "tocsin_ana-1"},
      {"ntfy", "a/b", nullptr},
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

TEST(Address, WarnsOfANumberThatTakesNoTexts) {
  const auto read = parse_address(Form::mobile, "020 7946 0123");
  EXPECT_EQ(std::get<Address>(read).text, "+442079460123");
  EXPECT_NE(std::get<Address>(read).warning, "");
  EXPECT_EQ(std::get<Address>(parse_address(Form::telephone, "020 7946 0123")).warning, "");
}

}  // namespace
}  // namespace tocsin::contact
