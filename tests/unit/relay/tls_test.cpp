// The relay with its own TLS and a certificate made here, with the program's own client and a
// simple one.
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/fault.h"
#include "unit/relay/bare_tls.h"
#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;
using channel::Mailbox;
using channel::SealedMessage;
using contact::Receipt;
using std::chrono::seconds;

class TlsTest : public Serving {
 protected:
  void SetUp() override {
    folder_ = (fs::temp_directory_path() / "tocsin-tls-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder_.data()), nullptr);
    make_certificate(files("relay"));
    start({.tls = files("relay")});
  }
  void TearDown() override {
    server_.reset();
    fs::remove_all(folder_);
  }
  TlsFiles files(const std::string& name) const {
    return {fs::path{folder_} / (name + ".crt"), fs::path{folder_} / (name + ".key")};
  }
  Mailbox pinned(const seal::Identity& who, seal::Role role) const {
    return {{server_->url(), {server_->pin()}}, as(who, role), clock_};
  }

  std::string folder_;
};

TEST_F(TlsTest, CarriesMessagesToAClientThatPinsItsKey) {
  EXPECT_TRUE(server_->url().starts_with("https://127.0.0.1:"));
  EXPECT_TRUE(server_->pin().starts_with("sha256//"));
  EXPECT_EQ(server_->pin().size(), 8U + 44);
  Mailbox writer = pinned(people_.coordinator, seal::Role::tactical);
  std::vector<SealedMessage> batch;
  for (std::uint8_t i = 0; i < 100; ++i) batch.push_back(to(people_.device, i, 20'000));
  for (const auto& delivery : writer.send(batch))
    ASSERT_EQ(delivery.receipt, Receipt::sent) << delivery.reason;
  Mailbox phone = pinned(people_.device, seal::Role::device);
  std::size_t seen = 0;
  for (std::uint64_t after = 0;;) {
    const auto page = phone.poll(after, seconds{0});
    EXPECT_EQ(page.trouble, "");
    if (page.items.empty()) break;
    for (const auto& item : page.items)
      EXPECT_EQ(item.envelope, base::Bytes(20'000, static_cast<std::uint8_t>(seen++)));
    after = page.items.back().cursor;
  }
  EXPECT_EQ(seen, 100U);
  EXPECT_TRUE(phone.acknowledge(1));
}

TEST_F(TlsTest, WakesAWaiterAndForgetsOneWhoWentAway) {
  {
    BareClient gone{server_->port(), TLS1_3_VERSION};
    gone.say(head("GET", mailbox_path() + "?wait=60", {}));
    wait_for_waiting(1);
  }
  wait_for_waiting(0);
  BareClient client{server_->port(), TLS1_2_VERSION};
  client.say(head("GET", mailbox_path() + "?wait=60", {}));
  wait_for_waiting(1);
  // The client sends its next request early; it is answered after the one that waits.
  client.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const SealedMessage message = to(people_.device, 1);
  pinned(people_.coordinator, seal::Role::tactical).send({&message, 1});
  const std::string heard = client.hear("ok\n");
  EXPECT_NE(heard.find("application/octet-stream"), std::string::npos);
  EXPECT_NE(heard.find("ok\n"), std::string::npos);
}

TEST_F(TlsTest, RequestsOfOneRecordAreAllAnswered) {
  BareClient client{server_->port(), TLS1_3_VERSION};
  std::string asks;
  for (int i = 0; i < 50; ++i)
    asks += fmt::format("GET /healthz HTTP/1.1\r\nHost: x\r\nX: {:0100}\r\n\r\n", i);
  client.say(asks + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string heard = client.hear("never");
  std::size_t answers = 0;
  for (std::size_t at = 0; (at = heard.find("200 OK", at)) != std::string::npos; ++at) ++answers;
  EXPECT_EQ(answers, 51U);
}

TEST_F(TlsTest, NoClientTrustsAnotherKey) {
  make_certificate(files("other"));
  const std::string other = Tls{files("other")}.pin();
  const SealedMessage message = to(people_.device, 1);
  for (const std::vector<std::string>& pins : {std::vector<std::string>{}, {other}}) {
    Mailbox writer{{server_->url(), pins}, as(people_.coordinator, seal::Role::tactical), clock_};
    const auto delivery = writer.send({&message, 1})[0];
    EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
    EXPECT_EQ(delivery.reason, "the relay's certificate is not trusted");
  }
  Mailbox either{{server_->url(), {other, server_->pin()}},
                 as(people_.coordinator, seal::Role::tactical),
                 clock_};
  EXPECT_EQ(either.send({&message, 1})[0].receipt, Receipt::sent);
}

TEST_F(TlsTest, OldVersionsAndPlainHttpAreLetGo) {
  EXPECT_FALSE(BareClient(server_->port(), TLS1_1_VERSION).is_connected());
  EXPECT_TRUE(BareClient(server_->port(), TLS1_2_VERSION).is_connected());
  PlainSocket plain{server_->port()};
  plain.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(plain.hear().find("200"), std::string::npos);
  BareClient good{server_->port(), TLS1_3_VERSION};
  good.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(good.hear("ok\n").find("200 OK"), std::string::npos);
}

TEST_F(TlsTest, WhoNeverComesToAnEndIsLetGo) {
  start({.patience = {.head_seconds = 1}, .tls = files("relay")});
  PlainSocket half{server_->port()};
  half.say(std::string_view{"\x16\x03\x01\x02\x00\x01\x00", 7});
  EXPECT_EQ(half.hear().find("HTTP"), std::string::npos);
  BareClient slow{server_->port(), TLS1_3_VERSION};
  slow.say("GET /healthz HTTP/1.1\r\n");
  EXPECT_NE(slow.hear("\r\n").find("408"), std::string::npos);
}

TEST_F(TlsTest, FilesThatWillNotDoAreNamed) {
  const auto fault_of = [](const TlsFiles& files) -> std::string {
    try {
      const Tls tls{files};
    } catch (const base::Fault& fault) {
      return fault.what();
    }
    return "";
  };
  make_certificate(files("other"));
  make_certificate(files("secret"), true);
  EXPECT_EQ(fault_of(files("relay")), "");
  EXPECT_NE(fault_of(files("nowhere")).find("nowhere.crt"), std::string::npos);
  EXPECT_NE(fault_of({files("relay").certificate, files("other").key}).find("other.key"),
            std::string::npos);
  EXPECT_NE(fault_of(files("secret")).find("secret.key"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::relay
