#include "journal/file.h"

#include <sys/stat.h>

#include <fstream>

#include "base/fault.h"
#include "base/file.h"
#include "fixture.h"
#include "journal/remembered_head.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using testing::HasSubstr;

class FileTest : public JournalTest {
 protected:
  void create() { create_file(path(), id_, body("proof"), body("wrapped")); }
  // What opening the file is refused with, or "none".
  static std::string fault_of(const std::filesystem::path& file, base::Exit exit) {
    try {
      open_file(file, Database::Mode::append);
    } catch (const base::Fault& fault) {
      EXPECT_FALSE(fault.hint().empty());
      EXPECT_EQ(fault.exit(), exit) << fault.what();
      return fault.what();
    }
    return "none";
  }
  // The same after a change, which is then undone.
  std::string fault_after(const std::string& sql, base::Exit exit) {
    const std::filesystem::path kept = folder_.path() / "kept";
    std::filesystem::copy_file(path(), kept);
    Tamper(path()).execute(sql);
    const std::string fault = fault_of(path(), exit);
    std::filesystem::rename(kept, path());
    return fault;
  }
};

TEST_F(FileTest, OpensAsItWasMadeForItsOwnerAlone) {
  create();
  for (const auto mode : {Database::Mode::append, Database::Mode::read}) {
    const File file = open_file(path(), mode);
    EXPECT_EQ(file.id, id_);
    EXPECT_EQ(file.proof, body("proof"));
    EXPECT_EQ(file.wrapped_key, body("wrapped"));
  }
  struct stat info {};
  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(FileTest, SaysWhatIsThereInstead) {
  using base::Exit;
  EXPECT_THAT(fault_of(folder_.path() / "none.journal", Exit::fault),
              HasSubstr("there is no journal"));
  EXPECT_THAT(fault_of(folder_.path(), Exit::fault), HasSubstr("is not a journal"));
  const std::filesystem::path file = folder_.path() / "file";
  std::ofstream(file).close();
  EXPECT_THAT(fault_of(file, Exit::fault), HasSubstr("is empty"));
  std::ofstream(file) << std::string(5000, 'x');
  EXPECT_THAT(fault_of(file, Exit::fault), HasSubstr("is not a journal"));
  std::filesystem::remove(file);
  Tamper(file, Tamper::Missing::create).execute("CREATE TABLE event(number)");
  EXPECT_THAT(fault_of(file, Exit::fault), HasSubstr("is not a journal"));
  std::filesystem::remove(file);
  std::filesystem::create_symlink("file", file);
  EXPECT_THAT(fault_of(file, Exit::fault), HasSubstr("cannot read the journal"));
}

TEST_F(FileTest, TellsAJournalThatWasCutToNothingFromOneThatWasNeverFinished) {
  create();
  std::filesystem::resize_file(path(), 0);
  EXPECT_THAT(fault_of(path(), base::Exit::fault), HasSubstr("is empty"));
  RememberedHead(path()).write({1, {}});
  EXPECT_THAT(fault_of(path(), base::Exit::untrusted), HasSubstr("cut to nothing"));
}

TEST_F(FileTest, NamesWhatWasChanged) {
  using base::Exit;
  create();
  EXPECT_EQ(fault_after("SELECT 1", Exit::done), "none");
  EXPECT_THAT(fault_after("PRAGMA user_version = 2", Exit::fault), HasSubstr("has format 2"));
  EXPECT_THAT(fault_after("PRAGMA user_version = 0", Exit::fault), HasSubstr("is not a journal"));
  EXPECT_THAT(fault_after("PRAGMA application_id = 0", Exit::fault), HasSubstr("is not a journal"));
  for (const char* other :
       {"CREATE VIEW more AS SELECT * FROM event", "CREATE TABLE zone(at)",
        "CREATE INDEX by_author ON event(author)",
        "CREATE TRIGGER quiet AFTER INSERT ON event BEGIN DELETE FROM event; END",
        "ALTER TABLE event RENAME COLUMN author TO writer",
        "DROP TABLE lease; CREATE TABLE lease(a)"})
    EXPECT_THAT(fault_after(other, Exit::untrusted),
                HasSubstr("its tables are not those of a journal"))
        << other;
  EXPECT_THAT(fault_after("DROP TABLE lease", Exit::untrusted), HasSubstr("a table is missing"));
  EXPECT_THAT(fault_after("DELETE FROM journal", Exit::untrusted),
              HasSubstr("does not say which journal it is"));
  EXPECT_THAT(fault_after("INSERT INTO journal SELECT * FROM journal", Exit::untrusted),
              HasSubstr("says twice which journal it is"));
  EXPECT_THAT(fault_after("UPDATE journal SET id = x'00'", Exit::untrusted),
              HasSubstr("its id has a wrong length"));
}

TEST_F(FileTest, IsNeverOverwritten) {
  create();
  const std::string before = base::read_file(path(), 1 << 20);
  EXPECT_THAT([&] { create_file(path(), seal::random_message_id(random_), {}, {}); },
              testing::ThrowsMessage<base::Fault>(HasSubstr("cannot create the journal")));
  EXPECT_EQ(base::read_file(path(), 1 << 20), before);
  EXPECT_THROW(create_file(folder_.path() / "no" / "such", id_, {}, {}), base::Fault);
}

}  // namespace
}  // namespace tocsin::journal
