// The channel exec against a program that was written from the manual, and that dies, hangs,
// babbles and doubles as it is told.
#include "channel/exec.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "provider/provider_process.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::ExecChannel;
using channel::Receipt;
using Nudge = channel::Outgoing<playbook::Nudge>;

class ExecProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}) {
    const auto program = std::filesystem::path{TOCSIN_PROVIDER}.parent_path() / "pager.py";
    options.insert(options.begin(), {program.string(), "--state", folder_.path().string()});
    channel_.reset();
    channel_ =
        std::make_unique<ExecChannel>(channel::ProgramCommand{TOCSIN_PYTHON, options},
                                      "https://relay.example", clock_, channel::Listen::background);
  }
  std::vector<Nudge> messages(std::size_t count) {
    std::vector<Nudge> all;
    for (std::size_t i = 0; i < count; ++i)
      all.push_back({seal::random_message_id(entropy_), fmt::format("bleep {}", i),
                     playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                                     playbook::Meaning::come},
                     clock_.now() + 48h, channel::Urgency::high, true});
    return all;
  }
  // As a driver does, until each is delivered. Returns how often any had to be tried again.
  int deliver(const std::vector<Nudge>& batch) {
    std::map<seal::MessageId, const Nudge*> due;
    for (const Nudge& one : batch) due.emplace(one.id, &one);
    std::set<seal::MessageId> left;
    for (const Nudge& one : batch) left.insert(one.id);
    int again = 0;
    const auto take = [&](const seal::MessageId& id, Receipt receipt) {
      if (receipt == Receipt::delivered) left.erase(id);
      if (receipt != Receipt::unknown && receipt != Receipt::failed_for_now) return;
      const auto found = std::ranges::find(batch, id, &Nudge::id);
      if (found == batch.end() || !left.contains(id)) return;
      due.emplace(id, &*found);
      ++again;
    };
    while (!left.empty()) {
      std::vector<Nudge> now;
      const std::size_t room = channel_->room().messages;
      while (!due.empty() && now.size() < room) {
        now.push_back(*due.begin()->second);
        due.erase(due.begin());
      }
      const bool is_in_pause = room == 0 && !due.empty();
      bool is_refused = false;
      for (const channel::Delivery& delivery : channel_->send(now)) {
        take(delivery.id, delivery.receipt);
        is_refused = is_refused || delivery.receipt == Receipt::failed_for_now;
      }
      const Collected collected = channel_->collect(!now.empty() ? 0ms : is_in_pause ? 50ms : 1s);
      for (const channel::Delivery& delivery : collected.deliveries)
        take(delivery.id, delivery.receipt);
      channel_->acknowledge(collected.cursor);
      if (is_refused) clock_.advance(1s);
      // It is in a pause, or says nothing any more.
      if (now.empty() && !collected.has_any()) clock_.advance(is_in_pause ? 1s : 60s);
    }
    return again;
  }
  std::vector<std::string> lines(const char* name) {
    std::vector<std::string> all;
    std::ifstream file{folder_.path() / name};
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
  }
  Collected next() {
    Collected all;
    while (!all.has_any()) all = channel_->collect(1s);
    return all;
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  ForwardClock clock_;
  std::unique_ptr<ExecChannel> channel_;
};

TEST_F(ExecProvider, ReachesEverybodyOnce) {
  start({"--noise", "--twice"});
  EXPECT_EQ(deliver(messages(500)), 0);
  EXPECT_EQ(lines("sent").size(), 500U);
}

TEST_F(ExecProvider, ReachesEverybodyOnceThoughItDiesAgainAndAgain) {
  start({"--dies", "40"});
  const auto batch = messages(300);
  EXPECT_GT(deliver(batch), 5);
  std::set<std::string> ids;
  for (const std::string& line : lines("sent"))
    EXPECT_TRUE(ids.insert(line.substr(0, 22)).second) << "twice";
  EXPECT_EQ(ids.size(), batch.size());
}

TEST_F(ExecProvider, ReachesEverybodyThoughItHangs) {
  start({"--hangs", "100"});
  EXPECT_GT(deliver(messages(250)), 0);
  EXPECT_EQ(lines("sent").size(), 250U);
}

// An answer is said again until the journal has it, by one process after another.
TEST_F(ExecProvider, SaysAnAnswerAgainUntilItIsKept) {
  std::ofstream{folder_.path() / "answers"} << "a1 4711 2026-11-22T00:41:00Z Y 20\n"
                                               "a2 4712 2026-11-22T00:42:00Z N\n";
  start();
  const Collected first = next();
  start();  // the first ended before the journal had it
  Collected second = next();
  while (second.said.size() < 2) second = channel_->collect(1s);
  EXPECT_EQ(first.said.at(0).id, second.said.at(0).id);
  EXPECT_EQ(second.said.at(1).words, "N");
  channel_->acknowledge(second.cursor);
  while (lines("kept").size() < 2) channel_->collect(1ms);
  start();
  EXPECT_EQ(deliver(messages(1)), 0);  // and nothing was said before it
  EXPECT_TRUE(channel_->collect(0ms).said.empty());
}

}  // namespace
}  // namespace tocsin::provider
