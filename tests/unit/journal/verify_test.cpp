#include "journal/verify.h"

#include <fstream>

#include "base/fault.h"
#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using testing::HasSubstr;

// Twelve events in five transactions by two authors: 1 | 2 3 4 | 5 | 6 … 11 | 12.
class Verify : public JournalTest {
 protected:
  Verify() {
    const auto one = create(okafor_);
    const auto other = open(lindqvist_);
    one->append(0, bodies({"declared"}));
    heads_.push_back(one->head());
    one->append(1, bodies({"asked A", "asked B", "asked C"}));
    heads_.push_back(one->head());
    other->append(4, bodies({"A comes"}));
    other->append(5, bodies({"a", "b", "c", "d", "e", "f"}));
    heads_.push_back(other->head());
    one->append(11, bodies({"stood down"}));
    heads_.push_back(one->head());
  }

  // Changes the journal, verifies it, and undoes the change.
  Verified after(const std::string& sql) {
    const std::filesystem::path kept = folder_.path() / "kept";
    std::filesystem::copy_file(path(), kept);
    Tamper(path()).execute(sql);
    Verified result = check();
    const Verified blind = verify(path(), {organisation_.signing.verify_key(), nullptr, {}});
    // Without the key everything but the bodies is checked.
    EXPECT_EQ(blind.flaw.has_value(), result.flaw.has_value()) << sql;
    std::filesystem::rename(kept, path());
    return result;
  }
  std::string flaw_after(const std::string& sql) {
    const Verified result = after(sql);
    if (!result.flaw) return "none";
    return std::to_string(result.flaw->event) + " " + result.flaw->reason;
  }

  std::vector<seal::Hash> heads_;  // after events 1, 4, 11, 12
};

TEST_F(Verify, FindsNothingWrongWithASoundJournal) {
  const Verified result = check();
  EXPECT_FALSE(result.flaw) << result.flaw->reason;
  EXPECT_EQ(result.id, id_);
  EXPECT_EQ(result.events, 12U);
  EXPECT_EQ(result.head, heads_.back());
  EXPECT_EQ(result.remembered_at, 12U);
  ASSERT_EQ(result.authors.size(), 2U);
  EXPECT_EQ(result.authors[0].name, "Dr A. Okafor, on-call director");
  EXPECT_EQ(result.authors[1].name, "M. Lindqvist, site manager");
  std::vector<std::pair<std::uint64_t, std::size_t>> transactions;
  for (const auto& transaction : result.transactions)
    transactions.emplace_back(transaction.last, transaction.author);
  EXPECT_EQ(transactions, (std::vector<std::pair<std::uint64_t, std::size_t>>{
                              {1, 0}, {4, 0}, {5, 1}, {11, 1}, {12, 0}}));
}

TEST_F(Verify, NamesTheFirstBadEvent) {
  EXPECT_EQ(flaw_after("SELECT 1"), "none");
  // A changed byte.
  EXPECT_THAT(flaw_after("UPDATE event SET body = zeroblob(length(body)) WHERE number = 8"),
              HasSubstr("8 does not follow"));
  EXPECT_THAT(flaw_after("UPDATE event SET hash = zeroblob(32) WHERE number = 3"),
              HasSubstr("3 does not follow"));
  EXPECT_THAT(flaw_after("UPDATE event SET hash = zeroblob(31) WHERE number = 3"),
              HasSubstr("3 does not follow"));
  EXPECT_THAT(flaw_after("UPDATE event SET signature = zeroblob(64) WHERE number = 5"),
              HasSubstr("5 is not signed by its author"));
  // An event removed from the middle, from the front, or with the later numbers moved up.
  EXPECT_THAT(flaw_after("DELETE FROM event WHERE number = 7"), HasSubstr("7 is missing"));
  EXPECT_THAT(flaw_after("DELETE FROM event WHERE number = 1"), HasSubstr("1 is missing"));
  EXPECT_THAT(flaw_after("DELETE FROM event WHERE number = 5;"
                         "UPDATE event SET number = number - 1 WHERE number > 5"),
              HasSubstr("5 does not follow"));
  // A swapped pair: bodies, or whole rows.
  EXPECT_THAT(flaw_after("UPDATE event SET body = (SELECT body FROM event e WHERE e.number = "
                         "13 - event.number) WHERE number IN (6, 7)"),
              HasSubstr("6 does not follow"));
  EXPECT_THAT(flaw_after("UPDATE event SET number = -1 WHERE number = 2;"
                         "UPDATE event SET number = 2 WHERE number = 3;"
                         "UPDATE event SET number = 3 WHERE number = -1"),
              HasSubstr("2 does not follow"));
  // Events cut from the end, between transactions and within one.
  EXPECT_THAT(flaw_after("DELETE FROM event WHERE number > 11"),
              HasSubstr("12 is missing: the journal had 12 events before"));
  EXPECT_THAT(flaw_after("DELETE FROM event WHERE number > 8"), HasSubstr("6 is not signed"));
  EXPECT_THAT(flaw_after("DELETE FROM event"), HasSubstr("1 is missing"));
  // One author's events made to look like another's.
  EXPECT_THAT(flaw_after("UPDATE event SET author = 1 WHERE number = 5"),
              HasSubstr("5 is not signed by its author"));
  EXPECT_THAT(flaw_after("UPDATE event SET author = NULL, signature = NULL WHERE number = 4"),
              HasSubstr("2 is not signed by its author"));
  EXPECT_THAT(flaw_after("UPDATE event SET author = NULL WHERE number = 4"),
              HasSubstr("2 is by nobody"));
  EXPECT_THAT(flaw_after("UPDATE event SET author = 9 WHERE number = 4"),
              HasSubstr("2 is by nobody"));
  EXPECT_THAT(flaw_after("UPDATE event SET signature = NULL WHERE number = 4"),
              HasSubstr("2 is not signed"));
  EXPECT_THAT(flaw_after("UPDATE author SET certificate = (SELECT certificate FROM author WHERE "
                         "number = 1) WHERE number = 2"),
              HasSubstr("5 is not signed by its author"));
  EXPECT_THAT(flaw_after("UPDATE author SET certificate = x'00' WHERE number = 2"),
              HasSubstr("5 is by an author whose certificate cannot be read"));
  // Another journal's id.
  EXPECT_THAT(flaw_after("UPDATE journal SET id = zeroblob(16)"), HasSubstr("does not"));
}

TEST_F(Verify, SaysHowFarTheJournalIsSound) {
  const Verified broken = after("UPDATE event SET body = zeroblob(length(body)) WHERE number = 12");
  EXPECT_EQ(broken.events, 11U);
  EXPECT_EQ(broken.head, heads_[2]);
  const Verified forged = after("UPDATE event SET signature = zeroblob(64) WHERE number = 11");
  EXPECT_EQ(forged.events, 5U);
  EXPECT_EQ(forged.transactions.size(), 3U);
  const Verified unsigned_tail = after("DELETE FROM event WHERE number > 3");
  EXPECT_EQ(unsigned_tail.events, 1U);
  EXPECT_EQ(unsigned_tail.head, heads_[0]);
}

TEST_F(Verify, ReadsWhatIsSoundWithItsAuthors) {
  Tamper(path()).execute("UPDATE event SET body = zeroblob(length(body)) WHERE number = 8");
  const Verified verified = check();
  ASSERT_TRUE(verified.flaw);
  EXPECT_EQ(verified.flaw->event, 8U);
  EXPECT_EQ(verified.events, 5U) << "6 and 7 are signed together with 8";
  std::string read;
  seal::Hash last{};
  read_verified(path(), key_, verified, [&](const SignedEntry& entry) {
    read += std::string(base::text_of(entry.body)) + " " + entry.author.name.substr(0, 2) + "; ";
    last = entry.hash;
  });
  EXPECT_EQ(read, "declared Dr; asked A Dr; asked B Dr; asked C Dr; A comes M.; ");
  EXPECT_EQ(last, verified.head);
  Tamper(path()).execute("UPDATE event SET body = zeroblob(length(body)) WHERE number = 5");
  EXPECT_THROW(read_verified(path(), key_, verified, [](const SignedEntry&) {}), base::Fault);
}

// Somebody with the store key can seal bodies and compute hashes, but cannot sign for others.
TEST_F(Verify, FindsAnEventOfSomebodyWhoIsNotACoordinator) {
  Organisation elsewhere(random_);
  const Coordinator foreigner = elsewhere.coordinator("F. Foreigner");
  const Coordinator device = organisation_.coordinator("", seal::Role::device);
  std::filesystem::copy_file(path(), folder_.path() / "kept");
  open(foreigner)->append(12, bodies({"a foreign event"}));
  const Verified foreign = check();
  ASSERT_TRUE(foreign.flaw);
  EXPECT_EQ(foreign.flaw->event, 13U);
  EXPECT_THAT(foreign.flaw->reason, HasSubstr("did not certify"));
  EXPECT_EQ(foreign.events, 12U);

  std::filesystem::rename(folder_.path() / "kept", path());
  std::filesystem::remove(path().string() + ".head");
  open(device)->append(12, bodies({"a device's event"}));
  ASSERT_TRUE(check().flaw);
  EXPECT_EQ(check().flaw->event, 13U);
  EXPECT_THAT(check().flaw->reason, HasSubstr("not a coordinator"));
}

// An event from another journal of the same organisation, key and author.
TEST_F(Verify, FindsAnEventOfAnotherJournal) {
  const JournalId other_id = seal::random_message_id(random_);
  const std::filesystem::path other = folder_.path() / "other.journal";
  {
    const auto journal =
        SqliteJournal::create(other, other_id, key_.copy(), wrapped(), okafor_.author(), random_);
    for (std::uint64_t n = 0; n < 12; ++n) journal->append(n, bodies({"exercise only"}));
    journal->append(12, bodies({"exercise only"}));
  }
  EXPECT_THAT(flaw_after("ATTACH '" + other.string() +
                         "' AS other; INSERT INTO event SELECT * FROM other.event WHERE "
                         "number = 13"),
              HasSubstr("13 does not follow"));
}

TEST_F(Verify, FindsTheExpectedHeadOrSaysThatItIsNotThere) {
  Expectation expectation{organisation_.signing.verify_key(), &key_,
                          HeadDigits::parse(base::to_hex(heads_[1]))};
  EXPECT_EQ(verify(path(), expectation).expected_at, 4U);
  expectation.head = HeadDigits::parse(base::to_hex(heads_[3]).substr(0, 16));
  EXPECT_EQ(verify(path(), expectation).expected_at, 12U);
  EXPECT_FALSE(verify(path(), expectation).flaw);

  // The last event is removed, and so is the remembered head.
  Tamper(path()).execute("DELETE FROM event WHERE number = 12");
  std::filesystem::remove(path().string() + ".head");
  EXPECT_FALSE(check().flaw) << "without a head, nobody can know";
  const Verified cut = verify(path(), expectation);
  ASSERT_TRUE(cut.flaw);
  EXPECT_EQ(cut.flaw->event, 12U);
  EXPECT_THAT(cut.flaw->reason, HasSubstr("expected head"));

  EXPECT_FALSE(HeadDigits::parse("0123456789abcde"));
  EXPECT_FALSE(HeadDigits::parse("0123456789abcdeg"));
  EXPECT_FALSE(HeadDigits::parse(std::string(65, '0')));
  EXPECT_TRUE(HeadDigits::parse("0123456789ABCDEF"));
}

TEST_F(Verify, SaysThatTheKeyIsWrong) {
  const seal::StoreKey key = seal::generate_store_key(random_);
  const Verified result = verify(path(), {organisation_.signing.verify_key(), &key, {}});
  ASSERT_TRUE(result.flaw);
  EXPECT_EQ(result.flaw->event, 0U);
}

// Each byte of each value of the record, one at a time.
TEST_F(Verify, FindsEveryChangedByteOfEveryField) {
  struct Field {
    std::string table;
    std::string column;
    std::string where;
  };
  std::vector<Field> fields{{"journal", "id", "1"}, {"journal", "proof", "1"}};
  for (const char* author : {"1", "2"})
    fields.push_back({"author", "certificate", std::string("number = ") + author});
  for (int number = 1; number <= 12; ++number)
    for (const char* column : {"hash", "body", "signature"})
      fields.push_back({"event", column, "number = " + std::to_string(number)});
  Tamper tamper(path());
  std::size_t changes = 0;
  for (const Field& field : fields) {
    const std::string where = " FROM " + field.table + " WHERE " + field.where;
    const std::int64_t size = tamper.number("SELECT length(" + field.column + ")" + where);
    for (std::int64_t at = 1; at <= size; ++at) {
      const std::string hex = "SELECT hex(substr(" + field.column + ", " + std::to_string(at);
      const std::string head = "substr(" + field.column + ", 1, " + std::to_string(at - 1) + ")";
      const std::string rest = "substr(" + field.column + ", " + std::to_string(at + 1) + ")";
      const std::string was = tamper.text(hex + ", 1))" + where);
      std::string becomes = was;
      char& digit = at % 2 == 0 ? becomes.front() : becomes.back();
      digit = digit == '0' ? '1' : '0';
      const auto set = [&](const std::string& value) {
        tamper.execute("UPDATE " + field.table + " SET " + field.column + " = CAST(" + head +
                       " || x'" + value + "' || " + rest + " AS BLOB) WHERE " + field.where);
      };
      set(becomes);
      ASSERT_TRUE(check().flaw) << field.table << "." << field.column << where << " byte " << at;
      set(was);
      ++changes;
    }
  }
  EXPECT_FALSE(check().flaw);
  EXPECT_GT(changes, 1500U);
}

// Each changed byte of the file is found or does not matter (free space, counters, the lease).
TEST_F(Verify, FindsEveryChangedByteOfTheFileThatMatters) {
  std::ifstream in(path(), std::ios::binary);
  const std::string sound{std::istreambuf_iterator<char>(in), {}};
  const std::string record = Tamper(path()).dump();
  ASSERT_NE(record, "unreadable");
  std::size_t found = 0;
  std::size_t harmless = 0;
  for (std::size_t at = 0; at < sound.size(); ++at) {
    // Try only a sample of the zeros of free space.
    if (sound[at] == 0 && sound.compare(at, 4, std::string(4, '\0')) == 0 && at % 16 != 0) continue;
    std::string changed = sound;
    changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << changed;
    bool noticed = true;
    try {
      noticed = check().flaw.has_value();
    } catch (const base::Fault&) {
    }
    if (noticed) {
      ++found;
    } else {
      ++harmless;
      ASSERT_EQ(Tamper(path()).dump(), record) << "byte " << at << " changed the record unseen";
    }
    std::filesystem::remove(path().string() + "-wal");
    std::filesystem::remove(path().string() + "-shm");
  }
  EXPECT_GT(found, 2000U);
  EXPECT_GT(harmless, 100U);
}

}  // namespace
}  // namespace tocsin::journal
