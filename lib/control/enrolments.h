// The organisation's end of enrolment: what waits in its mailbox on the relay, and the answer to
// it.
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
  std::vector<roster::Enrolled> listed;   // on the list already, but perhaps never told so
  std::vector<Subscribed> subscribed;
  std::vector<seal::PublicIdentity> turned_away;  // others used their invitations
  std::size_t rejected = 0;                       // those among them
  std::uint64_t cursor = 0;                       // of the last one seen
  std::string trouble;                            // with the relay; empty when there was none
};

// What is asked of the relay: of which device, by its words; empty: of all. An invitation is used
// up by a device asked for only.
struct Sought {
  std::string words;
  std::uint64_t after = 0;  // the cursor to go on from
  int pages = 1'000;        // all that a mailbox may hold, and no more of one that never ends
};

class Enrolments {
 public:
  Enrolments(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock);

  // Until something waits, so long at most, a minute being the longest. Nothing that was read from
  // the home before holds afterwards: whoever comes may have been invited meanwhile.
  void wait(std::chrono::seconds patience);
  // Marks the invitations that were used. Nothing waits when the home has no relay.
  Waiting fetch(std::span<roster::PendingInvitation> invitations,
                const roster::Membership& membership, const Sought& sought = {});
  // Sends each device its certificate, by the list of that number. Faults (unreachable) when the
  // relay takes none.
  void tell(const Waiting& waiting, std::uint64_t membership, const seal::SigningKey& organisation,
            base::Random& random);
  // Tells devices that are not, or no longer, on the list so, that they may destroy what they hold.
  // Returns why that failed; empty when it did not.
  std::string tell_unlisted(std::span<const seal::PublicIdentity> devices, std::uint64_t membership,
                            const seal::SigningKey& organisation, base::Random& random);
  // Tells devices by which key they can be woken (tocsin-enrolment(5), OFFER). One Delivery for
  // each, in order.
  std::vector<channel::Delivery> offer(std::span<const roster::Device> devices,
                                       const seal::P256Point& key, base::Random& random);
  // The relay may delete what was fetched.
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

// Whoever has not been offered it within the week in which a relay keeps such a message, and can
// still not be woken, is offered it. Returns why that failed; empty when it did not.
std::string offer_to_wake(const home::Home& home, const home::Unlocked& keys,
                          const roster::Membership& membership, const base::Clock& clock,
                          base::Random& random);
// Takes what devices said into the home's book.
void take_subscriptions(const home::Home& home, const home::Unlocked& keys, const Waiting& waiting,
                        base::Random& random);

}  // namespace tocsin::control
