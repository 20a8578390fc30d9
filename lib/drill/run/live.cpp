#include "drill/run/live.h"

#include <fmt/format.h>

#include "base/fault.h"

namespace tocsin::drill {

namespace {

[[noreturn]] void broken(std::string_view what) {
  throw base::Fault(base::Exit::unreachable, fmt::format("the drill's own relay: {}", what));
}

}  // namespace

RelayPhones::RelayPhones(channel::RelayAddress relay, std::vector<Device> devices,
                         const seal::VerifyKey& organisation, const seal::PublicIdentity& incident,
                         const base::Clock& clock, base::Random& random)
    : relay_(std::move(relay)),
      http_(std::make_shared<channel::HttpClient>(channel::HttpSettings{})),
      devices_(std::move(devices)),
      cursors_(devices_.size(), 0),
      organisation_(organisation),
      incident_(incident),
      clock_(clock),
      random_(random) {}

// Made for each use, all over one connection: a drill need not open a thousand.
channel::Mailbox RelayPhones::mailbox_of(std::size_t person) const {
  const Device& device = devices_[person];
  return {relay_, channel::credentials_of(device.identity, device.certificate), clock_, http_};
}

std::vector<device::Message> RelayPhones::fetch(std::size_t person, base::Instant now) {
  channel::Mailbox mailbox = mailbox_of(person);
  const channel::Mailbox::Page page = mailbox.poll(cursors_[person], std::chrono::seconds{0});
  if (!page.trouble.empty()) broken(page.trouble);
  std::vector<device::Message> out;
  for (const wire::Item& item : page.items) {
    cursors_[person] = item.cursor;
    is_announced_ = true;
    if (item.kind != wire::ItemKind::message) continue;
    auto message =
        device::open_message(item.envelope, devices_[person].identity.opening, organisation_, now);
    if (!message) broken("a device refused a message of the coordinator");
    out.push_back(std::move(*message));
  }
  if (!out.empty() && !mailbox.acknowledge(cursors_[person])) broken("it kept what was taken");
  return out;
}

void RelayPhones::send(std::size_t person, const seal::Header& header,
                       const incident::Reply& reply) {
  // The relay knows the incident only once somebody was written to over it. Nobody is, when the
  // playbook has only the telephone, and then an offer is lost.
  if (!is_announced_) return;
  channel::SealedMessage message{
      header.id,
      seal::to_text(incident_.id()),
      {seal::seal_envelope(seal::Prepared{incident_.seal, random_}, header, incident::encode(reply),
                           devices_[person].identity.signing)},
      header.expires};
  const auto deliveries = mailbox_of(person).send({&message, 1});
  if (deliveries.front().receipt > contact::Receipt::read) broken(deliveries.front().reason);
}

}  // namespace tocsin::drill
