#include "channel/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "base/file.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

Program shell(const std::string& script) {
  return Program{ProgramCommand{"/bin/sh", {"-c", script}}};
}

// All that it writes until it ends or nothing comes for a while.
std::string words_of(Program& program) {
  std::string words;
  while (!program.has_ended()) {
    program.wait(10s);
    words += program.read(1'000'000);
  }
  return words + program.read(1'000'000);
}

TEST(Program, IsGivenLinesAndAnswers) {
  Program program = shell("while read -r line; do echo \"<$line>\"; done");
  ASSERT_TRUE(program.start());
  EXPECT_EQ(program.write("one\ntwo\n"), 8U);
  std::string words;
  while (words.size() < 12) {
    program.wait(10s);
    words += program.read(1'000);
  }
  EXPECT_EQ(words, "<one>\n<two>\n");
  EXPECT_FALSE(program.has_ended());
}

TEST(Program, GetsItsArgumentsAsTheyAre) {
  Program program{ProgramCommand{"/bin/echo", {"$HOME", "a b", "", "*", "; id"}}};
  ASSERT_TRUE(program.start());
  EXPECT_EQ(words_of(program), "$HOME a b  * ; id\n");
}

// Also nothing that only this process was told.
TEST(Program, GetsNoVariableOfOursAndNoOpenFile) {
  ::setenv("TOCSIN_PASSPHRASE_FILE", "/tmp/secret", 1);
  ::setenv("LANG", "C.UTF-8", 1);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // without close-on-exec
  Program program = shell("env; ls /proc/self/fd; pwd");
  ASSERT_TRUE(program.start());
  const std::string words = words_of(program);
  ::unsetenv("TOCSIN_PASSPHRASE_FILE");
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_EQ(words.find("TOCSIN"), std::string::npos) << words;
  EXPECT_NE(words.find("LANG=C.UTF-8\n"), std::string::npos);
  // The fourth is the folder that ls reads.
  EXPECT_NE(words.find("\n0\n1\n2\n3\n/\n"), std::string::npos) << words;
}

TEST(Program, IsNoMemberOfOurSession) {
  Program program = shell("cut -d' ' -f6 /proc/self/stat");
  ASSERT_TRUE(program.start());
  const std::string session = words_of(program);
  EXPECT_NE(session, std::to_string(::getsid(0)) + "\n");
  EXPECT_GT(std::stoi(session), 0);
}

// Where tocsin unlock keeps a key.
TEST(Program, CannotReadTheSessionsKeyring) {
  const std::string name = "tocsin-test-key";
  if (::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr) < 0)
    GTEST_SKIP() << "this machine has no keyring";
  const long key = ::syscall(SYS_add_key, "user", name.c_str(), "x", 1, KEY_SPEC_SESSION_KEYRING);
  if (key < 0) GTEST_SKIP() << "this machine has no keyring";
  constexpr unsigned kPossessorAlone = 0x3f000000;  // as home/keyring.cpp sets it
  ASSERT_EQ(::syscall(SYS_keyctl, KEYCTL_SETPERM, key, kPossessorAlone), 0);
  const std::string keys = base::read_file("/proc/keys", 1'000'000);
  EXPECT_NE(keys.find(name), std::string::npos);
  // Also of the keys that it may only see.
  Program program = shell("cat /proc/keys; keyctl show @s 2>/dev/null; echo end");
  ASSERT_TRUE(program.start());
  const std::string words = words_of(program);
  EXPECT_NE(words.find("end\n"), std::string::npos);
  EXPECT_EQ(words.find(name), std::string::npos) << words;
}

TEST(Program, RunsInTheFolderThatItIsGiven) {
  const home::TemporaryFolder folder;
  Program program{ProgramCommand{"/bin/sh", {"-c", "pwd"}, folder.path()}};
  ASSERT_TRUE(program.start());
  EXPECT_EQ(words_of(program), folder.path().string() + "\n");
}

TEST(Program, EndsAtOnceWhenItCannotBeExecuted) {
  Program program{ProgramCommand{"/nowhere/program"}};
  ASSERT_TRUE(program.start());
  EXPECT_EQ(words_of(program), "");
  while (program.write("line\n") > 0) continue;  // and no signal ends us
}

// A pipe holds some, and then nobody waits.
TEST(Program, ThatReadsNothingTakesWhatItsInputHolds) {
  Program program = shell("exec sleep 1000");
  ASSERT_TRUE(program.start());
  const std::string much(1 << 20, 'x');
  const std::size_t taken = program.write(much);
  EXPECT_GT(taken, 0U);
  EXPECT_LT(taken, much.size());
  EXPECT_EQ(program.write("more"), 0U);
  program.end();
}

// Whatever it has started holds the pipe open, until it is dead.
TEST(Program, IsKilledWithAllThatItHasStarted) {
  const home::TemporaryFolder folder;
  const std::string pipe = (folder.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  Program program{ProgramCommand{"/bin/sh", {"-c", "sleep 1000 > pipe & wait"}, folder.path()}};
  ASSERT_TRUE(program.start());
  const int reading = ::open(pipe.c_str(), O_RDONLY);  // waits for its other end
  pollfd ready{reading, POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 0), 0);
  program.end();
  EXPECT_FALSE(program.is_started());
  EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
  EXPECT_NE(ready.revents & POLLHUP, 0);
  ::close(reading);
}

TEST(Program, FinishesWhatItHasAtTheEnd) {
  const home::TemporaryFolder folder;
  const auto file = folder.path() / "done";
  {
    Program program{
        ProgramCommand{"/bin/sh",
                       {"-c", "while read -r line; do echo $line; done; echo all > done"},
                       folder.path()}};
    ASSERT_TRUE(program.start());
    program.write("one\ntwo\n");
  }
  EXPECT_TRUE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace tocsin::channel
