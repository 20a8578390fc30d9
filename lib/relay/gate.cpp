#include "relay/gate.h"

#include <algorithm>
#include <cstring>

#include "relay/limits.h"

namespace tocsin::relay {

using seal::Role;

namespace {

constexpr auto kOpenLife = std::chrono::days{7};

// Whether a key of this role writes in the organisation's name.
bool speaks_for_organisation(Role role) {
  return seal::is_coordinator(role) || role == Role::incident;
}

limits::Rate message_rate(Role role) {
  return role == Role::invitation ? limits::kInvitationMessages : limits::kDeviceMessages;
}

}  // namespace

std::size_t Gate::HashOf::operator()(const seal::Hash& hash) const noexcept {
  std::size_t out = 0;
  std::memcpy(&out, hash.data(), sizeof out);
  return out;
}

std::size_t Gate::HashOf::operator()(const seal::KeyId& id) const noexcept {
  std::size_t out = 0;
  std::memcpy(&out, id.bytes.data(), sizeof out);
  return out;
}

Gate::Gate(std::vector<wire::Organisation> organisations, std::map<seal::KeyId, OpenMailbox> open,
           const base::Clock& clock)
    : organisations_(std::move(organisations)),
      open_(std::move(open)),
      clock_(clock),
      first_proofs_(limits::kFirstProofs, clock.now()) {}

std::variant<Caller, Refusal> Gate::admit(const wire::Asked& asked, std::string_view proof_header,
                                          std::string_view certificate_header) {
  const auto proof = wire::decode_proof(proof_header);
  if (!proof) return Refusal{401, "no proof of a key"};
  // The time is checked first: checking the signature takes 100 µs.
  const base::Instant now = clock_.now();
  if (proof->time < now - wire::kProofWindow || proof->time > now + wire::kProofWindow)
    return Refusal{
        401, "the proof's time is more than 5 minutes away from the relay's", 0, {}, now};
  Caller caller{proof->identity.id(), std::nullopt};
  if (!senders_.contains(caller.id) && !first_proofs_.take(limits::kFirstProofs, now))
    return Refusal{429, "too many new keys at once",
                   first_proofs_.wait_seconds(limits::kFirstProofs)};
  if (!wire::is_proven(*proof, asked)) return Refusal{401, "the proof's signature is wrong"};

  if (!certificate_header.empty()) {
    const Known* found = known(certificate_header, now);
    if (found == nullptr)
      return Refusal{403, "the certificate is not one of an organisation that this relay serves"};
    if (found->certificate.subject != proof->identity)
      return Refusal{403, "the certificate is for another key"};
    caller.vouched = Caller::Vouched{found->certificate.role, found->organisation};
  }
  const limits::Rate rate = request_rate(caller);
  base::Allowance& requests = sender(caller, now).requests;
  if (!requests.take(rate, now))
    return Refusal{429, "too many requests", requests.wait_seconds(rate)};
  return caller;
}

limits::Rate Gate::request_rate(const Caller& caller) const {
  if (may_open(caller) || is_organisations(caller.id) || is_open(caller.id))
    return limits::kOrganisationRequests;
  return caller.vouched ? limits::kMemberRequests : limits::kStrangerRequests;
}

// When there are too many, strangers are forgotten first: anybody can make any number of keys.
Gate::Sender& Gate::sender(const Caller& caller, base::Instant now) {
  if (senders_.size() >= limits::kMostSenders && !senders_.contains(caller.id)) {
    std::erase_if(senders_, [](const auto& sender) { return sender.second.is_stranger; });
    if (senders_.size() >= limits::kMostSenders) senders_.clear();
  }
  const limits::Rate messages =
      caller.vouched ? message_rate(caller.vouched->role) : limits::kDeviceMessages;
  Sender& found =
      senders_.try_emplace(caller.id, Sender{{request_rate(caller), now}, {messages, now}})
          .first->second;
  found.is_stranger = found.is_stranger && !caller.vouched;
  return found;
}

const Gate::Known* Gate::known(std::string_view header, base::Instant now) {
  const seal::Hash hash = seal::hash_of(base::bytes_of(header));
  auto found = known_.find(hash);
  if (found == known_.end()) {
    const auto bytes = base::from_base64url(header);
    const auto certificate = bytes ? seal::decode_certificate(*bytes) : std::nullopt;
    if (!certificate) return nullptr;
    const auto issuer = std::find_if(
        organisations_.begin(), organisations_.end(), [&](const wire::Organisation& organisation) {
          return organisation.verify == certificate->issuer &&
                 seal::is_valid(*certificate, organisation.verify, now);
        });
    if (issuer == organisations_.end()) return nullptr;
    if (known_.size() >= limits::kMostCertificates) known_.clear();
    found = known_.emplace(hash, Known{*certificate, issuer->enrolment}).first;
  }
  const seal::Certificate& certificate = found->second.certificate;
  if (!seal::is_in_force(certificate, now)) return nullptr;
  return &found->second;
}

bool Gate::may_open(const Caller& writer) const noexcept {
  return writer.vouched && speaks_for_organisation(writer.vouched->role);
}

std::optional<OpenMailbox> Gate::opening(const Caller& writer, const seal::KeyId& mailbox) const {
  if (!may_open(writer)) return std::nullopt;
  const OpenMailbox open{writer.vouched->organisation, clock_.now() + kOpenLife};
  const auto found = open_.find(mailbox);
  if (found == open_.end() || found->second.until <= clock_.now()) return open;
  // An organisation cannot take the mailbox of another, whose devices could no longer answer.
  if (found->second.organisation != open.organisation) return std::nullopt;
  if (found->second.until + std::chrono::hours{1} > open.until) return std::nullopt;
  return open;
}

bool Gate::is_open(const seal::KeyId& mailbox, const seal::KeyId* organisation) const {
  const auto found = open_.find(mailbox);
  return found != open_.end() && found->second.until > clock_.now() &&
         (organisation == nullptr || found->second.organisation == *organisation);
}

bool Gate::may_write(const Caller& writer, const seal::KeyId& mailbox) const {
  if (!writer.vouched) return false;
  const seal::KeyId& organisation = writer.vouched->organisation;
  const Role role = writer.vouched->role;
  if (speaks_for_organisation(role) || mailbox == organisation) return true;
  return role == Role::device && is_open(mailbox, &organisation);
}

bool Gate::spend(const Caller& writer) {
  if (!writer.vouched) return false;
  const Role role = writer.vouched->role;
  if (speaks_for_organisation(role)) return true;
  const base::Instant now = clock_.now();
  return sender(writer, now).messages.take(message_rate(role), now);
}

int Gate::wait_seconds(const Caller& writer) {
  return sender(writer, clock_.now())
      .messages.wait_seconds(message_rate(writer.vouched ? writer.vouched->role : Role::device));
}

bool Gate::is_organisations(const seal::KeyId& mailbox) const {
  return std::any_of(organisations_.begin(), organisations_.end(),
                     [&](const auto& organisation) { return organisation.enrolment == mailbox; });
}

std::size_t Gate::capacity(const seal::KeyId& mailbox) const {
  return is_organisations(mailbox) || is_open(mailbox) ? limits::kBusyMailbox : limits::kMailbox;
}

void Gate::tidy() {
  const base::Instant now = clock_.now();
  std::erase_if(open_, [&](const auto& open) { return open.second.until <= now; });
  // After a quarter of an hour any allowance is full again.
  std::erase_if(senders_, [&](const auto& sender) {
    return sender.second.requests.used() + std::chrono::minutes{15} < now;
  });
  std::erase_if(known_, [&](const auto& known) { return known.second.certificate.expires <= now; });
}

}  // namespace tocsin::relay
