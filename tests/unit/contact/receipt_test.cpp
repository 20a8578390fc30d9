#include "contact/receipt.h"

#include <gtest/gtest.h>

namespace tocsin::contact {
namespace {

// Journals keep the numbers: none may ever mean something else.
TEST(Receipt, KeepsItsNumbersAndWords) {
  const std::string_view words[] = {
      "queued", "sent", "delivered", "read", "failed for now", "failed for good", "unknown"};
  for (std::uint8_t number = 1; number <= 7; ++number)
    EXPECT_EQ(to_text(static_cast<Receipt>(number)), words[number - 1]);
}

}  // namespace
}  // namespace tocsin::contact
