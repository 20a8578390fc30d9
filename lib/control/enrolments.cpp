#include "control/enrolments.h"

#include <algorithm>

#include "base/fault.h"
#include "control/wakeable.h"
#include "roster/membership/standing.h"
#include "seal/words.h"

namespace tocsin::control {

namespace {

// A device's certificate is valid for as long as people keep a telephone. Revoking ends it earlier.
constexpr std::chrono::days kDeviceLife{5 * 365};
constexpr std::chrono::days kAcceptanceLife{7};

bool is_sound(const seal::VerifyKey& device, const Waiting& waiting) {
  return std::ranges::any_of(waiting.devices, [&](const roster::Enrolled& enrolled) {
    return enrolled.device.verify == device;
  });
}

}  // namespace

Enrolments::Enrolments(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock)
    : home_(home), keys_(keys), clock_(clock) {}

channel::Mailbox Enrolments::mailbox(const seal::Identity& identity,
                                     std::optional<seal::Certificate> certificate) const {
  const home::Relay& relay = *home_.settings().relay;
  return {
      {relay.url, relay.pins}, channel::credentials_of(identity, std::move(certificate)), clock_};
}

void Enrolments::wait(std::chrono::seconds patience) {
  if (home_.settings().relay) mailbox(keys_.enrolment, std::nullopt).poll(0, patience);
}

Waiting Enrolments::fetch(std::span<roster::PendingInvitation> invitations,
                          const roster::Membership& membership, const Sought& sought) {
  Waiting waiting;
  if (!home_.settings().relay) return waiting;
  channel::Mailbox box = mailbox(keys_.enrolment, std::nullopt);
  waiting.cursor = sought.after;
  for (int pages = 0; pages < sought.pages; ++pages) {
    const channel::Mailbox::Page page = box.poll(waiting.cursor, std::chrono::seconds{0});
    waiting.trouble = page.trouble;
    if (page.items.empty()) break;
    for (const wire::Item& item : page.items) {
      waiting.cursor = std::max(waiting.cursor, item.cursor);
      if (item.kind == wire::ItemKind::message)
        read(item, invitations, membership, sought.words, waiting);
    }
  }
  // Keep each device once, and none that has also sent a sound enrolment.
  std::vector<seal::PublicIdentity>& turned_away = waiting.turned_away;
  std::ranges::sort(turned_away);
  turned_away.erase(std::unique(turned_away.begin(), turned_away.end()), turned_away.end());
  std::erase_if(turned_away,
                [&](const seal::PublicIdentity& one) { return is_sound(one.verify, waiting); });
  return waiting;
}

void Enrolments::read(const wire::Item& item, std::span<roster::PendingInvitation> invitations,
                      const roster::Membership& membership, const std::string& words,
                      Waiting& waiting) const {
  const base::Instant now = clock_.now();
  auto result = seal::open_envelope(item.envelope, keys_.enrolment.opening, now);
  const auto* opened = std::get_if<seal::Opened>(&result);
  if (opened == nullptr) {
    ++waiting.rejected;
    return;
  }
  if (const roster::Device* device = membership.find(opened->signer)) {
    if (!device->is_live() || opened->header.kind != seal::Kind::enrolment) return;
    if (!channel::is_subscription_payload(opened->payload))
      waiting.listed.push_back({device->person, device->keys, device->name});
    else if (auto one =
                 channel::decode_subscription_payload(opened->payload, own_push_service(home_)))
      waiting.subscribed.push_back({device->keys.id(), *std::move(one), opened->header.created});
    else
      ++waiting.rejected;
    return;
  }
  // A device that did not hear that its enrolment was taken sends it again.
  if (is_sound(opened->signer, waiting)) return;
  // Check on a copy, because a device that is not the one sought must not use up an invitation.
  std::vector<roster::PendingInvitation> tried(invitations.begin(), invitations.end());
  const auto checked = roster::check_enrolment(*opened, home_.organisation().verify, tried, now);
  const auto* enrolled = std::get_if<roster::Enrolled>(&checked);
  if (enrolled == nullptr) {
    ++waiting.rejected;
    if (const auto& device = std::get<roster::RejectedEnrolment>(checked).device)
      waiting.turned_away.push_back(*device);
  } else if (words.empty() || words == seal::fingerprint_words(enrolled->device)) {
    std::copy(tried.begin(), tried.end(), invitations.begin());
    waiting.devices.push_back(*enrolled);
  }
}

void Enrolments::tell(const Waiting& waiting, std::uint64_t membership,
                      const seal::SigningKey& organisation, base::Random& random) {
  std::vector<roster::Enrolled> devices = waiting.devices;
  devices.insert(devices.end(), waiting.listed.begin(), waiting.listed.end());
  if (devices.empty()) return;
  const base::Instant now = clock_.now();
  std::vector<channel::SealedMessage> messages;
  for (const roster::Enrolled& device : devices) {
    const seal::Certificate certificate = seal::issue_certificate(
        organisation, seal::Role::device, device.device, {},
        static_cast<std::uint64_t>(now.time_since_epoch().count()), now, now + kDeviceLife);
    const roster::Standing standing{
        membership, roster::Listing{home_.settings().organisation, device.person, certificate}};
    messages.push_back(sealed(device.device,
                              roster::standing_payload(organisation, standing, device.device, now),
                              now, random));
  }
  channel::Mailbox box = mailbox(keys_.coordinator, keys_.certificate);
  for (const channel::Delivery& delivery : box.send(messages))
    if (delivery.receipt > contact::Receipt::read)
      throw base::Fault(base::Exit::unreachable,
                        "a device is listed but could not be told: " + delivery.reason,
                        "run \"tocsin staff enrolled --accept\" again");
}

std::string Enrolments::tell_unlisted(std::span<const seal::PublicIdentity> devices,
                                      std::uint64_t membership,
                                      const seal::SigningKey& organisation, base::Random& random) {
  if (!home_.settings().relay) return {};
  const base::Instant now = clock_.now();
  std::vector<channel::SealedMessage> messages;
  for (const seal::PublicIdentity& device : devices)
    messages.push_back(sealed(
        device, roster::standing_payload(organisation, {membership, std::nullopt}, device, now),
        now, random));
  channel::Mailbox box = mailbox(keys_.coordinator, keys_.certificate);
  for (const channel::Delivery& delivery : box.send(messages))
    if (delivery.receipt > contact::Receipt::read) return delivery.reason;
  return {};
}

std::vector<channel::Delivery> Enrolments::offer(std::span<const roster::Device> devices,
                                                 const seal::P256Point& key, base::Random& random) {
  const base::Instant now = clock_.now();
  std::vector<channel::SealedMessage> messages;
  for (const roster::Device& device : devices)
    messages.push_back(sealed(device.keys, channel::offer_payload(key), now, random));
  return mailbox(keys_.coordinator, keys_.certificate).send(messages);
}

channel::SealedMessage Enrolments::sealed(const seal::PublicIdentity& device,
                                          const base::Bytes& payload, base::Instant now,
                                          base::Random& random) const {
  seal::Header header;
  header.kind = seal::Kind::acceptance;
  header.realness = seal::Realness::real;
  header.id = seal::random_message_id(random);
  header.created = now;
  header.expires = now + kAcceptanceLife;
  return {header.id,
          seal::to_text(device.id()),
          {seal::seal_envelope(seal::Prepared{device.seal, random}, header, payload,
                               keys_.enrolment.signing)},
          header.expires};
}

void Enrolments::forget(const Waiting& waiting) {
  if (waiting.cursor > 0) mailbox(keys_.enrolment, std::nullopt).acknowledge(waiting.cursor);
}

std::string offer_to_wake(const home::Home& home, const home::Unlocked& keys,
                          const roster::Membership& membership, const base::Clock& clock,
                          base::Random& random) {
  if (push_setting(home) == nullptr) return {};
  const base::Instant now = clock.now();
  const channel::SubscriptionBook book = read_subscriptions(home, keys.store);
  std::vector<roster::Device> devices;
  for (const roster::Device& device : membership.devices())
    if (device.is_live() && book.wants_offer(device.keys.id(), now - kAcceptanceLife))
      devices.push_back(device);
  if (devices.empty()) return {};
  const seal::P256Point key = home.push_key(keys, random).point();
  const auto deliveries = Enrolments{home, keys, clock}.offer(devices, key, random);
  std::string untold;
  change_subscriptions(home, keys.store, random, [&](channel::SubscriptionBook& changed) {
    for (std::size_t i = 0; i < devices.size(); ++i)
      if (deliveries[i].receipt <= contact::Receipt::read)
        changed.offered(devices[i].keys.id(), now);
      else
        untold = deliveries[i].reason;
    return true;
  });
  return untold;
}

void take_subscriptions(const home::Home& home, const home::Unlocked& keys, const Waiting& waiting,
                        base::Random& random) {
  if (waiting.subscribed.empty()) return;
  change_subscriptions(home, keys.store, random, [&](channel::SubscriptionBook& book) {
    bool any = false;
    for (const Subscribed& one : waiting.subscribed)
      any = book.keep(one.device, one.subscription, one.said) || any;
    return any;
  });
}

}  // namespace tocsin::control
