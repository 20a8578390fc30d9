#include "relay/waiters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/random.h"
#include "relay/connection.h"
#include "relay/limits.h"

namespace tocsin::relay {
namespace {

// Of connections that nobody starts, so that it is asked nothing.
class Unasked final : public Connection::Owner {
  void on_request(const std::shared_ptr<Connection>&, Request) override {}
  void on_patience_end(Connection&) override {}
  void on_close(Connection&) override {}
  void on_answer(int) override {}
  bool claim(std::size_t) override { return true; }
  void release(std::size_t) override {}
  double seconds() const override { return 0; }
  bool is_last_request() const override { return false; }
  const limits::Patience& patience() const override { return patience_; }

  limits::Patience patience_;
};

class WaitersTest : public testing::Test {
 protected:
  std::shared_ptr<Connection> connection() {
    return std::make_shared<Connection>(Socket{io}, nullptr, owner);
  }
  static seal::KeyId mailbox(std::uint64_t number) {
    base::SeededRandom random{number};
    seal::KeyId id;
    random.fill(id.bytes);
    return id;
  }

  boost::asio::io_context io;  // outlives the connections
  Unasked owner;
  Waiters waiters;
};

TEST_F(WaitersTest, TheOldestOfAFullMailboxMakesRoom) {
  std::vector<std::shared_ptr<Connection>> all;
  for (std::size_t i = 0; i < limits::kMostWaitingPerMailbox; ++i) {
    all.push_back(connection());
    EXPECT_FALSE(waiters.add(mailbox(1), {all.back(), i}));
  }
  EXPECT_FALSE(waiters.add(mailbox(2), {connection()})) << "another mailbox has room";
  const auto pushed_out = waiters.add(mailbox(1), {connection(), 99});
  ASSERT_TRUE(pushed_out);
  EXPECT_EQ(pushed_out->connection, all[0]);
  EXPECT_FALSE(waiters.forget(*all[0])) << "it waits no more";
  EXPECT_EQ(waiters.of(mailbox(1))->back().after, 99u);
  EXPECT_EQ(waiters.count(), limits::kMostWaitingPerMailbox + 1);
}

TEST_F(WaitersTest, StrangersAreLimitedInAllAndOthersAreNot) {
  std::vector<std::shared_ptr<Connection>> strangers;
  const auto is_full = [&] { return waiters.is_full_for({connection(), 0, true}); };
  for (std::size_t i = 0; i < limits::kMostStrangersWaiting; ++i) {
    ASSERT_FALSE(is_full()) << i;
    strangers.push_back(connection());
    waiters.add(mailbox(i), {strangers.back(), 0, true});
  }
  EXPECT_TRUE(is_full());
  EXPECT_FALSE(waiters.is_full_for({connection(), 0, false}));
  EXPECT_TRUE(waiters.forget(*strangers[7]));
  EXPECT_FALSE(is_full());
  waiters.add(mailbox(0), {connection(), 0, false});
  EXPECT_FALSE(is_full()) << "whom an organisation vouches for takes no stranger's place";
  waiters.add(mailbox(7), {connection(), 0, true});
  EXPECT_TRUE(is_full());
  waiters.take_all();
  EXPECT_FALSE(is_full());
  EXPECT_EQ(waiters.count(), 0u);
}

// The same as a plain list of who waits for what, in the order in which they came.
TEST_F(WaitersTest, FollowsAPlainList) {
  struct Entry {
    std::uint64_t mailbox;
    std::shared_ptr<Connection> connection;
  };
  std::vector<Entry> list;
  base::SeededRandom random{5};
  for (int step = 0; step < 3'000; ++step) {
    const std::uint64_t number = random.below(12);
    const auto waits_there = [&](const Entry& entry) { return entry.mailbox == number; };
    if (random.chance(0.7)) {
      const auto pushed_out = waiters.add(mailbox(number), {connection()});
      const auto waiting = std::count_if(list.begin(), list.end(), waits_there);
      const bool is_full = waiting == static_cast<std::ptrdiff_t>(limits::kMostWaitingPerMailbox);
      ASSERT_EQ(pushed_out.has_value(), is_full);
      if (is_full) {
        const auto oldest = std::find_if(list.begin(), list.end(), waits_there);
        ASSERT_EQ(pushed_out->connection, oldest->connection);
        list.erase(oldest);
      }
      list.push_back({number, waiters.of(mailbox(number))->back().connection});
    } else if (!list.empty()) {
      const auto gone = list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size()));
      ASSERT_TRUE(waiters.forget(*gone->connection));
      list.erase(gone);
    }
    ASSERT_EQ(waiters.count(), list.size());
    std::vector<std::shared_ptr<Connection>> expected;
    for (const Entry& entry : list)
      if (waits_there(entry)) expected.push_back(entry.connection);
    std::vector<std::shared_ptr<Connection>> found;
    if (const auto* there = waiters.of(mailbox(number)))
      for (const Waiter& waiter : *there) found.push_back(waiter.connection);
    ASSERT_EQ(found, expected) << "step " << step;
    ASSERT_EQ(waiters.of(mailbox(number)) == nullptr, expected.empty());
  }
  EXPECT_EQ(waiters.take_all().size(), list.size());
}

}  // namespace
}  // namespace tocsin::relay
