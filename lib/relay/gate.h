// Who may do what at a relay (tocsin-relay(5), "Who may do what"): checks proofs and certificates,
// knows which mailboxes are open, and limits the rate of each sender. It only decides, and touches
// neither disk nor socket. All its input is hostile.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/allowance.h"
#include "base/clock.h"
#include "relay/limits.h"
#include "relay/store/store.h"
#include "seal/at_rest.h"
#include "seal/certificate.h"
#include "seal/key.h"
#include "wire/organisation.h"
#include "wire/proof.h"

namespace tocsin::relay {

struct Refusal {
  int status = 400;
  std::string_view reason;
  int retry_after_seconds = 0;
  std::string_view allow{};             // with 405: the method that this target takes
  std::optional<base::Instant> date{};  // the relay's clock, for a proof of another time
};

// A client that has proven a key, and what an organisation's certificate says of that key.
struct Caller {
  struct Vouched {
    seal::Role role = seal::Role::device;
    seal::KeyId organisation;  // its enrolment mailbox
  };
  seal::KeyId id;
  std::optional<Vouched> vouched;
};

class Gate {
 public:
  Gate(std::vector<wire::Organisation> organisations, std::map<seal::KeyId, OpenMailbox> open,
       const base::Clock& clock);

  // The headers are as received; an absent one is empty. Takes one request off the sender's
  // allowance.
  std::variant<Caller, Refusal> admit(const wire::Asked& asked, std::string_view proof,
                                      std::string_view certificate);

  // How to open `mailbox` to the devices of this writer's organisation for a week. nullopt when
  // the writer may not open it, when it was opened less than an hour ago, or when it is open to
  // another organisation. Nothing changes until `opened` is called.
  std::optional<OpenMailbox> opening(const Caller& writer, const seal::KeyId& mailbox) const;
  void opened(const seal::KeyId& mailbox, const OpenMailbox& open) { open_[mailbox] = open; }

  bool may_open(const Caller& writer) const noexcept;
  bool may_write(const Caller& writer, const seal::KeyId& mailbox) const;
  // Takes one message from the writer's allowance; false when it is used up.
  bool spend(const Caller& writer);
  int wait_seconds(const Caller& writer);  // until it may write again
  // How many items this mailbox may hold.
  std::size_t capacity(const seal::KeyId& mailbox) const;
  // Whether it is open to the devices of any organisation. Its reader is then no stranger.
  bool is_open(const seal::KeyId& mailbox) const { return is_open(mailbox, nullptr); }

  // Forgets what has expired. Cheap; call it about every minute.
  void tidy();

 private:
  struct Known {  // a certificate whose signature has been checked
    seal::Certificate certificate;
    seal::KeyId organisation;
  };
  struct Sender {
    base::Allowance requests;
    base::Allowance messages;
    bool is_stranger = true;
  };
  struct HashOf {
    std::size_t operator()(const seal::Hash& hash) const noexcept;
    std::size_t operator()(const seal::KeyId& id) const noexcept;
  };

  const Known* known(std::string_view header, base::Instant now);
  Sender& sender(const Caller& caller, base::Instant now);
  limits::Rate request_rate(const Caller& caller) const;
  bool is_organisations(const seal::KeyId& mailbox) const;
  bool is_open(const seal::KeyId& mailbox, const seal::KeyId* organisation) const;

  std::vector<wire::Organisation> organisations_;
  std::map<seal::KeyId, OpenMailbox> open_;
  const base::Clock& clock_;
  std::unordered_map<seal::Hash, Known, HashOf> known_;
  base::Allowance first_proofs_;
  std::unordered_map<seal::KeyId, Sender, HashOf> senders_;  // those that proved a key recently
};

}  // namespace tocsin::relay
