// A journal by another implementation (tests/vectors/make_journal_vectors.py), which is written
// from tocsin-journal(5) and uses none of our code.
#include <fstream>
#include <nlohmann/json.hpp>

#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using nlohmann::json;

class Vectors : public testing::Test {
 protected:
  Vectors() {
    std::filesystem::copy_file("tests/vectors/sound.journal", path_);
    std::ifstream("tests/vectors/journal.json") >> expected_;
    const base::Bytes key = bytes("store_key");
    std::copy(key.begin(), key.end(), key_.fill().begin());
    const base::Bytes organisation = bytes("organisation");
    std::copy(organisation.begin(), organisation.end(), organisation_.bytes.begin());
  }
  base::Bytes bytes(const char* name) {
    return *base::from_hex(expected_.at(name).get<std::string>());
  }

  seal::Entropy entropy_;
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "sound.journal";
  json expected_;
  seal::StoreKey key_;
  seal::VerifyKey organisation_;
};

TEST_F(Vectors, AreSound) {
  const Verified verified = verify(path_, {organisation_, &key_, std::nullopt});
  ASSERT_FALSE(verified.flaw) << verified.flaw->event << " " << verified.flaw->reason;
  EXPECT_EQ(base::to_hex(verified.head), expected_["head"]);
  EXPECT_EQ(base::to_hex(verified.id.bytes), expected_["id"]);
  std::size_t at = 0;
  read_verified(path_, key_, verified, [&](const SignedEntry& entry) {
    const json& event = expected_["events"].at(at++);
    EXPECT_EQ(entry.number, event["number"]);
    EXPECT_EQ(base::to_hex(entry.body), event["event"]);
    EXPECT_EQ(base::to_hex(entry.hash), event["hash"]);
    EXPECT_EQ(entry.author.name, event["author"]);
  });
  EXPECT_EQ(at, expected_["events"].size());
}

TEST_F(Vectors, AreReadAndGrow) {
  base::SeededRandom random(1);
  Organisation ours(random);
  const Coordinator author = ours.coordinator("Somebody");
  const auto journal = SqliteJournal::open(path_, key_.copy(), author.author(), random);
  std::size_t at = 0;
  journal->read_after(0, [&](const Entry& entry) {
    EXPECT_EQ(base::to_hex(entry.body), expected_["events"].at(at++)["event"]);
  });
  EXPECT_EQ(journal->append(at, bodies({"one more"})), Append::done);
  const Verified verified = verify(path_, {organisation_, &key_, std::nullopt});
  ASSERT_TRUE(verified.flaw) << "another organisation's coordinator";
  EXPECT_EQ(verified.flaw->event, at + 1);
}

}  // namespace
}  // namespace tocsin::journal
