#include "channel/wire.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tocsin::channel::wire {
namespace {

using base::Bytes;
using base::Instant;
using base::Milliseconds;

const Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                   std::chrono::hours{22}};

seal::Identity identity(std::uint64_t seed) {
  base::SeededRandom random{seed};
  return seal::Identity::generate(random);
}

Post sample_post(const Bytes& first, const Bytes& second) {
  return Post{seal::KeyId{{9, 9}},
              {{seal::KeyId{{1}}, seal::MessageId{{2}}, kNow, first},
               {seal::KeyId{{3}}, seal::MessageId{{4}}, kNow + Milliseconds{1}, second}}};
}

// Every prefix is refused, every single appended byte is refused.
template <class Decode>
void refuses_cut_and_grown(const Bytes& whole, Decode&& decode) {
  ASSERT_TRUE(decode(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode(base::ByteView{whole}.first(size))) << size;
  Bytes grown = whole;
  grown.push_back(0);
  EXPECT_FALSE(decode(grown));
}

TEST(Wire, PostIsTheBytesOfThePage) {
  const Bytes envelope{0xAA, 0xBB};
  const Post post{std::nullopt,
                  {{seal::KeyId{{1}}, seal::MessageId{{2}}, Instant{Milliseconds{258}}, envelope}}};
  Bytes expected(16, 0);  // answers: none
  expected.push_back(1);  // count
  expected.push_back(1);  // mailbox
  expected.resize(expected.size() + 15);
  expected.push_back(2);  // message id
  expected.resize(expected.size() + 15);
  const Bytes rest{0, 0, 0, 0, 0, 0, 1, 2, 2, 0xAA, 0xBB};  // expires, size, envelope
  expected.insert(expected.end(), rest.begin(), rest.end());
  EXPECT_EQ(encode(post), expected);
}

TEST(Wire, PostComesBack) {
  const Bytes first(7, 1);
  const Bytes second(kMostEnvelopeBytes, 2);
  const Bytes body = encode(sample_post(first, second));
  const auto post = decode_post(body);
  ASSERT_TRUE(post);
  EXPECT_EQ(post->answers, (seal::KeyId{{9, 9}}));
  ASSERT_EQ(post->messages.size(), 2U);
  EXPECT_EQ(post->messages[1].mailbox, seal::KeyId{{3}});
  EXPECT_EQ(post->messages[1].id, seal::MessageId{{4}});
  EXPECT_EQ(post->messages[1].expires, kNow + Milliseconds{1});
  EXPECT_TRUE(std::ranges::equal(post->messages[1].envelope, second));
}

TEST(Wire, PostRefusesCutGrownEmptyAndHuge) {
  const Bytes small(5, 1);
  refuses_cut_and_grown(encode(sample_post(small, small)),
                        [](base::ByteView body) { return decode_post(body).has_value(); });
  EXPECT_FALSE(decode_post(encode(sample_post(small, {}))));
  EXPECT_FALSE(decode_post(encode(sample_post(small, Bytes(kMostEnvelopeBytes + 1, 1)))));
  Post many;
  many.messages.assign(kMostMessages + 1, {{}, {}, kNow, small});
  EXPECT_FALSE(decode_post(encode(many)));
  many.messages.pop_back();
  EXPECT_TRUE(decode_post(encode(many)));
}

TEST(Wire, ACountThatLiesReservesNothing) {
  base::ByteWriter out;
  out.raw(Bytes(16, 0));
  out.varint(std::uint64_t{1} << 62);
  EXPECT_FALSE(decode_post(out.bytes()));
  base::ByteWriter items;
  items.varint(kMostItems);  // allowed, but nothing follows
  EXPECT_FALSE(decode_items(items.bytes()));
}

TEST(Wire, OutcomesComeBackAndOthersAreRefused) {
  const std::vector<Outcome> outcomes{Outcome::stored, Outcome::already, Outcome::too_fast};
  const Bytes body = encode_outcomes(outcomes);
  EXPECT_EQ(body, (Bytes{3, 1, 2, 6}));
  EXPECT_EQ(decode_outcomes(body), outcomes);
  refuses_cut_and_grown(body, [](base::ByteView b) { return decode_outcomes(b).has_value(); });
  EXPECT_FALSE(decode_outcomes(Bytes{1, 0}));
  EXPECT_FALSE(decode_outcomes(Bytes{1, 7}));
}

TEST(Wire, ItemsComeBack) {
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

TEST(Wire, ItemsRefuseAReceiptWithContentAndAMessageWithout) {
  std::vector<Item> items{{7, ItemKind::receipt, {}, kNow, Bytes(1, 3)}};
  EXPECT_FALSE(decode_items(encode_items(items)));
  items = {{7, ItemKind::message, {}, kNow, {}}};
  EXPECT_FALSE(decode_items(encode_items(items)));
  items = {{7, static_cast<ItemKind>(3), {}, kNow, Bytes(1, 3)}};
  EXPECT_FALSE(decode_items(encode_items(items)));
}

TEST(Wire, CursorIsEightBytes) {
  EXPECT_EQ(encode_cursor(0x0102), (Bytes{0, 0, 0, 0, 0, 0, 1, 2}));
  refuses_cut_and_grown(encode_cursor(77),
                        [](base::ByteView b) { return decode_cursor(b).has_value(); });
}

TEST(Wire, OrganisationIsSixtyFourCharacters) {
  const Organisation organisation{{{1, 2, 3}}, {{4, 5, 6}}};
  const std::string text = to_text(organisation);
  EXPECT_EQ(text.size(), 64U);
  const auto back = organisation_from_text(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->verify, organisation.verify);
  EXPECT_EQ(back->enrolment, organisation.enrolment);
  EXPECT_FALSE(organisation_from_text(text.substr(1)));
  EXPECT_FALSE(organisation_from_text(text + "A"));
  EXPECT_FALSE(organisation_from_text(""));
}

TEST(Proof, HoldsForTheRequestItWasMadeForAndNoOther) {
  const seal::Identity one = identity(1);
  const Bytes body{1, 2, 3};
  const Asked asked{"POST", "relay.example", "/v1/messages", body};
  const auto proof = decode_proof(prove(one.signing, one.public_identity(), kNow, asked));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->identity, one.public_identity());
  EXPECT_EQ(proof->time, kNow);
  EXPECT_TRUE(is_proven(*proof, asked));

  const Bytes other_body{1, 2, 4};
  EXPECT_FALSE(is_proven(*proof, {"GET", "relay.example", "/v1/messages", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "other.example", "/v1/messages", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "relay.example", "/v1/messages?", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "relay.example", "/v1/messages", other_body}));
  Proof changed = *proof;
  changed.time += Milliseconds{1};
  EXPECT_FALSE(is_proven(changed, asked));
  changed = *proof;
  changed.identity.seal.bytes[0] ^= 1;  // the sealing half is signed too
  EXPECT_FALSE(is_proven(changed, asked));
  changed = *proof;
  changed.identity.verify = identity(2).public_identity().verify;
  EXPECT_FALSE(is_proven(changed, asked));
}

TEST(Proof, AFieldCannotLendItsBytesToTheNext) {
  const seal::Identity one = identity(1);
  const auto proof = decode_proof(
      prove(one.signing, one.public_identity(), kNow, {"GET", "relay.example", "/a", {}}));
  ASSERT_TRUE(proof);
  EXPECT_FALSE(is_proven(*proof, {"GET", "relay.exampl", "e/a", {}}));
  EXPECT_FALSE(is_proven(*proof, {"GETrelay", ".example", "/a", {}}));
}

TEST(Proof, EveryFlippedBitIsRefused) {
  const seal::Identity one = identity(1);
  const Asked asked{"GET", "h", "/v1/mailbox/x", {}};
  const Bytes bytes = *base::from_base64url(prove(one.signing, one.public_identity(), kNow, asked));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x10;
    const auto proof = decode_proof(base::to_base64url(changed));
    EXPECT_FALSE(proof && is_proven(*proof, asked)) << i;
  }
}

TEST(Proof, RefusesJunk) {
  for (const char* text : {"", "AAAA", "not base64!", "AQ"}) EXPECT_FALSE(decode_proof(text));
  base::SeededRandom random{3};
  for (int i = 0; i < 2'000; ++i) {
    Bytes junk(static_cast<std::size_t>(random.below(300)));
    random.fill(junk);
    decode_proof(base::to_base64url(junk));
    decode_post(junk);
    decode_items(junk);
    decode_outcomes(junk);
  }
}

}  // namespace
}  // namespace tocsin::channel::wire
