#include "seal/words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace tocsin::seal {
namespace {

TEST(Words, AreFarApartShortAndSorted) {
  const auto words = fingerprint_word_list();
  EXPECT_TRUE(std::ranges::is_sorted(words));
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_GE(words[i].size(), 4u) << words[i];
    EXPECT_LE(words[i].size(), 8u) << words[i];
    EXPECT_TRUE(std::ranges::all_of(words[i], [](char c) { return c >= 'a' && c <= 'z'; }));
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GE(base::edit_distance(words[i], words[j]), 2u) << words[i] << ' ' << words[j];
      EXPECT_NE(words[i].substr(0, 4), words[j].substr(0, 4));
    }
  }
}

TEST(Words, StayTheSameForTheSameKeys) {
  // The words are printed on cards, so a change here would make every card wrong. The key id was
  // computed separately, with Python's hashlib.
  PublicIdentity identity;
  for (std::size_t i = 0; i < 32; ++i) {
    identity.verify.bytes[i] = static_cast<std::uint8_t>(i);
    identity.seal.bytes[i] = static_cast<std::uint8_t>(i + 32);
  }
  EXPECT_EQ(base::to_hex(identity.id().bytes), "dd34f296bea5499b7ecc34c7a43b22f4");
  EXPECT_EQ(fingerprint_words(identity), "sofa cactus umbrella linen peanut moss");
}

}  // namespace
}  // namespace tocsin::seal
