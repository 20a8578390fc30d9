#include "journal/remembered_head.h"

#include <sys/stat.h>

#include <fstream>
#include <limits>

#include "base/fault.h"
#include "base/file.h"
#include "fixture.h"

namespace tocsin::journal {
namespace {

class RememberedHeadTest : public JournalTest {
 protected:
  std::string content() const { return base::read_file(head_.path(), 1'000); }
  void put(std::string_view content) const {
    std::ofstream(head_.path(), std::ios::binary) << content;
  }
  Head some_head(std::uint64_t number) {
    Head head{number, {}};
    random_.fill(head.hash);
    return head;
  }

  RememberedHead head_{path()};
};

TEST_F(RememberedHeadTest, IsTheLineThatTheManualShows) {
  EXPECT_EQ(head_.path(), path().string() + ".head");
  EXPECT_FALSE(head_.read()) << "there is none";
  Head head{41, {}};
  head.hash.fill(0xa5);
  head_.write(head);
  std::string line = "00000000000000000041 ";
  for (int i = 0; i < 32; ++i) line += "a5";
  EXPECT_EQ(content(), line + "\n");
  EXPECT_EQ(content().size(), 86U);
  struct stat info {};
  ASSERT_EQ(::stat(head_.path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(RememberedHeadTest, IsTheLastThatWasWritten) {
  RememberedHead other{path()};  // another process
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{10}, std::uint64_t{1} << 40,
        std::numeric_limits<std::uint64_t>::max()}) {
    for (RememberedHead* writer : {&head_, &other}) {
      const Head head = some_head(number);
      writer->write(head);
      EXPECT_EQ(head_.read(), head);
      EXPECT_EQ(other.read(), head);
      EXPECT_EQ(content().size(), 86U);
    }
  }
}

// Else a stray byte would switch the check off.
TEST_F(RememberedHeadTest, ThatIsSpoiltIsNotTakenForNone) {
  head_.write(some_head(41));
  const std::string sound = content();
  const auto is_refused = [&](const std::string& spoilt) {
    put(spoilt);
    try {
      head_.read();
    } catch (const base::Fault& fault) {
      EXPECT_EQ(fault.exit(), base::Exit::untrusted);
      EXPECT_NE(fault.hint().find("remove " + head_.path().string()), std::string::npos);
      return true;
    }
    return false;
  };
  for (std::size_t at = 0; at < sound.size(); ++at) {
    std::string spoilt = sound;
    spoilt[at] = 'x';
    EXPECT_TRUE(is_refused(spoilt)) << at;
    EXPECT_TRUE(is_refused(sound.substr(0, at))) << at;
  }
  for (const std::string& spoilt :
       {sound + "x", sound + sound, std::string(4'000, '0'),
        "99999999999999999999" + sound.substr(20), "-0000000000000000041" + sound.substr(20)})
    EXPECT_TRUE(is_refused(spoilt)) << spoilt;
  EXPECT_FALSE(is_refused(sound));
}

TEST_F(RememberedHeadTest, ThatCannotBeReadIsNotTakenForNone) {
  std::filesystem::create_symlink(head_.path().filename(), head_.path());
  EXPECT_THROW(head_.read(), base::Fault);
  std::filesystem::remove(head_.path());
  std::filesystem::create_directory(head_.path());
  EXPECT_THROW(head_.read(), base::Fault);
}

// The heads that printed reports quote serve the same check.
TEST_F(RememberedHeadTest, ThatCannotBeWrittenStopsNobody) {
  RememberedHead nowhere{folder_.path() / "no" / "such"};
  EXPECT_NO_THROW(nowhere.write(some_head(1)));
  EXPECT_FALSE(nowhere.read());
}

}  // namespace
}  // namespace tocsin::journal
