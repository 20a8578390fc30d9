// Accepting devices: those that wait at the relay come onto the membership list, and are told so.
// The list comes first and the message after it, so that nobody is told what is not so: who is on
// the list and was not told is told the next time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "control/enrolments.h"
#include "home/home.h"
#include "roster/people/roster.h"

namespace tocsin::control {

struct AcceptingTerms {
  bool accepts = false;  // otherwise who waits is only looked at
  bool insists = false;  // by somebody's word: a relay that is out of reach is a Fault then
  bool reviews = false;  // record that the list was gone through today
  std::string words{};   // accept only the device with these words, in any case and spacing
};

// What a look found, and what is on the list after it.
struct Looked {
  roster::Roster roster;
  roster::Membership membership;
  Waiting waiting;                                  // with `accepts`, its devices are members now
  std::optional<channel::SubscriptionBook> wakers;  // absent when push is no channel
  std::vector<std::string> untold;                  // what a device could not be told, and why
};

class Accepting {
 public:
  // The first three outlive it. `unlock` gives the organisation's key; it is called at most once,
  // and not before the key is needed.
  Accepting(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock,
            std::function<seal::Identity()> unlock);

  // Handles what the relay has, once. Faults (untrusted) when no device has the words.
  Looked look(const AcceptingTerms& terms);
  // Goes on until `end`, and calls `seen` after each look. A relay that does not answer is asked
  // again: `trouble` hears of it once. Returns why it did not answer in the end, or nothing.
  std::string wait(AcceptingTerms terms, base::Instant end,
                   const std::function<void(const Looked&)>& seen,
                   const std::function<void(const std::string&)>& trouble);

 private:
  using Pending = std::vector<roster::PendingInvitation>;
  struct Seen {
    roster::Membership membership;
    Pending given;
    Pending left;  // the same invitations, with used ones marked
    Waiting waiting;
  };

  Looked handle(const AcceptingTerms& terms, std::chrono::seconds patience);
  Seen see(const AcceptingTerms& terms);
  bool keep(const AcceptingTerms& terms, Seen& seen);
  void tell(const Looked& looked, bool turns_away, std::vector<std::string>& untold);
  const seal::SigningKey& organisation();

  const home::Home& home_;
  const home::Unlocked& keys_;
  const base::Clock& clock_;
  std::function<seal::Identity()> unlock_;
  std::optional<seal::Identity> organisation_;
  Enrolments enrolments_;
};

}  // namespace tocsin::control
