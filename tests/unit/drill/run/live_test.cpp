#include "drill/run/live.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/fault.h"
#include "relay/server.h"
#include "unit/drill/recorded_phones.h"
#include "unit/relay/people.h"

namespace tocsin::drill {
namespace {

class LivePhones : public testing::Test {
 protected:
  LivePhones() {
    relay::ServerSettings settings;
    settings.organisations = {who.served()};
    server = std::make_unique<relay::Server>(std::move(settings), clock);
    server->start();
    devices.push_back(new_device());
    devices.push_back(new_device());
  }
  Device new_device() {
    seal::Identity identity = seal::Identity::generate(who.entropy);
    seal::Certificate certificate = who.certificate(seal::Role::device, identity);
    return {std::move(identity), std::move(certificate)};
  }
  channel::RelayAddress address() const { return {server->url(), {}}; }
  std::unique_ptr<RelayPhones> phones(const seal::VerifyKey& trusted) {
    std::vector<Device> copies;
    for (const Device& device : devices)
      copies.push_back({seal::Identity::from_secret_halves(device.identity.secret_halves().view()),
                        device.certificate});
    return std::make_unique<RelayPhones>(address(), std::move(copies), trusted,
                                         who.incident.public_identity(), clock, who.entropy);
  }
  std::unique_ptr<RelayPhones> phones() { return phones(who.organisation.signing.verify_key()); }

  seal::Header header(seal::Kind kind) {
    return {
        kind,        seal::Realness::exercise,       seal::random_message_id(who.entropy), incident,
        clock.now(), clock.now() + base::Minutes{30}};
  }
  // From the coordinator to a device, who opens the incident's mailbox to it.
  void tell(std::size_t to, const std::string& text) {
    incident::Notice notice = notice_of(playbook::MessageKind::request);
    notice.text = text;
    notice.reply_to = who.incident.public_identity();
    notice.certificate = who.certificate(seal::Role::tactical, who.coordinator);
    const seal::Header sent = header(seal::Kind::request);
    const seal::PublicIdentity device = devices[to].identity.public_identity();
    const channel::SealedMessage message{
        sent.id,
        seal::to_text(device.id()),
        {seal::seal_envelope(seal::Prepared{device.seal, who.entropy}, sent,
                             incident::encode(notice), who.coordinator.signing)},
        sent.expires};
    channel::Mailbox coordinator{
        address(),
        channel::credentials_of(who.coordinator,
                                who.certificate(seal::Role::tactical, who.coordinator)),
        clock};
    const auto deliveries = coordinator.send({&message, 1}, who.incident.public_identity().id());
    ASSERT_EQ(deliveries.at(0).receipt, contact::Receipt::sent) << deliveries.at(0).reason;
  }

  relay::People who;
  base::VirtualClock clock{relay::kNight};
  const seal::MessageId incident = seal::random_message_id(who.entropy);
  std::unique_ptr<relay::Server> server;
  std::vector<Device> devices;
};

TEST_F(LivePhones, EachDeviceFetchesItsOwnMailOnceAndInOrder) {
  const auto both = phones();
  EXPECT_TRUE(both->fetch(0, clock.now()).empty());
  tell(0, "first");
  tell(1, "other");
  tell(0, "second");
  const auto mail = both->fetch(0, clock.now());
  ASSERT_EQ(mail.size(), 2u);
  EXPECT_EQ(mail[0].notice.text, "first");
  EXPECT_EQ(mail[1].notice.text, "second");
  EXPECT_EQ(mail[0].header.incident, incident);
  EXPECT_TRUE(both->fetch(0, clock.now()).empty());
  tell(0, "third");
  ASSERT_EQ(both->fetch(0, clock.now()).size(), 1u);
  EXPECT_EQ(both->fetch(1, clock.now()).size(), 1u);
  EXPECT_TRUE(phones()->fetch(0, clock.now()).empty()) << "what was fetched is deleted";
}

TEST_F(LivePhones, AnAnswerReachesTheIncidentAloneAndSignedByItsDevice) {
  const auto both = phones();
  tell(1, "come");
  both->fetch(1, clock.now());
  const seal::Header sent = header(seal::Kind::reply);
  const base::Instant when = clock.now() + base::Minutes{20};
  both->send(1, sent, {incident::Answer::coming, when});
  both->send(1, sent, {incident::Answer::coming, when});  // as the network doubles it
  channel::Mailbox answers{address(), channel::credentials_of(who.incident, std::nullopt), clock};
  std::vector<seal::Opened> opened;
  for (const wire::Item& item : answers.poll(0, std::chrono::seconds{0}).items) {
    if (item.kind != wire::ItemKind::message) continue;
    EXPECT_TRUE(std::holds_alternative<seal::Rejection>(
        seal::open_envelope(item.envelope, who.coordinator.opening, clock.now())));
    opened.push_back(std::get<seal::Opened>(
        seal::open_envelope(item.envelope, who.incident.opening, clock.now())));
  }
  ASSERT_EQ(opened.size(), 1u) << "the relay drops a second copy";
  EXPECT_EQ(opened[0].header, sent);
  EXPECT_EQ(opened[0].signer.bytes, devices[1].identity.signing.verify_key().bytes);
  const auto reply = incident::decode_reply(opened[0].payload);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->answer, incident::Answer::coming);
  EXPECT_EQ(reply->when, when);
}

// A playbook with the telephone alone writes to nobody, and so the relay knows of no incident.
TEST_F(LivePhones, WhoOffersBeforeAnybodyWasWrittenToIsNotHeard) {
  const auto both = phones();
  both->send(0, header(seal::Kind::reply), {incident::Answer::coming, clock.now()});
  tell(1, "come");
  both->fetch(1, clock.now());
  both->send(0, header(seal::Kind::reply), {incident::Answer::coming, clock.now()});
  channel::Mailbox answers{address(), channel::credentials_of(who.incident, std::nullopt), clock};
  const auto items = answers.poll(0, std::chrono::seconds{0}).items;
  EXPECT_EQ(
      std::count_if(items.begin(), items.end(),
                    [](const wire::Item& item) { return item.kind == wire::ItemKind::message; }),
      1);
}

// In a drill every message is genuine, so one that is not is a bug of ours.
TEST_F(LivePhones, AMessageThatADeviceRefusesEndsTheDrill) {
  const seal::Identity stranger = seal::Identity::generate(who.entropy);
  const auto deceived = phones(stranger.signing.verify_key());
  tell(0, "come");
  EXPECT_THROW(deceived->fetch(0, clock.now()), base::Fault);
}

TEST_F(LivePhones, ARelayThatIsGoneEndsTheDrill) {
  const auto both = phones();
  tell(0, "come");
  both->fetch(0, clock.now());
  server.reset();
  EXPECT_THROW(both->fetch(0, clock.now()), base::Fault);
  EXPECT_THROW(both->send(0, header(seal::Kind::reply), {incident::Answer::no, std::nullopt}),
               base::Fault);
}

}  // namespace
}  // namespace tocsin::drill
