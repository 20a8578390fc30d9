// A control room whose relay serves over loopback.
#pragma once

#include "relay/server.h"
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

  // What lies in a device's mailbox.
  std::vector<wire::Item> mail_of(const seal::Identity& device) {
    channel::Mailbox mailbox{
        {server_->url(), {}}, channel::credentials_of(device, std::nullopt), clock_};
    return mailbox.poll(0, std::chrono::seconds{0}).items;
  }

  std::unique_ptr<relay::Server> server_;
};

}  // namespace tocsin::control
