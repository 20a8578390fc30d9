// A control room whose relay serves over loopback.
#pragma once

#include "channel/mailbox.h"
#include "relay/server.h"
#include "roster/membership/enrolment.h"
#include "unit/control/room.h"

namespace tocsin::control {

class ServedRoom : public Room {
 protected:
  ServedRoom() {
    relay::ServerSettings settings;
    settings.organisations = {{home().organisation().verify, home().enrolment().id()}};
    server_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    server_->start();
    home::Settings named = home().settings();
    named.relay = home::Relay{server_->url(), {}};
    base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(named)),
                     base::Access::owner_only);
  }

  // A code for one device of a person, which the home has not kept.
  roster::Invitation invite(const char* person) {
    const seal::Identity organisation = Room::organisation();
    return roster::invite(
        {organisation.signing, home().organisation(), home().enrolment(), server_->url(), {}},
        roster::PersonId{person}, clock_.now(), std::chrono::hours{72}, random_);
  }
  // What a device sends that holds the invitation.
  seal::Identity use(const roster::Invitation& invitation) {
    seal::Identity device = seal::Identity::generate(random_);
    use(invitation, device);
    return device;
  }
  void use(const roster::Invitation& invitation, const seal::Identity& device) {
    seal::Header header;
    header.kind = seal::Kind::enrolment;
    header.realness = seal::Realness::real;
    header.id = seal::random_message_id(random_);
    header.created = clock_.now();
    header.expires = clock_.now() + std::chrono::hours{1};
    const channel::SealedMessage message{
        header.id,
        to_text(invitation.enrolment.id()),
        {seal::seal_envelope(
            seal::Prepared{invitation.enrolment.seal, random_}, header,
            roster::enrolment_payload(invitation, device.public_identity(), "phone"),
            device.signing)},
        header.expires};
    channel::Mailbox writer{
        {server_->url(), {}},
        {invitation.key(), invitation.certificate.subject, invitation.certificate},
        clock_};
    EXPECT_EQ(writer.send({&message, 1}).front().receipt, contact::Receipt::sent);
  }

  // What lies in a device's mailbox.
  std::vector<wire::Item> mail_of(const seal::Identity& device) {
    channel::Mailbox mailbox{
        {server_->url(), {}}, channel::credentials_of(device, std::nullopt), clock_};
    return mailbox.poll(0, std::chrono::seconds{0}).items;
  }

  std::unique_ptr<relay::Server> server_;
};

}  // namespace tocsin::control
