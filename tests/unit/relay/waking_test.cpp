// Waiting readers are answered from new messages and not from the store. They must get each of them
// once.
#include "base/random.h"
#include "channel/relay.h"
#include "relay/connection.h"
#include "relay/limits.h"
#include "relay/waiters.h"
#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

using channel::Mailbox;
using channel::SealedMessage;
using contact::Receipt;
using seal::Role;
using std::chrono::seconds;

class Waking : public Serving {
 protected:
  std::unique_ptr<PlainSocket> waiting(std::uint64_t after, std::size_t count = 1) {
    auto socket = std::make_unique<PlainSocket>(server_->port());
    socket->say(head("GET", fmt::format("{}?after={}&wait=60", mailbox_path(), after), {}));
    wait_for_waiting(count);
    return socket;
  }
  // Reads one complete answer of items.
  static std::vector<wire::Item> items(PlainSocket& socket) {
    std::string heard = socket.hear("\r\n\r\n");
    const auto length_at = heard.find("Content-Length: ");
    const std::size_t length = std::stoul(heard.substr(length_at + 16));
    std::string body = heard.substr(heard.find("\r\n\r\n") + 4);
    while (body.size() < length) {
      const std::string more = socket.hear_some();
      if (more.empty()) break;
      body += more;
    }
    return wire::decode_items(base::bytes_of(body)).value_or(std::vector<wire::Item>{});
  }
};

TEST_F(Waking, GivesAWaiterEverythingThatCameAtOnceInOrder) {
  const auto socket = waiting(0);
  std::vector<SealedMessage> batch;
  for (std::uint8_t i = 1; i <= 20; ++i) {
    batch.push_back(to(people_.device, i));
    batch.push_back(to(people_.coordinator, i));  // somebody else's, in between
  }
  coordinator().send(batch);
  const auto got = items(*socket);
  ASSERT_EQ(got.size(), 20U);
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].id.bytes[0], i + 1);
    EXPECT_EQ(got[i].envelope, base::Bytes(100, static_cast<std::uint8_t>(i + 1)));
    EXPECT_GT(got[i].cursor, i == 0 ? 0 : got[i - 1].cursor);
  }
  const auto page = device().poll(0, seconds{0});  // the store has the same under the same cursors
  ASSERT_EQ(page.items.size(), 20U);
  EXPECT_EQ(page.items.back().cursor, got.back().cursor);
}

TEST_F(Waking, MoreThanAPageIsReadOnFromItsLastCursor) {
  const auto socket = waiting(0);
  std::vector<SealedMessage> batch;
  for (std::uint8_t i = 0; i < 80; ++i) batch.push_back(to(people_.device, i, 20'000));
  coordinator().send(batch);
  std::size_t seen = 0;
  std::uint64_t after = 0;
  auto got = items(*socket);
  EXPECT_LT(got.size(), 80U);
  while (!got.empty()) {
    for (const auto& item : got) EXPECT_EQ(item.id.bytes[0], seen++);
    after = got.back().cursor;
    got = device().poll(after, seconds{0}).items;
  }
  EXPECT_EQ(seen, 80U);
}

TEST_F(Waking, EachWaiterGetsOnlyWhatLiesBeyondItsCursor) {
  const SealedMessage first = to(people_.device, 1);
  coordinator().send({&first, 1});
  const std::uint64_t seen = device().poll(0, seconds{0}).items.back().cursor;
  const auto socket = waiting(seen);
  const SealedMessage again =
      to(people_.device, 1);  // a message that is stored already wakes nobody
  coordinator().send({&again, 1});
  EXPECT_EQ(server_->waiting(), 1U);
  const SealedMessage second = to(people_.device, 2);
  coordinator().send({&second, 1});
  const auto got = items(*socket);
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].id, second.id);
}

TEST_F(Waking, AReaderAheadOfAStoreThatWasPutBackIsWokenAllTheSame) {
  const auto socket = waiting(9'000'000'000'000'000'000);
  const SealedMessage message = to(people_.device, 1);
  coordinator().send({&message, 1});
  EXPECT_EQ(items(*socket).size(), 1U);
}

TEST_F(Waking, AReceiptWakesItsWriter) {
  channel::RelayChannel channel = relay_channel(channel::Listen::background);
  const SealedMessage request = to(people_.device, 7);
  channel.send({&request, 1});
  wait_for_waiting(1);
  Mailbox phone = device();
  EXPECT_TRUE(phone.acknowledge(phone.poll(0, seconds{0}).items.back().cursor));
  const auto collected = channel.collect(seconds{5});
  ASSERT_EQ(collected.deliveries.size(), 1U);
  EXPECT_EQ(collected.deliveries[0].id, request.id);
}

// Several threads read, wait, write and acknowledge at once. Every message reaches its reader once,
// in the order of the cursors.
TEST_F(Waking, NothingIsMissedBetweenAReadAndAWait) {
  constexpr int kMessages = 300;
  std::thread writer{[&] {
    Mailbox mailbox = coordinator();
    base::SeededRandom random{4};
    for (int i = 0; i < kMessages;) {
      std::vector<SealedMessage> batch;
      for (auto n = 1 + random.below(5); n > 0 && i < kMessages; --n, ++i) {
        batch.push_back(to(people_.device, 1));
        batch.back().id.bytes[1] = static_cast<std::uint8_t>(i >> 8);
        batch.back().id.bytes[2] = static_cast<std::uint8_t>(i);
      }
      for (const auto& delivery : mailbox.send(batch))
        EXPECT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
    }
  }};
  Mailbox phone = device();
  std::uint64_t after = 0;
  int next = 0;
  const base::Stopwatch watch;
  while (next < kMessages && watch.seconds() < 30) {
    const auto page = phone.poll(after, seconds{5});
    EXPECT_EQ(page.trouble, "");
    for (const auto& item : page.items) {
      EXPECT_EQ(item.id.bytes[1] << 8 | item.id.bytes[2], next++);
      EXPECT_GT(item.cursor, after);
      after = item.cursor;
    }
    EXPECT_TRUE(next % 3 != 0 || phone.acknowledge(after));
  }
  writer.join();
  EXPECT_EQ(next, kMessages);
}

// Anybody can make any number of keys and wait with each; devices must still be served.
TEST_F(Waking, StrangersWhoWaitKeepNoDeviceOut) {
  const auto poll = [&](const seal::Identity& who, std::string_view more) {
    const std::string target = "/v1/mailbox/" + to_text(who.public_identity().id()) + "?wait=60";
    return fmt::format(
        "GET {} HTTP/1.1\r\nHost: relay\r\nTocsin-Proof: {}\r\n{}\r\n", target,
        wire::prove(who.signing, who.public_identity(), clock_.now(), {"GET", "relay", target, {}}),
        more);
  };
  std::vector<std::unique_ptr<PlainSocket>> strangers;
  for (std::size_t i = 0; i < limits::kMostStrangersWaiting; ++i) {
    strangers.push_back(std::make_unique<PlainSocket>(server_->port()));
    strangers.back()->say(poll(seal::Identity::generate(people_.entropy), ""));
  }
  wait_for_waiting(strangers.size());
  const std::string late = status_of(poll(seal::Identity::generate(people_.entropy), ""));
  EXPECT_EQ(late, "HTTP/1.1 429");
  PlainSocket device{server_->port()};
  device.say(poll(people_.device,
                  "Tocsin-Certificate: " +
                      wire::to_header(people_.certificate(seal::Role::device, people_.device)) +
                      "\r\n"));
  wait_for_waiting(strangers.size() + 1);
}

TEST_F(Waking, AStopAnswersThoseWhoWait) {
  const auto socket = waiting(0);
  server_->stop();
  const std::string heard = socket->hear();
  EXPECT_NE(heard.find("200 OK"), std::string::npos);
  EXPECT_NE(heard.find("Connection: close"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::relay
