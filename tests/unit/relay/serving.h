// For the tests of the server: a relay over loopback with its store in memory, and its clients.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "channel/mailbox.h"
#include "channel/relay.h"
#include "relay/server.h"
#include "unit/relay/people.h"
#include "wire/proof.h"

namespace tocsin::relay {

class Serving : public ::testing::Test {
 protected:
  void SetUp() override { start(); }
  void start(ServerSettings settings = {}) {
    settings.organisations = {people_.served()};
    server_ = std::make_unique<Server>(std::move(settings), clock_);
    server_->start();
  }
  channel::RelayAddress address() const { return {server_->url(), {}}; }
  channel::Credentials as(const seal::Identity& who, std::optional<seal::Role> role) const {
    return channel::credentials_of(
        who, role ? std::optional{people_.certificate(*role, who)} : std::nullopt);
  }
  channel::Mailbox coordinator() const {
    return {address(), as(people_.coordinator, seal::Role::tactical), clock_};
  }
  channel::RelayChannel relay_channel(channel::Listen listen) const {
    return {address(),
            people_.coordinator,
            people_.certificate(seal::Role::tactical, people_.coordinator),
            people_.incident,
            clock_,
            listen};
  }
  channel::Mailbox device() const {
    return {address(), as(people_.device, seal::Role::device), clock_};
  }

  channel::SealedMessage to(const seal::Identity& who, std::uint8_t number,
                            std::size_t size = 100) const {
    return {seal::MessageId{{number}},
            to_text(who.public_identity().id()),
            {base::Bytes(size, number)},
            clock_.now() + std::chrono::hours{1}};
  }
  // A request with a valid proof by the device, for tests that then change it.
  std::string head(std::string_view method, std::string_view target, base::ByteView body,
                   std::string_view more = "", std::optional<base::Instant> at = {}) const {
    const std::string proof =
        wire::prove(people_.device.signing, people_.device.public_identity(),
                    at.value_or(clock_.now()), {method, "relay", target, body});
    return fmt::format("{} {} HTTP/1.1\r\nHost: relay\r\nTocsin-Proof: {}\r\n{}\r\n", method,
                       target, proof, more);
  }
  std::string mailbox_path() const {
    return "/v1/mailbox/" + to_text(people_.device.public_identity().id());
  }
  std::string status_of(const std::string& request) const {
    PlainSocket socket{server_->port()};
    socket.say(request);
    return socket.hear("\r\n").substr(0, 12);
  }
  void wait_for_waiting(std::size_t count) const {
    const base::Stopwatch watch;
    while (server_->waiting() != count && watch.seconds() < 5) std::this_thread::yield();
    ASSERT_EQ(server_->waiting(), count);
  }

  People people_;
  base::VirtualClock clock_{kNight};
  std::unique_ptr<Server> server_;
};

}  // namespace tocsin::relay
