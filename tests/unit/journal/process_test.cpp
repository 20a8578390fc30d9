// Several processes on one journal, and processes that are killed while they append.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <utility>

#include "base/fault.h"
#include "fixture.h"

namespace tocsin::journal {
namespace {

// A child process that runs `work` with the writing end of a pipe and its own connections.
class Child {
 public:
  template <class Work>
  explicit Child(Work work) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      try {
        work(ends[1]);
        ::_exit(0);
      } catch (const std::exception& error) {
        std::fprintf(stderr, "child: %s\n", error.what());
        ::_exit(1);
      }
    }
    ::close(ends[1]);
    reading_ = ::fdopen(ends[0], "r");
  }
  ~Child() {
    if (pid_ > 0) kill();
    std::fclose(reading_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next text that the child wrote, or nothing when it has ended.
  std::string hear() {
    char line[64];
    return std::fgets(line, sizeof line, reading_) != nullptr ? line : "";
  }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return status;
  }
  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }

 private:
  pid_t pid_ = 0;
  std::FILE* reading_ = nullptr;
};

void say(int pipe, const std::string& line) {
  if (::write(pipe, line.data(), line.size()) < 0) ::_exit(2);
}

void append_all(Journal& journal, std::span<const base::Bytes> some) {
  std::uint64_t size = journal.size();
  while (journal.append(size, some) == Append::moved_on) size = journal.size();
}

using Process = JournalTest;

TEST_F(Process, ManyAppendAtOnceAndNothingIsLost) {
  create(okafor_);
  constexpr int kChildren = 4;
  constexpr int kEach = 60;
  {
    std::vector<std::unique_ptr<Child>> children;
    for (int c = 0; c < kChildren; ++c)
      children.push_back(std::make_unique<Child>([&, c](int pipe) {
        seal::Entropy entropy;
        const auto journal = SqliteJournal::open(
            path(), key_.copy(), (c % 2 == 0 ? okafor_ : lindqvist_).author(), entropy);
        say(pipe, "ready\n");
        for (int k = 0; k < kEach; ++k) {
          const std::string text = std::to_string(c) + ":" + std::to_string(k);
          append_all(*journal, bodies({text, text + " again"}));
        }
      }));
    for (const auto& child : children) EXPECT_EQ(child->hear(), "ready\n");
    for (const auto& child : children) EXPECT_EQ(child->wait(), 0);
  }
  const Verified verified = check();
  EXPECT_FALSE(verified.flaw) << verified.flaw->event << verified.flaw->reason;
  EXPECT_EQ(verified.events, 2U * kChildren * kEach);
  EXPECT_EQ(verified.transactions.size(), static_cast<std::size_t>(kChildren * kEach));

  std::map<char, int> next;
  const std::vector<std::string> all = texts_after(*open_to_read(), 0);
  for (std::size_t i = 0; i < all.size(); i += 2) {
    EXPECT_EQ(all[i + 1], all[i] + " again");
    EXPECT_EQ(all[i].substr(2), std::to_string(next[all[i][0]]++));
  }
}

// What was acknowledged before the kill is there after it, and every transaction is complete or
// absent.
TEST_F(Process, KilledAtAnyMomentKeepsWhatItAcknowledged) {
  create(okafor_);
  base::SeededRandom dice(1);
  std::uint64_t transactions = 0;
  for (int round = 0; round < 25; ++round) {
    std::uint64_t acknowledged = transactions;
    {
      Child child([&](int pipe) {
        seal::Entropy entropy;
        const auto journal = SqliteJournal::open(path(), key_.copy(), okafor_.author(), entropy);
        for (std::uint64_t n = transactions;; ++n) {
          const std::string text = std::to_string(n);
          append_all(*journal, bodies({text, text, text}));
          say(pipe, text + "\n");
        }
      });
      for (std::uint64_t patience = 1 + dice.below(30); patience > 0; --patience) {
        const std::string said = child.hear();
        ASSERT_FALSE(said.empty());
        acknowledged = std::stoull(said) + 1;
      }
      child.kill();
      for (std::string said = child.hear(); !said.empty() && said.back() == '\n';
           said = child.hear())
        acknowledged = std::stoull(said) + 1;
    }
    const Verified verified = check();
    ASSERT_FALSE(verified.flaw) << verified.flaw->event << " " << verified.flaw->reason;
    const std::vector<std::string> all = texts_after(*open_to_read(), 0);
    transactions = all.size() / 3;
    ASSERT_EQ(all.size() % 3, 0U);
    ASSERT_GE(transactions, acknowledged);
    ASSERT_LE(transactions, acknowledged + 1);
    for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], std::to_string(i / 3));
  }
}

// A file that cannot be written, and a folder in which nothing can be made.
TEST_F(Process, ReadsWhatItMayNotWrite) {
  create(okafor_)->append(0, bodies({"declared"}));
  ASSERT_EQ(::chmod(path().c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  Child child([&](int pipe) {
    // Root may write anywhere, so become the user nobody.
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(3);
    seal::Entropy entropy;
    const auto journal = SqliteJournal::open(path(), key_.copy(), okafor_.author(), entropy);
    say(pipe, texts_after(*journal, 0).at(0) + "\n");
    say(pipe, std::to_string(check().events) + "\n");
    say(pipe, journal->has_news() ? "news\n" : "no news\n");
    try {
      journal->append(1, bodies({"asked A"}));
      say(pipe, "appended\n");
    } catch (const base::Fault& fault) {
      say(pipe, std::string(fault.what()).find("read-only") != std::string::npos ? "read-only\n"
                                                                                 : fault.what());
    }
    say(pipe, std::to_string(journal->size()) + "\n");
  });
  EXPECT_EQ(child.hear(), "declared\n");
  EXPECT_EQ(child.hear(), "1\n");
  EXPECT_EQ(child.hear(), "no news\n");
  EXPECT_EQ(child.hear(), "read-only\n");
  EXPECT_EQ(child.hear(), "1\n");
  EXPECT_EQ(child.wait(), 0);
  ::chmod(folder_.path().c_str(), 0755);
}

}  // namespace
}  // namespace tocsin::journal
