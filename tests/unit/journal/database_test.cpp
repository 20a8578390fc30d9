#include "journal/database.h"

#include <sqlite3.h>

#include <fstream>
#include <limits>

#include "faulty_disk.h"
#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using testing::HasSubstr;

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() { make(path()); }
  static void make(const std::filesystem::path& path) {
    Tamper(path, Tamper::Missing::create)
        .execute("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; CREATE TABLE t(a, b)");
  }
  std::filesystem::path path() const { return folder_.path() / "a.db"; }

  template <class Act>
  static std::string fault_of(Act act) {
    try {
      act();
    } catch (const base::Fault& fault) {
      EXPECT_EQ(fault.exit(), base::Exit::fault);
      return fault.what();
    }
    return "none";
  }
  static std::int64_t count(Database& database) {
    Statement rows(database, "SELECT count(*) FROM t");
    EXPECT_TRUE(rows.step());
    return rows.integer(0);
  }

  TemporaryFolder folder_;
};

TEST_F(DatabaseTest, GivesBackWhatItWasGiven) {
  Database database(path(), Database::Mode::append);
  Statement insert(database, "INSERT INTO t VALUES (?, ?)");
  const base::Bytes bytes{0, 1, 0xff, 0};
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                    std::int64_t{0}, std::numeric_limits<std::int64_t>::max()})
    insert.bind(1, number).bind(2, base::ByteView{bytes}).run();
  insert.bind(1, base::ByteView{}).bind_null(2).run();
  insert.bind(1, std::string_view{"Zoë\0x", 6}).bind(2, std::string_view{}).run();

  Statement rows(database, "SELECT a, b, typeof(a), typeof(b) FROM t ORDER BY rowid");
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                    std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), number);
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), rows.bytes(1).begin(), rows.bytes(1).end()));
  }
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.text(2), "blob") << "an empty value is a value";
  EXPECT_FALSE(rows.is_null(0));
  EXPECT_TRUE(rows.bytes(0).empty());
  EXPECT_TRUE(rows.is_null(1));
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.text(0), (std::string_view{"Zoë\0x", 6}));
  EXPECT_EQ(rows.text(3), "text");
  EXPECT_FALSE(rows.step());
  EXPECT_TRUE(rows.step()) << "it has reset itself for its next use";
}

TEST_F(DatabaseTest, KeepsATransactionWholeOrNotAtAll) {
  Database database(path(), Database::Mode::append);
  Database other(path(), Database::Mode::read);
  Statement begin(database, "BEGIN IMMEDIATE");
  Statement commit(database, "COMMIT");
  const auto insert = [&] { database.execute("INSERT INTO t VALUES (1, 2)"); };
  {
    const Transaction transaction(database, begin);
    insert();
    EXPECT_EQ(count(other), 0) << "nobody sees it yet";
  }
  EXPECT_EQ(count(database), 0);
  {
    Transaction transaction(database, begin);
    insert();
    insert();
    transaction.commit(commit);
  }
  EXPECT_EQ(count(other), 2);
  database.roll_back();  // there is none, which is no fault
  EXPECT_EQ(count(database), 2);
}

// An open statement would keep a read transaction, and with it the log, for as long as it lives.
TEST_F(DatabaseTest, ResetsAStatementAtTheEndOfItsUse) {
  Database database(path(), Database::Mode::append);
  database.execute("INSERT INTO t VALUES (1, 2), (3, 4)");
  Statement rows(database, "SELECT a FROM t");
  try {
    const Use use(rows);
    use->step();
    throw std::runtime_error("enough");
  } catch (const std::runtime_error&) {
  }
  EXPECT_NO_THROW(database.execute("PRAGMA wal_checkpoint(TRUNCATE); DROP TABLE t"));
}

TEST_F(DatabaseTest, OpensAFileOfAnyName) {
  for (const char* name :
       {"50%.db", "a%41.db", "what?mode=memory", "#1.db", "a b&c=d.db", "é.db"}) {
    const std::filesystem::path file = folder_.path() / name;
    make(file);
    Database(file, Database::Mode::append).execute("INSERT INTO t VALUES (1, 2)");
    EXPECT_EQ(Tamper(file).number("SELECT count(*) FROM t"), 1) << name;
  }
}

TEST_F(DatabaseTest, ChangesNothingWhereItOnlyReads) {
  Database database(path(), Database::Mode::read);
  EXPECT_THAT(fault_of([&] { database.execute("INSERT INTO t VALUES (1, 2)"); }),
              HasSubstr("read-only"));
  EXPECT_FALSE(database.is_read_only()) << "the file is not";
}

TEST_F(DatabaseTest, SaysWhyAFileDoesNotOpen) {
  const std::filesystem::path missing = folder_.path() / "none.db";
  EXPECT_THAT(fault_of([&] { Database(missing, Database::Mode::append); }),
              HasSubstr("cannot open the journal " + missing.string()));
  EXPECT_FALSE(std::filesystem::exists(missing)) << "it is not made";
  const std::filesystem::path text = folder_.path() / "notes.txt";
  std::ofstream(text) << std::string(2'000, 'x');
  EXPECT_THAT(fault_of([&] { Database(text, Database::Mode::read); }),
              HasSubstr(text.string() + " is not a journal"));
}

// A disk that fails for a moment may be tried again; `verify` calls the same damage.
TEST_F(DatabaseTest, CallsNonsenseAFaultAndToAnExaminerDamage) {
  FaultyDisk disk;
  Database database(path(), Database::Mode::append);
  database.forget();
  disk.fail_reads(SQLITE_CORRUPT);
  try {
    count(database);
    FAIL();
  } catch (const Malformed& malformed) {
    EXPECT_EQ(malformed.exit(), base::Exit::fault);
    EXPECT_EQ(malformed.as_damage().exit(), base::Exit::untrusted);
    EXPECT_STREQ(malformed.as_damage().what(), malformed.what());
  }
  disk.heal();
  EXPECT_EQ(count(database), 0);
}

TEST_F(DatabaseTest, SaysThatTheDiskIsFullAndLosesNothing) {
  FaultyDisk disk;
  Database database(path(), Database::Mode::append);
  database.execute("INSERT INTO t VALUES (1, 2)");
  disk.fail_after(0, SQLITE_FULL);
  EXPECT_THAT(fault_of([&] { database.execute("INSERT INTO t VALUES (3, 4)"); }),
              HasSubstr("the disk is full"));
  disk.heal();
  EXPECT_EQ(count(database), 1);
}

TEST_F(DatabaseTest, ReadsNoValueOfAHostileSize) {
  Tamper(path()).execute("INSERT INTO t VALUES (zeroblob(21 * 1024 * 1024), 0)");
  Database database(path(), Database::Mode::read);
  Statement rows(database, "SELECT a FROM t");
  EXPECT_THAT(fault_of([&] { rows.step(); }), HasSubstr("failed"));
}

// Whoever can write the file could place SQL in it that runs when it is read.
TEST_F(DatabaseTest, RunsNothingThatTheFileBrings) {
  Tamper(path()).execute("DROP TABLE t; CREATE VIEW t AS SELECT readfile('/etc/passwd') AS a");
  Database database(path(), Database::Mode::append);
  EXPECT_NE(fault_of([&] { Statement(database, "SELECT a FROM t").step(); }), "none");
  EXPECT_NE(
      fault_of([&] { database.execute("PRAGMA writable_schema = 1; DELETE FROM sqlite_schema"); }),
      "none");
}

}  // namespace
}  // namespace tocsin::journal
