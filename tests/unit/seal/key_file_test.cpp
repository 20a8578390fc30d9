#include "seal/key_file.h"

#include <gtest/gtest.h>

#include "unit/seal/changed_bit.h"

namespace tocsin::seal {
namespace {

using base::Bytes;
using base::ByteView;

constexpr Stretch kQuick{1, 8};  // the least that Argon2id allows, so that the test is quick

class KeyFiles : public testing::Test {
 protected:
  base::SeededRandom random_{11};
  ByteView text_ = base::bytes_of("roster");
};

TEST_F(KeyFiles, OpenWithTheirPassphraseAlone) {
  const Bytes file =
      protect_key("a key", text_, Protection::passphrase, "correct horse", random_, kQuick);
  const auto description = describe_key_file(file);
  ASSERT_TRUE(description);
  EXPECT_EQ(description->kind, "a key");
  EXPECT_EQ(description->protection, Protection::passphrase);
  EXPECT_EQ(base::text_of(open_key_file(file, "correct horse").value()), "roster");
  EXPECT_FALSE(open_key_file(file, "correct hors"));
  EXPECT_FALSE(open_key_file(file, ""));
}

TEST_F(KeyFiles, DoNotOpenChangedOrCut) {
  for (const Protection protection : {Protection::passphrase, Protection::none}) {
    const Bytes file = protect_key("a key", text_, protection, "correct horse", random_, kQuick);
    for (std::size_t i = 0; i < file.size(); ++i) {
      // Changed parameters of Argon2id would take seconds here; they are tested below.
      const bool is_cost = protection == Protection::passphrase && i >= 12 && i < 20;
      if (!is_cost) {
        EXPECT_FALSE(open_key_file(with_bit_changed(file, i), "correct horse")) << i;
      }
      EXPECT_FALSE(open_key_file(ByteView{file}.first(i), "correct horse")) << i;
    }
  }
}

TEST_F(KeyFiles, InTheClearNeedNoPassphrase) {
  const Bytes file = protect_key("a key", text_, Protection::none, "", random_);
  EXPECT_EQ(describe_key_file(file)->protection, Protection::none);
  EXPECT_EQ(base::text_of(open_key_file(file, "").value()), "roster");
}

TEST_F(KeyFiles, CannotAskForATerabyte) {
  const Bytes file =
      protect_key("a key", text_, Protection::passphrase, "correct horse", random_, kQuick);
  const std::size_t cost = 4 + 1 + 1 + 5 + 1;
  const auto with_cost = [&](std::uint32_t passes, std::uint32_t memory_kib) {
    base::ByteWriter out;
    out.raw(ByteView{file}.first(cost));
    out.u32(passes);
    out.u32(memory_kib);
    out.raw(ByteView{file}.subspan(cost + 8));
    return out.take();
  };
  EXPECT_TRUE(open_key_file(with_cost(1, 8), "correct horse"));
  EXPECT_FALSE(describe_key_file(with_cost(1, 1024 * 1024 * 1024)));
  EXPECT_FALSE(describe_key_file(with_cost(1'000'000, 8)));
  EXPECT_FALSE(describe_key_file(with_cost(0, 8)));
  EXPECT_FALSE(describe_key_file(with_cost(1, 0)));
}

TEST_F(KeyFiles, CostWhatTheyShouldByDefault) {
  // OWASP's minimum for Argon2id is 19 MiB and 2 passes; RFC 9106's second choice is 64 MiB and 3.
  EXPECT_GE(Stretch{}.memory_kib, 256u * 1024);
  EXPECT_GE(Stretch{}.passes, 3u);
}

}  // namespace
}  // namespace tocsin::seal
