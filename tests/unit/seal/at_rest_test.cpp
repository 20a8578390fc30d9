#include "seal/at_rest.h"

#include <gtest/gtest.h>

#include <vector>

#include "seal/key_file.h"

namespace tocsin::seal {
namespace {

using base::Bytes;
using base::ByteView;

constexpr Stretch kQuick{1, 8};  // the least that Argon2id allows, so that the test is quick

Bytes with_bit_changed(const Bytes& bytes, std::size_t at) {
  Bytes changed = bytes;
  changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1 << at % 8);
  return changed;
}

class AtRest : public testing::Test {
 protected:
  base::SeededRandom random_{11};
  ByteView text_ = base::bytes_of("roster");
};

TEST_F(AtRest, OpensUnderItsKeyAndItsNameAlone) {
  const StoreKey key = generate_store_key(random_);
  const StoreKey other = generate_store_key(random_);
  const auto name = base::bytes_of("file/roster");
  const Bytes sealed = seal_at_rest(key, name, text_, random_);
  EXPECT_EQ(sealed.size(), text_.size() + 29);
  EXPECT_EQ(base::text_of(open_at_rest(key, name, sealed).value()), "roster");
  EXPECT_FALSE(open_at_rest(other, name, sealed));
  EXPECT_FALSE(open_at_rest(key, base::bytes_of("file/rota"), sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    EXPECT_FALSE(open_at_rest(key, name, with_bit_changed(sealed, i))) << i;
    EXPECT_FALSE(open_at_rest(key, name, ByteView{sealed}.first(i))) << i;
  }
  EXPECT_NE(seal_at_rest(key, name, text_, random_), sealed);
}

TEST_F(AtRest, HashIsBlake2b) {
  // RFC 7693 gives BLAKE2b-512 only; this is "b2sum -l 256" of "abc".
  EXPECT_EQ(base::to_hex(hash_of(base::bytes_of("abc"))),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(hash_of(base::bytes_of("a"), base::bytes_of("bc")), hash_of(base::bytes_of("abc")));
}

TEST_F(AtRest, AWrapOpensForEachHolderAndNobodyElse) {
  const OpeningKey first = OpeningKey::generate(random_);
  const OpeningKey second = OpeningKey::generate(random_);
  const OpeningKey stranger = OpeningKey::generate(random_);
  const std::vector<SealingKey> holders{first.sealing_key(), second.sealing_key()};
  const Bytes wrapped = wrap(text_, holders, "store", random_);
  EXPECT_EQ(base::text_of(unwrap(wrapped, first, "store").value()), "roster");
  EXPECT_EQ(base::text_of(unwrap(wrapped, second, "store").value()), "roster");
  EXPECT_FALSE(unwrap(wrapped, stranger, "store"));
  EXPECT_FALSE(unwrap(wrapped, first, "incident"));
  for (std::size_t size = 0; size < wrapped.size(); ++size)
    EXPECT_FALSE(unwrap(ByteView{wrapped}.first(size), first, "store")) << size;
  // Damage to one holder's part does not affect the other. Each bit must matter to at least one.
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    const Bytes changed = with_bit_changed(wrapped, i);
    EXPECT_FALSE(unwrap(changed, first, "store") && unwrap(changed, second, "store")) << i;
  }
}

TEST_F(AtRest, AKeyFileOpensWithItsPassphraseAlone) {
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

TEST_F(AtRest, AChangedOrCutKeyFileDoesNotOpen) {
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

TEST_F(AtRest, AKeyFileInTheClearNeedsNoPassphrase) {
  const Bytes file = protect_key("a key", text_, Protection::none, "", random_);
  EXPECT_EQ(describe_key_file(file)->protection, Protection::none);
  EXPECT_EQ(base::text_of(open_key_file(file, "").value()), "roster");
}

TEST_F(AtRest, AHostileKeyFileCannotAskForATerabyte) {
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

TEST(KeyFiles, CostWhatTheyShouldByDefault) {
  // OWASP's minimum for Argon2id is 19 MiB and 2 passes; RFC 9106's second choice is 64 MiB and 3.
  EXPECT_GE(Stretch{}.memory_kib, 256u * 1024);
  EXPECT_GE(Stretch{}.passes, 3u);
}

}  // namespace
}  // namespace tocsin::seal
