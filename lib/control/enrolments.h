// The organisation's side of enrolment: reads its mailbox on the relay, and answers devices.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "channel/mailbox.h"
#include "channel/subscription_book.h"
#include "home/home.h"
#include "roster/membership/enrolment.h"
#include "roster/membership/membership.h"
#include "wire/messages.h"

namespace tocsin::control {

struct Subscribed {  // how a device that is listed can be woken
  seal::KeyId device;
  channel::Subscription subscription;
  base::Instant said;
};

struct Waiting {
  std::vector<roster::Enrolled> devices;  // sound, and not on the list yet
  std::vector<roster::Enrolled> listed;   // on the list already, but perhaps not told so
  std::vector<Subscribed> subscribed;
  std::vector<seal::PublicIdentity> turned_away;  // their invitations were used by others
  std::size_t rejected = 0;                       // all rejected, including those
  std::uint64_t cursor = 0;                       // of the last one read
  std::string trouble;                            // with the relay; empty when there was none
};

// Which enrolments to handle: that of the device with these words, or all when empty. Only a device
// that is sought uses up its invitation.
struct Sought {
  std::string words;
  std::uint64_t after = 0;  // the cursor to continue from
  int pages = 1'000;        // more than an honest mailbox holds; a limit for a hostile relay
};

class Enrolments {
 public:
  Enrolments(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock);

  // Waits until an enrolment is there, at most `patience` (at most a minute). After it, read the
  // home's files again: the device may have been invited meanwhile.
  void wait(std::chrono::seconds patience);
  // Reads the mailbox and marks used invitations. The result is empty when the home has no relay.
  Waiting fetch(std::span<roster::PendingInvitation> invitations,
                const roster::Membership& membership, const Sought& sought = {});
  // Sends each device its certificate, with the number of the membership list. Faults (unreachable)
  // when the relay takes none.
  void tell(const Waiting& waiting, std::uint64_t membership, const seal::SigningKey& organisation,
            base::Random& random);
  // Tells devices that they are not on the list (any more), so that they destroy their keys and
  // messages. Returns why that failed, or nothing.
  std::string tell_unlisted(std::span<const seal::PublicIdentity> devices, std::uint64_t membership,
                            const seal::SigningKey& organisation, base::Random& random);
  // Tells devices with which key they can be woken (tocsin-enrolment(5), OFFER). Returns one
  // Delivery for each, in order.
  std::vector<channel::Delivery> offer(std::span<const roster::Device> devices,
                                       const seal::P256Point& key, base::Random& random);
  // Tells the relay to delete what was fetched.
  void forget(const Waiting& waiting);

 private:
  channel::Mailbox mailbox(const seal::Identity& identity,
                           std::optional<seal::Certificate> certificate) const;
  channel::SealedMessage sealed(const seal::PublicIdentity& device, const base::Bytes& payload,
                                base::Instant now, base::Random& random) const;
  void read(const wire::Item& item, std::span<roster::PendingInvitation> invitations,
            const roster::Membership& membership, const std::string& words, Waiting& waiting) const;

  const home::Home& home_;
  const home::Unlocked& keys_;
  const base::Clock& clock_;
};

// Offers push to devices that cannot be woken and were not offered it in the last week, which is
// how long a relay keeps the offer. Returns why that failed, or nothing.
std::string offer_to_wake(const home::Home& home, const home::Unlocked& keys,
                          const roster::Membership& membership, const base::Clock& clock,
                          base::Random& random);
// Puts the subscriptions that devices sent into the home's book.
void take_subscriptions(const home::Home& home, const home::Unlocked& keys, const Waiting& waiting,
                        base::Random& random);

}  // namespace tocsin::control
