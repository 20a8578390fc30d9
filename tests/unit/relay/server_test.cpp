#include "relay/server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <thread>

#include "base/fault.h"
#include "channel/mailbox.h"
#include "channel/relay.h"
#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using channel::Credentials;
using channel::Delivery;
using channel::Mailbox;
using channel::RelayChannel;
using channel::SealedMessage;
using contact::Receipt;
using seal::Role;
using std::chrono::seconds;

class ServerTest : public Serving {};

TEST_F(ServerTest, CarriesARequestThereAndAReplyBack) {
  RelayChannel channel = relay_channel(channel::Listen::when_asked);
  Mailbox phone = device();
  const SealedMessage request = to(people_.device, 7);
  const auto sent = channel.send({&request, 1});
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].receipt, Receipt::sent) << sent[0].reason;

  auto page = phone.poll(0, seconds{0});
  ASSERT_EQ(page.items.size(), 1U) << page.trouble;
  EXPECT_EQ(page.items[0].id, request.id);
  EXPECT_EQ(page.items[0].envelope, request.content.envelope);
  EXPECT_TRUE(phone.acknowledge(page.items[0].cursor));
  EXPECT_TRUE(phone.poll(0, seconds{0}).items.empty());

  const SealedMessage reply = to(people_.incident, 8);
  EXPECT_EQ(phone.send({&reply, 1})[0].receipt, Receipt::sent);
  const auto collected = channel.collect({});
  ASSERT_EQ(collected.deliveries.size(), 1U);
  EXPECT_EQ(collected.deliveries[0].id, request.id);
  EXPECT_EQ(collected.deliveries[0].receipt, Receipt::delivered);
  ASSERT_EQ(collected.messages.size(), 1U);
  EXPECT_EQ(collected.messages[0].content, reply.content.envelope);

  EXPECT_EQ(channel.collect({}).messages.size(), 1U);  // comes again until it is acknowledged
  channel.acknowledge(collected.cursor);
  EXPECT_TRUE(channel.collect({}).messages.empty());
}

TEST_F(ServerTest, WakesAListenerWhenAReplyComes) {
  RelayChannel channel = relay_channel(channel::Listen::background);
  const SealedMessage request = to(people_.device, 7);
  channel.send({&request, 1});
  wait_for_waiting(1);
  const SealedMessage reply = to(people_.incident, 8);
  ASSERT_EQ(device().send({&reply, 1})[0].receipt, Receipt::sent);
  const auto collected = channel.collect(seconds{5});
  ASSERT_EQ(collected.messages.size(), 1U);
  channel.acknowledge(collected.cursor);
  wait_for_waiting(1);
  const SealedMessage second = to(people_.incident, 9);
  device().send({&second, 1});
  EXPECT_EQ(channel.collect(seconds{5}).messages.size(), 1U);
  EXPECT_EQ(channel.trouble(), "");
}

TEST_F(ServerTest, ALargeBatchArrivesWholeAndInOrder) {
  std::vector<SealedMessage> batch;
  std::vector<seal::MessageId> ids;
  for (int i = 0; i < 1'000; ++i) {
    SealedMessage message = to(people_.incident, 1, 1'500);
    message.id =
        seal::MessageId{{static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i), 1}};
    ids.push_back(message.id);
    batch.push_back(std::move(message));
  }
  const auto incident_mailbox = people_.incident.public_identity().id();
  for (const Delivery& delivery : coordinator().send(batch, incident_mailbox))
    ASSERT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
  Mailbox reader{address(), as(people_.incident, std::nullopt), clock_};
  std::vector<seal::MessageId> seen;
  for (std::uint64_t after = 0;;) {
    const auto page = reader.poll(after, seconds{0});
    if (page.items.empty()) break;
    for (const auto& item : page.items) seen.push_back(item.id);
    after = page.items.back().cursor;
  }
  std::sort(seen.begin(), seen.end());  // two requests at a time may arrive in any order
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(seen, ids);
}

TEST_F(ServerTest, ASecondSendOfTheSameIdChangesNothing) {
  Mailbox writer = coordinator();
  SealedMessage message = to(people_.device, 1);
  EXPECT_EQ(writer.send({&message, 1})[0].receipt, Receipt::sent);
  message.content.envelope = Bytes(100, 99);
  EXPECT_EQ(writer.send({&message, 1})[0].receipt, Receipt::sent);
  const auto page = device().poll(0, seconds{0});
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].envelope, Bytes(100, 1));
}

TEST_F(ServerTest, ADeviceWritesOnlyWhereItMay) {
  Mailbox phone = device();
  const SealedMessage reply = to(people_.incident, 1);
  auto delivery = phone.send({&reply, 1})[0];  // the incident's mailbox is not open
  EXPECT_EQ(delivery.receipt, Receipt::failed_for_good);
  EXPECT_EQ(delivery.reason, "the relay does not let this key write there");
  const SealedMessage enrolment = to(people_.enrolment, 2);
  EXPECT_EQ(phone.send({&enrolment, 1})[0].receipt, Receipt::sent);
  const SealedMessage other = to(people_.coordinator, 3);
  EXPECT_EQ(phone.send({&other, 1})[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(phone.send({&enrolment, 1}, phone.id())[0].receipt, Receipt::failed_for_good);
}

TEST_F(ServerTest, NobodyReadsAnotherMailboxOrWritesWithoutACertificate) {
  const std::string theirs = "/v1/mailbox/" + to_text(people_.coordinator.public_identity().id());
  EXPECT_EQ(status_of(head("GET", theirs, {})), "HTTP/1.1 403");
  const Bytes cursor = wire::encode_cursor(1);
  EXPECT_EQ(status_of(head("POST", theirs + "/acknowledge", cursor, "Content-Length: 8\r\n") +
                      std::string{base::text_of(cursor)}),
            "HTTP/1.1 403");
  Mailbox stranger{address(), as(people_.device, std::nullopt), clock_};
  const SealedMessage message = to(people_.enrolment, 1);
  EXPECT_EQ(stranger.send({&message, 1})[0].receipt, Receipt::failed_for_good);
  const Bytes nothing = wire::encode(wire::Batch{});
  EXPECT_EQ(status_of(head("POST", "/v1/messages", nothing,
                           fmt::format("Content-Length: {}\r\n", nothing.size())) +
                      std::string{base::text_of(nothing)}),
            "HTTP/1.1 403");
}

TEST_F(ServerTest, ForgedStaleAndMissingProofsAreRefused) {
  const std::string path = mailbox_path();
  EXPECT_EQ(status_of(head("GET", path, {})), "HTTP/1.1 200");
  EXPECT_EQ(status_of("GET " + path + " HTTP/1.1\r\nHost: relay\r\n\r\n"), "HTTP/1.1 401");
  EXPECT_EQ(status_of(head("GET", path, {}, "", kNight - std::chrono::minutes{6})), "HTTP/1.1 401");
  EXPECT_EQ(status_of(head("GET", path, {}, "", kNight + std::chrono::minutes{6})), "HTTP/1.1 401");
  std::string forged = head("GET", path, {});
  forged.insert(forged.find(" HTTP"), "?wait=1");
  EXPECT_EQ(status_of(forged), "HTTP/1.1 401");  // the target is signed
  std::string body_changed =
      head("POST", path + "/acknowledge", wire::encode_cursor(1), "Content-Length: 8\r\n");
  body_changed += base::text_of(wire::encode_cursor(2));
  EXPECT_EQ(status_of(body_changed), "HTTP/1.1 401");
  EXPECT_EQ(status_of(head("GET", path, {}, "Tocsin-Certificate: AAAA\r\n")), "HTTP/1.1 403");
}

TEST_F(ServerTest, BadRequestsGetTheStatusOfThePage) {
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 200");
  EXPECT_EQ(status_of("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 404");
  EXPECT_EQ(status_of("DELETE /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 405");
  EXPECT_EQ(status_of("\x16\x03\x01\x02\x00 hello, is this TLS?\r\n\r\n"), "HTTP/1.1 400");
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nno colon\r\n\r\n"), "HTTP/1.1 400");
  EXPECT_EQ(status_of("GET /healthz HTTP/1.1\r\nX: " + std::string(9'000, 'x')), "HTTP/1.1 431");
  EXPECT_EQ(status_of("POST /v1/messages HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 411");
  EXPECT_EQ(
      status_of("POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"),
      "HTTP/1.1 411");
  EXPECT_EQ(status_of("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 4194305\r\n\r\n"),
            "HTTP/1.1 413");
  EXPECT_EQ(status_of("POST /v1/messages HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"),
            "HTTP/1.1 400");
  const std::string certificate =
      "Content-Length: 4\r\nTocsin-Certificate: " +
      wire::to_header(people_.certificate(Role::device, people_.device)) + "\r\n";
  EXPECT_EQ(status_of(head("POST", "/v1/messages", base::bytes_of("junk"), certificate) + "junk"),
            "HTTP/1.1 400");
  EXPECT_EQ(status_of(head("GET", mailbox_path() + "?wait=61", {})), "HTTP/1.1 400");
}

TEST_F(ServerTest, SurvivesHalfRequestsAndJunkAndGoesOn) {
  base::SeededRandom random{11};
  std::vector<std::unique_ptr<PlainSocket>> lingering;
  for (int i = 0; i < 200; ++i) {
    auto socket = std::make_unique<PlainSocket>(server_->port());
    std::string bytes(random.below(2'000), '\0');
    for (char& c : bytes) c = static_cast<char>(random.below(256));
    const std::string good = head("GET", mailbox_path() + "?wait=30", {});
    if (i % 3 == 0) bytes = good.substr(0, random.below(good.size()));
    if (i % 3 == 1) {  // one byte wrong
      bytes = good;
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    }
    socket->say(bytes);
    if (i % 2 == 0)
      lingering.push_back(std::move(socket));  // and never finish
    else
      socket->say_no_more();
  }
  const SealedMessage message = to(people_.device, 1);
  EXPECT_EQ(coordinator().send({&message, 1})[0].receipt, Receipt::sent);
  EXPECT_EQ(device().poll(0, seconds{0}).items.size(), 1U);
}

TEST_F(ServerTest, AReaderWhoGoesAwayIsForgotten) {
  {
    PlainSocket socket{server_->port()};
    socket.say(head("GET", mailbox_path() + "?wait=60", {}));
    wait_for_waiting(1);
  }
  wait_for_waiting(0);
}

TEST_F(ServerTest, TheFifthReaderOfAMailboxPushesOutTheFirst) {
  std::vector<std::unique_ptr<PlainSocket>> readers;
  for (int i = 0; i < 5; ++i) {
    readers.push_back(std::make_unique<PlainSocket>(server_->port()));
    readers.back()->say(head("GET", mailbox_path() + "?wait=60", {}));
    wait_for_waiting(static_cast<std::size_t>(std::min(i + 1, 4)));
  }
  const std::string heard = readers[0]->hear("came\n");
  EXPECT_NE(heard.find("429"), std::string::npos);
  EXPECT_NE(heard.find("Retry-After: 5"), std::string::npos);
  const SealedMessage message = to(people_.device, 1);
  coordinator().send({&message, 1});
  for (std::size_t i = 1; i < 5; ++i)
    EXPECT_NE(readers[i]->hear("\x01\x01\x01").find("200 OK"), std::string::npos) << i;
}

TEST_F(ServerTest, AnEmptyWaitEndsEmpty) {
  const auto page = device().poll(0, seconds{1});
  EXPECT_TRUE(page.items.empty());
  EXPECT_EQ(page.trouble, "");
}

TEST_F(ServerTest, ExpiredMessagesAreRefusedAndForgotten) {
  Mailbox writer = coordinator();
  SealedMessage late = to(people_.device, 1);
  late.expires = clock_.now();
  EXPECT_EQ(writer.send({&late, 1})[0].reason, "it had expired");
  const SealedMessage message = to(people_.device, 2);
  writer.send({&message, 1});
  clock_.advance(std::chrono::hours{1});
  EXPECT_TRUE(device().poll(0, seconds{0}).items.empty());
  // No message is kept for more than a week, even if its writer asks for it.
  SealedMessage lasting = to(people_.device, 3);
  lasting.expires = clock_.now() + std::chrono::days{30};
  writer.send({&lasting, 1});
  const auto held = device().poll(0, seconds{0}).items;
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].expires, clock_.now() + std::chrono::days{7});
}

TEST_F(ServerTest, ADeviceThatSendsTooMuchIsToldToWait) {
  Mailbox phone = device();
  std::vector<SealedMessage> flood;
  for (int i = 0; i < 100; ++i) {
    flood.push_back(to(people_.enrolment, 1));
    flood.back().id.bytes[1] = static_cast<std::uint8_t>(i);
  }
  const auto deliveries = phone.send(flood);
  EXPECT_EQ(std::count_if(deliveries.begin(), deliveries.end(),
                          [](const Delivery& d) { return d.receipt == Receipt::sent; }),
            60);
  EXPECT_EQ(deliveries.back().receipt, Receipt::failed_for_now);
  EXPECT_EQ(deliveries.back().reason, "too many messages at once");
}

TEST_F(ServerTest, AStrangerWhoAsksTooOftenIsToldWhenToComeBack) {
  const auto requests = static_cast<int>(limits::kStrangerRequests.most);
  for (int i = 0; i < requests; ++i)
    ASSERT_EQ(status_of(head("GET", mailbox_path(), {})), "HTTP/1.1 200") << i;
  const std::string heard = [&] {
    PlainSocket socket{server_->port()};
    socket.say(head("GET", mailbox_path(), {}));
    return socket.hear("requests\n");
  }();
  EXPECT_EQ(heard.substr(0, 12), "HTTP/1.1 429");
  EXPECT_NE(heard.find("Retry-After: 1\r\n"), std::string::npos) << heard;
  clock_.advance(std::chrono::seconds{1});
  EXPECT_EQ(status_of(head("GET", mailbox_path(), {})), "HTTP/1.1 200");
  // Other clients are still served.
  EXPECT_EQ(coordinator().poll(0, std::chrono::seconds{0}).trouble, "");
}

TEST_F(ServerTest, AMailboxHasABound) {
  std::vector<SealedMessage> many;
  for (int i = 0; i < 300; ++i) {
    many.push_back(to(people_.device, 1));
    many.back().id.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    many.back().id.bytes[2] = static_cast<std::uint8_t>(i);
  }
  const auto deliveries = coordinator().send(many);
  EXPECT_EQ(std::count_if(deliveries.begin(), deliveries.end(),
                          [](const Delivery& d) { return d.receipt == Receipt::sent; }),
            256);
}

TEST_F(ServerTest, AddressesThatAreNoMailboxFailAloneAndEarly) {
  std::vector<SealedMessage> batch{to(people_.device, 1), to(people_.device, 2),
                                   to(people_.device, 3)};
  batch[1].address = "+447700900001";
  batch[2].content.envelope = Bytes(wire::kMostEnvelopeBytes + 1, 1);
  const auto deliveries = coordinator().send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::sent);
  EXPECT_EQ(deliveries[1].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[1].reason.find("447700"), std::string::npos);
  EXPECT_EQ(deliveries[2].receipt, Receipt::failed_for_good);
}

TEST_F(ServerTest, AWrongClockStopsNobody) {
  for (const auto apart :
       {std::chrono::hours{2}, std::chrono::hours{-2}, std::chrono::hours{90'000}}) {
    base::VirtualClock wrong{kNight + apart};
    Mailbox phone{address(), as(people_.device, Role::device), wrong};
    Mailbox writer{address(), as(people_.coordinator, Role::tactical), wrong};
    std::vector<SealedMessage> batch(60, to(people_.device, 1, 16'000));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i].id = seal::random_message_id(people_.entropy);
      batch[i].expires = wrong.now() + std::chrono::minutes{20};
    }
    for (const Delivery& delivery : writer.send(batch))
      EXPECT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
    std::size_t arrived = 0;
    for (;;) {
      const auto page = phone.poll(0, seconds{0});
      EXPECT_EQ(page.trouble, "");
      if (page.items.empty()) break;
      arrived += page.items.size();
      EXPECT_TRUE(phone.acknowledge(page.items.back().cursor));
    }
    EXPECT_EQ(arrived, batch.size());
    wrong.advance(-apart);  // put right: it goes on at once
    EXPECT_EQ(phone.poll(0, seconds{0}).trouble, "");
  }
}

TEST_F(ServerTest, ARelayThatIsGoneIsOutOfReachAndNothingIsClaimed) {
  Mailbox writer = coordinator();
  server_->stop();
  server_.reset();
  const SealedMessage message = to(people_.device, 1);
  const auto delivery = writer.send({&message, 1})[0];
  EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
  EXPECT_EQ(delivery.reason, "the relay is out of reach");
}

TEST_F(ServerTest, AnswersOnlyToItsNames) {
  server_.reset();
  start({.hosts = {"Relay"}});
  EXPECT_EQ(status_of(head("GET", mailbox_path(), {})), "HTTP/1.1 200");
  EXPECT_EQ(device().poll(0, seconds{0}).is_refused, true);  // Host: 127.0.0.1:port
}

TEST(ServerRestart, KeepsWhatItAcknowledged) {
  std::string folder = (fs::temp_directory_path() / "tocsin-relay-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const fs::path path = fs::path{folder} / "relay.db";
  People people;
  base::VirtualClock clock{kNight};
  const auto settings = [&] {
    ServerSettings out;
    out.store = path;
    out.organisations = {people.served()};
    return out;
  };
  const auto outgoing = [&](const seal::Identity& who, std::uint8_t number) {
    return SealedMessage{seal::MessageId{{number}}, to_text(who.public_identity().id()),
                         Bytes(50, number), kNight + std::chrono::hours{1}};
  };
  const auto credentials = [&](const seal::Identity& who, Role role) {
    return channel::credentials_of(who, people.certificate(role, who));
  };
  {
    Server server{settings(), clock};
    server.start();
    Mailbox writer{{server.url(), {}}, credentials(people.coordinator, Role::tactical), clock};
    const SealedMessage message = outgoing(people.device, 1);
    ASSERT_EQ(writer.send({&message, 1}, people.incident.public_identity().id())[0].receipt,
              Receipt::sent);
  }
  Server server{settings(), clock};
  server.start();
  Mailbox phone{{server.url(), {}}, credentials(people.device, Role::device), clock};
  EXPECT_EQ(phone.poll(0, seconds{0}).items.size(), 1U);
  const SealedMessage reply = outgoing(people.incident, 2);  // the mailbox is still open
  EXPECT_EQ(phone.send({&reply, 1})[0].receipt, Receipt::sent);
  server.stop();
  fs::remove_all(folder);
}

}  // namespace
}  // namespace tocsin::relay
