// Disks that are full, fail, or lose their power.
#include <fstream>

#include "base/fault.h"
#include "faulty_disk.h"
#include "fixture.h"

namespace tocsin::journal {
namespace {

using testing::HasSubstr;
using Disk = JournalTest;

// The disk is full or fails at each write and sync of an append in turn. Then it works again.
TEST_F(Disk, FullOrFailingLeavesTheJournalAsItWas) {
  struct Case {
    int code;
    std::string says;
  };
  for (const Case& failing :
       {Case{SQLITE_FULL, "the disk is full"}, Case{SQLITE_IOERR_WRITE, "failed"},
        Case{SQLITE_IOERR_FSYNC, "failed"}}) {
    FaultyDisk disk;
    const auto journal = create(okafor_);
    std::uint64_t size = 0;
    int failures = 0;
    for (int good = 0;; ++good) {
      disk.fail_after(good, failing.code);
      const std::string text = std::string(3000, 'x') + std::to_string(good);
      try {
        ASSERT_EQ(journal->append(size, bodies({text, text})), Append::done);
        size += 2;
      } catch (const base::Fault& fault) {
        EXPECT_EQ(fault.exit(), base::Exit::fault);
        EXPECT_THAT(fault.what(), HasSubstr(failing.says));
        ++failures;
      }
      const bool got_through = !disk.has_failed();
      disk.heal();
      ASSERT_EQ(journal->size(), size);
      ASSERT_EQ(texts_after(*open_to_read(), 0).size(), size);
      if (got_through) break;
    }
    EXPECT_GT(failures, 5);
    EXPECT_EQ(journal->append(size, bodies({"room again"})), Append::done);
    EXPECT_FALSE(check().flaw);
    std::filesystem::remove(path());
    std::filesystem::remove(path().string() + ".head");
  }
}

TEST_F(Disk, FullWhileAJournalIsMadeLeavesNothing) {
  FaultyDisk disk;
  int failures = 0;
  for (int good = 0;; ++good, ++failures) {
    disk.fail_after(good, SQLITE_FULL);
    try {
      create(okafor_);
      break;
    } catch (const base::Fault&) {
      ASSERT_TRUE(std::filesystem::is_empty(folder_.path())) << good;
    }
  }
  EXPECT_GT(failures, 2);
}

// The power is cut before each operation of a night. The night is long enough to copy the log into
// the file several times.
TEST_F(Disk, LosingPowerKeepsWhatWasAcknowledged) {
  create(okafor_);
  FaultyDisk disk;
  base::SeededRandom dice(3);
  std::uint64_t acknowledged = 0;
  struct Cut {
    std::uint64_t acknowledged;
    std::map<std::string, std::string> files;
    std::string head;
  };
  std::vector<Cut> cuts;
  const auto read = [](const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  {
    const auto journal = open(okafor_);
    disk.on_operation([&] {
      if (dice.chance(0.06))
        cuts.push_back({acknowledged, disk.after_power_cut(dice), read(path().string() + ".head")});
    });
    for (; acknowledged < 500; acknowledged += 2) {
      const std::string text = std::to_string(acknowledged) + std::string(dice.below(900), '.');
      ASSERT_EQ(journal->append(acknowledged, bodies({text, text})), Append::done);
    }
    disk.on_operation({});
  }
  ASSERT_GT(cuts.size(), 50U);
  std::uint64_t later = 0;
  for (const Cut& cut : cuts) {
    std::filesystem::remove_all(folder_.path());
    std::filesystem::create_directory(folder_.path());
    for (const auto& [name, content] : cut.files)
      if (!content.empty()) std::ofstream(name, std::ios::binary) << content;
    std::ofstream(path().string() + ".head", std::ios::binary) << cut.head;
    const Verified verified = check();
    ASSERT_FALSE(verified.flaw) << cut.acknowledged << ": " << verified.flaw->event << " "
                                << verified.flaw->reason;
    ASSERT_GE(verified.events, cut.acknowledged);
    ASSERT_LE(verified.events, cut.acknowledged + 2);
    ASSERT_EQ(verified.events % 2, 0U);
    later += verified.events > cut.acknowledged ? 1 : 0;
  }
  EXPECT_GT(later, 0U) << "some cuts come after the sync and before the acknowledgement";
}

}  // namespace
}  // namespace tocsin::journal
