#include "seal/at_rest.h"

#include <gtest/gtest.h>

#include <vector>

#include "unit/seal/changed_bit.h"

namespace tocsin::seal {
namespace {

using base::Bytes;
using base::ByteView;

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

}  // namespace
}  // namespace tocsin::seal
