// Survival of a power failure: the relay acknowledges a message only after the disk has synced it,
// and never when the sync failed.
#include "relay/writes.h"

#include <filesystem>

#include "unit/relay/serving.h"
#include "unit/relay/syncs.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;

class Durable : public Serving {
 protected:
  void SetUp() override {
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    serve();
  }
  void TearDown() override {
    let_syncs([](Syncs& all) { all.hold = all.fail = false; });
    server_.reset();
    fs::remove_all(folder_);
  }
  void serve() {
    server_.reset();
    start({.store = fs::path{folder_} / "relay.db"});
  }
  // A request in which the coordinator sends one message to the device.
  std::string post(std::uint8_t number) const {
    const base::Bytes envelope(100, number);
    const base::Bytes body =
        wire::encode(wire::Batch{{},
                                 {{people_.device.public_identity().id(), seal::MessageId{{number}},
                                   clock_.now() + std::chrono::hours{1}, envelope}}});
    return fmt::format(
               "POST /v1/messages HTTP/1.1\r\nHost: relay\r\nTocsin-Proof: {}\r\n"
               "Tocsin-Certificate: {}\r\nContent-Length: {}\r\n\r\n",
               wire::prove(people_.coordinator.signing, people_.coordinator.public_identity(),
                           clock_.now(), {"POST", "relay", "/v1/messages", body}),
               wire::to_header(people_.certificate(seal::Role::tactical, people_.coordinator)),
               body.size()) +
           std::string{base::text_of(body)};
  }
  std::size_t held() const {
    channel::Mailbox reader = device();
    return reader.poll(0, std::chrono::seconds{0}).items.size();
  }

  std::string folder_ = (fs::temp_directory_path() / "tocsin-relay-XXXXXX").string();
};

TEST_F(Durable, NothingIsAcknowledgedBeforeTheDiskHasIt) {
  // For a new log SQLite itself syncs the header, on the thread that must not be delayed here.
  ASSERT_EQ(status_of(post(9)), "HTTP/1.1 200");
  let_syncs([](Syncs& all) {
    all.hold = true;
    all.begun = 0;
  });
  PlainSocket writer{server_->port()};
  writer.say(post(1));
  {
    std::unique_lock lock{syncs().mutex};
    ASSERT_TRUE(
        syncs().changed.wait_for(lock, std::chrono::seconds{5}, [] { return syncs().begun > 0; }));
  }
  EXPECT_EQ(held(), 2U);  // the relay has stored it, serves others, and waits for the disk only
  EXPECT_FALSE(writer.has_heard(0));
  // Sending it a second time does not make it faster.
  PlainSocket again{server_->port()};
  again.say(post(1));
  EXPECT_EQ(held(), 2U);
  EXPECT_FALSE(again.has_heard(0));
  let_syncs([](Syncs& all) { all.hold = false; });
  EXPECT_NE(writer.hear("\x01\x01").find("HTTP/1.1 200"), std::string::npos);
  EXPECT_NE(again.hear("\x01\x02").find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(Durable, WhatTheDiskFailedToKeepIsNotAcknowledged) {
  EXPECT_EQ(status_of(post(1)), "HTTP/1.1 200");
  let_syncs([](Syncs& all) { all.fail = true; });
  EXPECT_EQ(status_of(post(2)), "HTTP/1.1 507");
  let_syncs([](Syncs& all) { all.fail = false; });
  // After a failed sync the system may report success although the pages were lost.
  EXPECT_EQ(status_of(post(3)), "HTTP/1.1 507");
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 503");
  serve();
  EXPECT_EQ(status_of(post(3)), "HTTP/1.1 200");
  EXPECT_GE(held(), 2U);
}

}  // namespace
}  // namespace tocsin::relay
