// Who may do what at a relay (tocsin-relay(5), "Who may do what"): checks proofs and certificates,
// knows which mailboxes are open, and meters what one device can write. Decides; touches no disk
// and no socket. Everything it is given is hostile until it says otherwise.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "channel/wire.h"
#include "relay/store.h"
#include "seal/at_rest.h"
#include "seal/certificate.h"
#include "seal/key.h"

namespace tocsin::relay {

struct Refusal {
  int status = 400;
  std::string_view reason;
  int retry_after_seconds = 0;
};

// Somebody who has proven a key, and what an organisation says of that key.
struct Caller {
  struct Vouched {
    seal::Role role = seal::Role::device;
    seal::KeyId organisation;  // its mailbox
    base::Instant until;
  };
  seal::KeyId id;
  std::optional<Vouched> vouched;
};

class Gate {
 public:
  Gate(std::vector<seal::PublicIdentity> organisations, std::map<seal::KeyId, OpenMailbox> open,
       const base::Clock& clock);

  // Headers as they came; an absent header is empty.
  std::variant<Caller, Refusal> admit(const channel::wire::Asked& asked, std::string_view proof,
                                      std::string_view certificate);

  // When this caller opens its mailbox to devices for the first time, or for longer than before.
  std::optional<OpenMailbox> opens(const Caller& caller);

  bool may_write(const Caller& writer, const seal::KeyId& mailbox) const;
  // Takes one message off the writer's allowance; false when it is used up.
  bool spend(const Caller& writer);
  // How many items this mailbox may hold.
  std::size_t capacity(const seal::KeyId& mailbox) const;
  bool wants_receipts(const Caller& writer) const noexcept;

  // Forgets what has lapsed. Cheap; call every minute or so.
  void tidy();

 private:
  struct Known {  // a certificate whose signature was checked before
    seal::Certificate certificate;
    seal::KeyId organisation;
  };
  struct Allowance {
    double left = 0;
    base::Instant at;
  };
  struct HashOf {
    std::size_t operator()(const seal::Hash& hash) const noexcept;
  };

  const Known* known(std::string_view header, base::Instant now);
  bool is_open(const seal::KeyId& mailbox, const seal::KeyId* organisation) const;

  std::vector<std::pair<seal::KeyId, seal::PublicIdentity>> organisations_;
  std::map<seal::KeyId, OpenMailbox> open_;
  const base::Clock& clock_;
  std::unordered_map<seal::Hash, Known, HashOf> known_;
  std::map<seal::KeyId, Allowance> allowances_;
};

}  // namespace tocsin::relay
