#include "wire/messages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tocsin::wire {
namespace {

using base::Bytes;
using base::Instant;
using base::Milliseconds;

const Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                   std::chrono::hours{22}};

Batch sample_batch(const Bytes& first, const Bytes& second) {
  return Batch{seal::KeyId{{9, 9}},
               {{seal::KeyId{{1}}, seal::MessageId{{2}}, kNow, first},
                {seal::KeyId{{3}}, seal::MessageId{{4}}, kNow + Milliseconds{1}, second}}};
}

// Every prefix is refused, and so is one more byte at the end.
template <class Decode>
void refuses_cut_and_grown(const Bytes& whole, Decode&& decode) {
  ASSERT_TRUE(decode(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode(base::ByteView{whole}.first(size))) << size;
  Bytes grown = whole;
  grown.push_back(0);
  EXPECT_FALSE(decode(grown));
}

TEST(Messages, BatchIsTheBytesOfThePage) {
  const Bytes envelope{0xAA, 0xBB};
  const Batch batch{
      std::nullopt,
      {{seal::KeyId{{1}}, seal::MessageId{{2}}, Instant{Milliseconds{258}}, envelope}}};
  Bytes expected(16, 0);  // answers: none
  expected.push_back(1);  // count
  expected.push_back(1);  // mailbox
  expected.resize(expected.size() + 15);
  expected.push_back(2);  // message id
  expected.resize(expected.size() + 15);
  const Bytes rest{0, 0, 0, 0, 0, 0, 1, 2, 2, 0xAA, 0xBB};  // expires, size, envelope
  expected.insert(expected.end(), rest.begin(), rest.end());
  EXPECT_EQ(encode(batch), expected);
}

TEST(Messages, BatchComesBack) {
  const Bytes first(7, 1);
  const Bytes second(kMostEnvelopeBytes, 2);
  const Bytes body = encode(sample_batch(first, second));
  const auto batch = decode_batch(body);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->answers, (seal::KeyId{{9, 9}}));
  ASSERT_EQ(batch->messages.size(), 2U);
  EXPECT_EQ(batch->messages[1].mailbox, seal::KeyId{{3}});
  EXPECT_EQ(batch->messages[1].id, seal::MessageId{{4}});
  EXPECT_EQ(batch->messages[1].expires, kNow + Milliseconds{1});
  EXPECT_TRUE(std::ranges::equal(batch->messages[1].envelope, second));
}

TEST(Messages, BatchRefusesCutGrownEmptyAndHuge) {
  const Bytes small(5, 1);
  refuses_cut_and_grown(encode(sample_batch(small, small)),
                        [](base::ByteView body) { return decode_batch(body).has_value(); });
  EXPECT_FALSE(decode_batch(encode(sample_batch(small, {}))));
  EXPECT_FALSE(decode_batch(encode(sample_batch(small, Bytes(kMostEnvelopeBytes + 1, 1)))));
  Batch many;
  many.messages.assign(kMostMessages + 1, {{}, {}, kNow, small});
  EXPECT_FALSE(decode_batch(encode(many)));
  many.messages.pop_back();
  EXPECT_TRUE(decode_batch(encode(many)));
}

TEST(Messages, ACountThatLiesReservesNothing) {
  base::ByteWriter out;
  out.raw(Bytes(16, 0));
  out.varint(std::uint64_t{1} << 62);
  EXPECT_FALSE(decode_batch(out.bytes()));
  base::ByteWriter items;
  items.varint(kMostItems);  // allowed, but nothing follows
  EXPECT_FALSE(decode_items(items.bytes()));
}

TEST(Messages, OutcomesComeBackAndOthersAreRefused) {
  const std::vector<Outcome> outcomes{Outcome::stored, Outcome::already, Outcome::too_fast};
  const Bytes body = encode_outcomes(outcomes);
  EXPECT_EQ(body, (Bytes{3, 1, 2, 6}));
  EXPECT_EQ(decode_outcomes(body), outcomes);
  refuses_cut_and_grown(body, [](base::ByteView b) { return decode_outcomes(b).has_value(); });
  EXPECT_FALSE(decode_outcomes(Bytes{1, 0}));
  EXPECT_FALSE(decode_outcomes(Bytes{1, 7}));
}

TEST(Messages, ItemsComeBack) {
  const std::vector<Item> items{
      {7, ItemKind::message, seal::MessageId{{1}}, kNow, Bytes(9, 3)},
      {8, ItemKind::receipt, seal::MessageId{{2}}, kNow + Milliseconds{5}, {}}};
  const Bytes body = encode_items(items);
  const auto back = decode_items(body);
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0].envelope, items[0].envelope);
  EXPECT_EQ((*back)[1].kind, ItemKind::receipt);
  EXPECT_EQ((*back)[1].cursor, 8U);
  EXPECT_EQ((*back)[1].expires, kNow + Milliseconds{5});
  refuses_cut_and_grown(body, [](base::ByteView b) { return decode_items(b).has_value(); });
}

TEST(Messages, ItemsRefuseAReceiptWithContentAndAMessageWithout) {
  std::vector<Item> items{{7, ItemKind::receipt, {}, kNow, Bytes(1, 3)}};
  EXPECT_FALSE(decode_items(encode_items(items)));
  items = {{7, ItemKind::message, {}, kNow, {}}};
  EXPECT_FALSE(decode_items(encode_items(items)));
  items = {{7, ItemKind::hooked, {}, kNow, {}}};
  EXPECT_FALSE(decode_items(encode_items(items)));
  items = {{7, static_cast<ItemKind>(4), {}, kNow, Bytes(1, 3)}};
  EXPECT_FALSE(decode_items(encode_items(items)));
}

TEST(Messages, AnItemIsAsLargeAsItsKindMayBe) {
  const auto reads = [](ItemKind kind, std::size_t size) {
    const std::vector<Item> items{{7, kind, {}, kNow, Bytes(size, 3)}};
    return decode_items(encode_items(items)).has_value();
  };
  EXPECT_TRUE(reads(ItemKind::message, kMostEnvelopeBytes));
  EXPECT_FALSE(reads(ItemKind::message, kMostEnvelopeBytes + 1));
  EXPECT_TRUE(reads(ItemKind::hooked, kMostSealedHookBytes));
  EXPECT_FALSE(reads(ItemKind::hooked, kMostSealedHookBytes + 1));
}

TEST(Messages, CursorIsEightBytes) {
  EXPECT_EQ(encode_cursor(0x0102), (Bytes{0, 0, 0, 0, 0, 0, 1, 2}));
  refuses_cut_and_grown(encode_cursor(77),
                        [](base::ByteView b) { return decode_cursor(b).has_value(); });
}

TEST(Messages, RefuseOrReadJunkWithoutHarm) {
  base::SeededRandom random{3};
  for (int i = 0; i < 2'000; ++i) {
    Bytes junk(static_cast<std::size_t>(random.below(300)));
    random.fill(junk);
    const auto batch = decode_batch(junk);
    const auto items = decode_items(junk);
    const auto outcomes = decode_outcomes(junk);
    EXPECT_LE(batch ? batch->messages.size() : 0, kMostMessages);
    EXPECT_LE(items ? items->size() : 0, kMostItems);
    EXPECT_LE(outcomes ? outcomes->size() : 0, kMostMessages);
  }
}

}  // namespace
}  // namespace tocsin::wire
