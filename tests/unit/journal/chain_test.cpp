// The bytes that a journal hashes, seals and signs, spelt out from tocsin-journal(5), and the
// values of another implementation (tests/vectors/make_journal_vectors.py).
#include "journal/chain.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using nlohmann::json;

base::Bytes hex(std::string_view text) { return base::from_hex(text).value(); }

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(std::string_view text) {
  const base::Bytes bytes = hex(text);
  EXPECT_EQ(bytes.size(), Size);
  std::array<std::uint8_t, Size> out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

// 00 01 02 … 0f
JournalId counted_id() {
  JournalId id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(i);
  return id;
}

TEST(Chain, LaysItsFieldsOutAsTheManualSays) {
  const std::string id = "000102030405060708090a0b0c0d0e0f";
  const std::string journal = base::to_hex(base::bytes_of("tocsin/v1/journal"));
  const std::string lease = base::to_hex(base::bytes_of("tocsin/v1/lease"));
  const std::string number = "0102030405060708";
  EXPECT_EQ(base::to_hex(body_aad(counted_id(), 0x0102030405060708)), journal + id + number);
  EXPECT_EQ(base::to_hex(lease_aad(counted_id())), lease + id);
  seal::Hash hash{};
  hash.fill(0xaa);
  seal::Hash certificate{};
  certificate.fill(0xbb);
  std::string rest;
  for (const char* byte : {"aa", "bb"})
    for (int i = 0; i < 32; ++i) rest += byte;
  EXPECT_EQ(base::to_hex(attestation(counted_id(), 0x0102030405060708, 0xff00000000000000, hash,
                                     certificate)),
            id + number + "ff00000000000000" + rest);
  EXPECT_EQ(key_purpose(counted_id()), "journal/AAECAwQFBgcICQoLDA0ODw");
}

// The journal of the other implementation, read with plain SQLite: each hash follows from the
// sealed bodies, each body opens at its number, and its author signed each transaction.
TEST(Chain, IsThatOfAnotherImplementation) {
  const seal::Entropy entropy;
  const TemporaryFolder folder;
  const auto path = folder.path() / "sound.journal";
  std::filesystem::copy_file("tests/vectors/sound.journal", path);
  json expected;
  std::ifstream("tests/vectors/journal.json") >> expected;
  const auto value = [&](const char* name) { return expected.at(name).get<std::string>(); };
  const JournalId id{fixed<16>(value("id"))};
  const seal::StoreKey key{fixed<32>(value("store_key"))};

  Tamper file(path);
  const base::Bytes proof = hex(file.text("SELECT hex(proof) FROM journal"));
  EXPECT_EQ(seal::open_at_rest(key, body_aad(id, 0), proof), base::Bytes{});
  seal::Hash hash = first_hash(id, proof);
  std::uint64_t first = 1;
  std::uint64_t signatures = 0;
  for (const json& event : expected.at("events")) {
    const auto number = event.at("number").get<std::uint64_t>();
    const auto of_event = [&](const std::string& column) {
      return hex(file.text("SELECT hex(" + column +
                           ") FROM event WHERE number = " + std::to_string(number)));
    };
    const base::Bytes sealed = of_event("body");
    hash = next_hash(hash, number, sealed);
    EXPECT_EQ(base::to_hex(hash), event.at("hash"));
    const auto opened = seal::open_at_rest(key, body_aad(id, number), sealed);
    ASSERT_TRUE(opened) << number;
    EXPECT_EQ(base::to_hex(*opened), event.at("event"));
    EXPECT_FALSE(seal::open_at_rest(key, body_aad(id, number + 1), sealed));

    const base::Bytes signature = of_event("signature");
    if (signature.empty()) continue;
    const base::Bytes encoded =
        hex(file.text("SELECT hex(certificate) FROM author, event WHERE author.number = author "
                      "AND event.number = " +
                      std::to_string(number)));
    const auto author = seal::decode_certificate(encoded);
    ASSERT_TRUE(author);
    EXPECT_EQ(author->name, event.at("author"));
    seal::Signature signed_by;
    std::copy(signature.begin(), signature.end(), signed_by.bytes.begin());
    EXPECT_TRUE(seal::verify(author->subject.verify, seal::Domain::journal,
                             attestation(id, first, number, hash, seal::hash_of(encoded)),
                             signed_by));
    first = number + 1;
    ++signatures;
  }
  EXPECT_EQ(base::to_hex(hash), value("head"));
  EXPECT_EQ(signatures, 4U);
}

// Whatever differs between two journals or two events, their hashes differ.
TEST(Chain, BindsEachBodyToItsPlace) {
  const seal::Entropy entropy;
  base::SeededRandom random{5};
  const JournalId one = seal::random_message_id(random);
  const JournalId other = seal::random_message_id(random);
  std::set<seal::Hash> hashes;
  std::size_t made = 0;
  for (const JournalId& id : {one, other})
    for (const std::string_view proof : {"", "proof"}) {
      const seal::Hash first = first_hash(id, base::bytes_of(proof));
      hashes.insert(first);
      ++made;
      for (const std::uint64_t number : {1U, 2U, 256U})
        for (const std::string_view text : {"", "a", "b"}) {
          hashes.insert(next_hash(first, number, base::bytes_of(text)));
          ++made;
        }
    }
  EXPECT_EQ(hashes.size(), made);
}

}  // namespace
}  // namespace tocsin::journal
