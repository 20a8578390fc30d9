// A relay under load is killed or told to stop. No acknowledged message is lost, and retries by the
// writers store nothing twice.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "channel/mailbox.h"
#include "process/process.h"
#include "seal/entropy.h"
#include "wire/organisation.h"

namespace tocsin::process {
namespace {

namespace fs = std::filesystem;

class RelayUnderLoad : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (fs::temp_directory_path() / "tocsin-relay-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    start("127.0.0.1:0");
  }
  void TearDown() override {
    relay_.reset();
    fs::remove_all(folder_);
  }

  void start(const std::string& listen) {
    relay_ = std::make_unique<Process>(std::vector<std::string>{
        TOCSIN_PROGRAM, "--home", folder_ + "/none", "relay", "--listen", listen, "--store",
        folder_ + "/relay.db", "--organisation",
        wire::to_text({organisation_.signing.verify_key(), readers_[0].public_identity().id()})});
    const auto ready = relay_->line();
    ASSERT_TRUE(ready && ready->find("http://") != std::string::npos) << ready.value_or("nothing");
    url_ = ready->substr(ready->find("http://"));
  }
  channel::Mailbox mailbox(const seal::Identity& who, bool may_write) const {
    std::optional<seal::Certificate> certificate;
    if (may_write)
      certificate = seal::issue_certificate(organisation_.signing, seal::Role::tactical,
                                            who.public_identity(), "", 1, clock_.now(),
                                            clock_.now() + std::chrono::hours{1});
    return {{url_, {}}, channel::credentials_of(who, certificate), clock_};
  }
  // Sends to every reader in turn until told to stop, and repeats a message without an answer under
  // the same id. Puts acknowledged messages into `acknowledged_`.
  void write(std::uint8_t writer) {
    const seal::Identity who = seal::Identity::generate(entropy_);
    channel::Mailbox outbox = mailbox(who, true);
    std::vector<channel::SealedMessage> batch;
    for (std::uint32_t number = 0; !stop_.load();) {
      while (batch.size() < 8) {
        channel::SealedMessage message;
        message.id.bytes = {writer, static_cast<std::uint8_t>(number >> 16),
                            static_cast<std::uint8_t>(number >> 8),
                            static_cast<std::uint8_t>(number), 1};
        message.address = to_text(readers_[number % readers_.size()].public_identity().id());
        message.content.envelope = base::Bytes(500, static_cast<std::uint8_t>(number));
        message.expires = clock_.now() + std::chrono::hours{1};
        batch.push_back(std::move(message));
        ++number;
      }
      const auto deliveries = outbox.send(batch, readers_[0].public_identity().id());
      std::vector<channel::SealedMessage> again;
      for (std::size_t i = 0; i < batch.size(); ++i) {
        if (deliveries[i].receipt == contact::Receipt::sent) {
          const std::lock_guard lock{mutex_};
          acknowledged_.insert(batch[i].id);
        } else if (deliveries[i].reason != "the mailbox is full") {
          again.push_back(batch[i]);
        }
      }
      batch = std::move(again);
    }
  }
  std::size_t acknowledged() {
    const std::lock_guard lock{mutex_};
    return acknowledged_.size();
  }
  void wait_for_acknowledged(std::size_t count) {
    const base::Stopwatch watch;
    while (acknowledged() < count && watch.seconds() < 30) std::this_thread::yield();
    ASSERT_GE(acknowledged(), count);
  }
  // How often each id is in a mailbox.
  std::map<seal::MessageId, int> held() const {
    std::map<seal::MessageId, int> held;
    for (const seal::Identity& reader : readers_) {
      channel::Mailbox box = mailbox(reader, false);
      for (std::uint64_t after = 0;;) {
        const auto page = box.poll(after, std::chrono::seconds{0});
        EXPECT_EQ(page.trouble, "");
        if (page.items.empty()) break;
        for (const auto& item : page.items) {
          ++held[item.id];
          EXPECT_EQ(item.envelope, base::Bytes(500, item.id.bytes[3]));
        }
        after = page.items.back().cursor;
      }
    }
    return held;
  }
  void expect_nothing_lost() {
    const auto stored = held();
    for (const seal::MessageId& id : acknowledged_)
      EXPECT_TRUE(stored.contains(id)) << "an acknowledged message is gone";
    for (const auto& [id, times] : stored) EXPECT_EQ(times, 1) << "a message is there twice";
  }

  mutable seal::Entropy entropy_;
  const base::SystemClock clock_{};
  const seal::Identity organisation_ = seal::Identity::generate(entropy_);
  // The first is the organisation's mailbox, with room for everything; the others are small.
  const std::vector<seal::Identity> readers_ = [this] {
    std::vector<seal::Identity> readers;
    for (int i = 0; i < 2; ++i) readers.push_back(seal::Identity::generate(entropy_));
    return readers;
  }();
  std::string folder_;
  std::string url_;
  std::unique_ptr<Process> relay_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::set<seal::MessageId> acknowledged_;
};

TEST_F(RelayUnderLoad, LosesNothingAcknowledgedHoweverItEnds) {
  std::vector<std::thread> writers;
  for (std::uint8_t i = 0; i < 3; ++i) writers.emplace_back([this, i] { write(i); });
  const std::string address = url_.substr(url_.find("//") + 2);
  for (int round = 0; round < 6; ++round) {
    wait_for_acknowledged(acknowledged() + 200);
    const bool is_kill = round % 3 != 2;
    relay_->signal(is_kill ? SIGKILL : SIGTERM);
    EXPECT_EQ(relay_->finish().exit, is_kill ? 128 + SIGKILL : 0);
    start(address);
  }
  wait_for_acknowledged(acknowledged() + 200);
  stop_.store(true);
  for (std::thread& writer : writers) writer.join();
  expect_nothing_lost();
  EXPECT_GT(acknowledged(), 1'000U);
}

}  // namespace
}  // namespace tocsin::process
