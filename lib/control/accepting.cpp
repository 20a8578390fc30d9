#include "control/accepting.h"

#include <algorithm>
#include <sstream>
#include <thread>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "seal/entropy.h"

namespace tocsin::control {

namespace {

constexpr std::chrono::seconds kOnePoll{50};  // proxies drop a quiet connection after a minute
constexpr std::chrono::seconds kRest{2};      // pause before asking a relay that did not answer

// The words in the form of fingerprints: lower case, with single spaces.
std::string one_spaced(std::string_view typed) {
  std::istringstream words{base::to_lower(typed)};
  std::string out;
  for (std::string word; words >> word; out += word) out += out.empty() ? "" : " ";
  return out;
}

bool has_come(const Waiting& waiting) {
  return !(waiting.devices.empty() && waiting.listed.empty());
}

}  // namespace

Accepting::Accepting(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock,
                     std::function<seal::Identity()> unlock)
    : home_(home),
      keys_(keys),
      clock_(clock),
      unlock_(std::move(unlock)),
      enrolments_(home, keys, clock) {}

Looked Accepting::look(const AcceptingTerms& terms) {
  return handle(terms, std::chrono::seconds{0});
}

std::string Accepting::wait(AcceptingTerms terms, base::Instant end,
                            const std::function<void(const Looked&)>& seen,
                            const std::function<void(const std::string&)>& trouble) {
  terms.reviews = false;
  const auto left = [&] { return std::chrono::ceil<std::chrono::seconds>(end - clock_.now()); };
  std::string why;
  while (clock_.now() < end) {
    const std::string before = std::exchange(why, {});
    try {
      seen(handle(terms, std::min(left(), kOnePoll)));
      continue;
    } catch (const base::Fault& fault) {
      // A wait of a whole day must survive a restart of the relay.
      if (fault.exit() != base::Exit::unreachable) throw;
      why = fault.what();
    }
    if (why != before) trouble(why);
    std::this_thread::sleep_for(std::clamp(left(), std::chrono::seconds{0}, kRest));
  }
  return why;
}

Looked Accepting::handle(const AcceptingTerms& terms, std::chrono::seconds patience) {
  const bool waits = patience > std::chrono::seconds{0};
  if (waits) enrolments_.wait(patience);
  Looked looked;
  looked.roster = read_roster(home_, keys_.store);
  bool came = false;
  bool turns_away = false;
  for (bool is_kept = false; !is_kept;) {
    Seen seen = see(terms);
    came = has_come(seen.waiting);
    // With words only one of the waiting devices is handled; the others continue to wait. A device
    // with a used code must not make a look that nobody insists on ask for the organisation's key.
    turns_away = terms.accepts && terms.words.empty() && !seen.waiting.turned_away.empty() &&
                 (terms.insists || came);
    const bool changes = (terms.accepts && came) || terms.reviews;
    if (turns_away) organisation();  // ask for it before anything is changed
    is_kept = !changes || keep(terms, seen);
    looked.membership = std::move(seen.membership);
    looked.waiting = std::move(seen.waiting);
  }
  if (terms.accepts) tell(looked, turns_away, looked.untold);
  // With words the other enrolments stay at the relay. In a wait, unsound ones are deleted, too,
  // because each would end the wait at once.
  if (terms.accepts && terms.words.empty() && (came || turns_away || waits))
    enrolments_.forget(looked.waiting);
  if (push_setting(home_) != nullptr) looked.wakers = read_subscriptions(home_, keys_.store);
  return looked;
}

Accepting::Seen Accepting::see(const AcceptingTerms& terms) {
  // Read them in the reverse order of writing. Then a device whose invitation another process has
  // just marked as used is on the list already.
  Pending given = read_invitations(home_, keys_.store);
  Seen seen{read_membership(home_, keys_.store), given, std::move(given), {}};
  seen.waiting = enrolments_.fetch(seen.left, seen.membership, {one_spaced(terms.words)});
  const Waiting& waiting = seen.waiting;
  if (!waiting.trouble.empty() && terms.insists)
    throw base::Fault(base::Exit::unreachable, waiting.trouble,
                      "is the relay of tocsin.yaml running?");
  if (!terms.words.empty() && waiting.devices.empty())
    throw base::Fault(base::Exit::untrusted, "no device that waits has these words",
                      "have them read out again; \"tocsin staff enrolled\" shows who waits");
  return seen;
}

// Puts the waiting devices on the list. Returns false and writes nothing when the membership or the
// invitations have changed meanwhile: while the relay or a person was asked, somebody may have been
// revoked or invited.
bool Accepting::keep(const AcceptingTerms& terms, Seen& seen) {
  const seal::SigningKey& signing = organisation();
  const base::FileLock held = hold_people(home_);
  if (read_membership(home_, keys_.store).number() != seen.membership.number() ||
      read_invitations(home_, keys_.store) != seen.given)
    return false;
  seal::Entropy random;
  const base::Instant now = clock_.now();
  if (terms.accepts)
    for (const roster::Enrolled& device : seen.waiting.devices)
      seen.membership.add(
          {device.person, device.device, device.name, now, keys_.certificate.name, std::nullopt});
  if (terms.reviews) seen.membership.review(std::chrono::floor<std::chrono::days>(now));
  write_membership(home_, keys_.store, seen.membership, signing, now, random);
  if (terms.accepts) write_invitations(home_, keys_.store, seen.left, now, random);
  return true;
}

void Accepting::tell(const Looked& looked, bool turns_away, std::vector<std::string>& untold) {
  const std::uint64_t number = looked.membership.number();
  seal::Entropy random;
  if (has_come(looked.waiting)) enrolments_.tell(looked.waiting, number, organisation(), random);
  if (turns_away) {
    const std::string why =
        enrolments_.tell_unlisted(looked.waiting.turned_away, number, organisation(), random);
    if (!why.empty()) untold.push_back("a device was not told that it is rejected: " + why);
  }
  take_subscriptions(home_, keys_, looked.waiting, random);
  const std::string why = offer_to_wake(home_, keys_, looked.membership, clock_, random);
  if (!why.empty()) untold.push_back("a device was not offered to be woken: " + why);
}

const seal::SigningKey& Accepting::organisation() {
  if (!organisation_) organisation_.emplace(unlock_());
  return organisation_->signing;
}

}  // namespace tocsin::control
