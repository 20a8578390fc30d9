#include "roster/membership/membership.h"

#include <algorithm>

namespace tocsin::roster {

namespace {

// tocsin-membership(5)
constexpr std::string_view kMagic = "tocsin-membership";
constexpr std::uint8_t kMembershipVersion = 1;
constexpr std::size_t kSignatureSize = 64;

void write_time(base::ByteWriter& out, base::Instant instant) {
  out.i64(instant.time_since_epoch().count());
}

base::Instant read_time(base::ByteReader& in) {
  return base::Instant{base::Milliseconds{in.i64()}};
}

// Accepts only 0 and 1, so that a list has only one encoding.
bool read_flag(base::ByteReader& in) {
  const std::uint8_t flag = in.u8();
  if (flag > 1) in.fail();
  return flag == 1;
}

void write(base::ByteWriter& out, const Device& device) {
  out.text(device.person.str());
  seal::write(out, device.keys);
  out.text(device.name);
  write_time(out, device.added);
  out.text(device.added_by);
  out.u8(device.revoked ? 1 : 0);
  if (!device.revoked) return;
  write_time(out, device.revoked->at);
  out.text(device.revoked->by);
  out.text(device.revoked->reason);
}

Device read_device(base::ByteReader& in) {
  Device device;
  device.person = PersonId{in.text()};
  device.keys = seal::read_public_identity(in);
  device.name = in.text();
  device.added = read_time(in);
  device.added_by = in.text();
  if (read_flag(in)) {
    Revocation revocation;
    revocation.at = read_time(in);
    revocation.by = in.text();
    revocation.reason = in.text();
    device.revoked = std::move(revocation);
  }
  return device;
}

}  // namespace

const Device* Membership::find(const seal::KeyId& id) const noexcept {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : &devices_[at->second];
}

const Device* Membership::find(const seal::VerifyKey& key) const noexcept {
  const auto at = by_key_.find(key);
  return at == by_key_.end() ? nullptr : &devices_[at->second];
}

std::vector<const Device*> Membership::live_devices(const PersonId& person) const {
  std::vector<const Device*> out;
  const auto at = by_person_.find(person);
  if (at == by_person_.end()) return out;
  for (const std::size_t index : at->second)
    if (devices_[index].is_live()) out.push_back(&devices_[index]);
  return out;
}

bool Membership::add(Device device) {
  if (!by_key_.emplace(device.keys.verify, devices_.size()).second) return false;
  by_id_.emplace(device.keys.id(), devices_.size());
  by_person_[device.person].push_back(devices_.size());
  devices_.push_back(std::move(device));
  return true;
}

bool Membership::revoke(const seal::KeyId& id, Revocation revocation) {
  const auto at = by_id_.find(id);
  if (at == by_id_.end() || !devices_[at->second].is_live()) return false;
  devices_[at->second].revoked = std::move(revocation);
  return true;
}

base::Bytes Membership::encode() const {
  base::ByteWriter out;
  out.raw(base::bytes_of(kMagic));
  out.u8(kMembershipVersion);
  out.u64(number_);
  write_time(out, signed_at_);
  out.u8(reviewed_ ? 1 : 0);
  if (reviewed_) out.u32(static_cast<std::uint32_t>(reviewed_->time_since_epoch().count()));
  out.varint(devices_.size());
  for (const Device& device : devices_) write(out, device);
  return out.take();
}

std::optional<Membership> Membership::decode(base::ByteView body) {
  base::ByteReader in{body};
  if (base::text_of(in.raw(kMagic.size())) != kMagic || in.u8() != kMembershipVersion)
    return std::nullopt;
  Membership membership;
  membership.number_ = in.u64();
  membership.signed_at_ = read_time(in);
  if (read_flag(in))
    membership.reviewed_ = Date{std::chrono::days{static_cast<std::int32_t>(in.u32())}};
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i)
    if (!membership.add(read_device(in))) return std::nullopt;
  if (!in.done()) return std::nullopt;
  return membership;
}

base::Bytes sign_membership(Membership& membership, const seal::SigningKey& organisation,
                            base::Instant now) {
  ++membership.number_;
  membership.signed_at_ = now;
  base::Bytes out = membership.encode();
  const seal::Signature signature = organisation.sign(seal::Domain::membership, out);
  out.insert(out.end(), signature.bytes.begin(), signature.bytes.end());
  return out;
}

std::string_view to_text(MembershipRejection rejection) noexcept {
  switch (rejection) {
    case MembershipRejection::malformed:
      return "not a membership list of this version";
    case MembershipRejection::bad_signature:
      return "not signed by the organisation";
    case MembershipRejection::older:
      return "older than a list seen before";
  }
  return "not a membership list of this version";
}

std::variant<Membership, MembershipRejection> open_membership(base::ByteView bytes,
                                                              const seal::VerifyKey& organisation,
                                                              std::uint64_t at_least) {
  if (bytes.size() < kSignatureSize) return MembershipRejection::malformed;
  const base::ByteView body = bytes.first(bytes.size() - kSignatureSize);
  seal::Signature signature;
  std::copy(bytes.end() - kSignatureSize, bytes.end(), signature.bytes.begin());
  // Check the signature first: nothing in an unsigned list can be trusted.
  if (!seal::verify(organisation, seal::Domain::membership, body, signature))
    return MembershipRejection::bad_signature;
  std::optional<Membership> membership = Membership::decode(body);
  if (!membership) return MembershipRejection::malformed;
  if (membership->number() < at_least) return MembershipRejection::older;
  return *std::move(membership);
}

}  // namespace tocsin::roster
