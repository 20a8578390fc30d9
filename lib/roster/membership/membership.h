// Which person's device holds which keys: a numbered list that the organisation signs, so that
// somebody who runs a server cannot add a member, or go back to an older list
// (tocsin-membership(5)).
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "roster/people/roster.h"
#include "seal/key.h"

namespace tocsin::roster {

struct Revocation {
  base::Instant at{};
  std::string by;
  std::string reason;
  friend bool operator==(const Revocation&, const Revocation&) = default;
};

struct Device {
  PersonId person;
  seal::PublicIdentity keys;
  std::string name;  // "Ana's phone"; at most 80 bytes
  base::Instant added{};
  std::string added_by;
  std::optional<Revocation> revoked;  // never undone

  bool is_live() const noexcept { return !revoked; }
  friend bool operator==(const Device&, const Device&) = default;
};

enum class MembershipRejection : std::uint8_t {
  malformed,
  bad_signature,
  older,  // its number is below one seen before: somebody gives us an old list
};

class Membership {
 public:
  // Rises by one with each signed list; 0 is the empty list before the first.
  std::uint64_t number() const noexcept { return number_; }
  base::Instant signed_at() const noexcept { return signed_at_; }
  // When somebody last checked the list and said that it was correct.
  std::optional<Date> reviewed() const noexcept { return reviewed_; }

  const std::vector<Device>& devices() const noexcept { return devices_; }  // in order of adding
  const Device* find(const seal::KeyId& id) const noexcept;
  const Device* find(const seal::VerifyKey& key) const noexcept;
  std::vector<const Device*> live_devices(const PersonId& person) const;

  // Returns false and changes nothing when these keys are on the list already, even if revoked.
  bool add(Device device);
  // False when there is no such device, or it is revoked already.
  bool revoke(const seal::KeyId& id, Revocation revocation);
  void review(Date date) noexcept { reviewed_ = date; }

  friend bool operator==(const Membership&, const Membership&) = default;

 private:
  friend base::Bytes sign_membership(Membership& membership, const seal::SigningKey& organisation,
                                     base::Instant now);
  friend std::variant<Membership, MembershipRejection> open_membership(
      base::ByteView bytes, const seal::VerifyKey& organisation, std::uint64_t at_least);
  base::Bytes encode() const;
  static std::optional<Membership> decode(base::ByteView body);

  std::uint64_t number_ = 0;
  base::Instant signed_at_{};
  std::optional<Date> reviewed_;
  std::vector<Device> devices_;
  struct HashOfKey {  // keys and their hashes are random, so their first bytes are a hash
    template <class Key>
    std::size_t operator()(const Key& key) const noexcept {
      std::size_t hash = 0;
      std::memcpy(&hash, key.bytes.data(), sizeof hash);
      return hash;
    }
  };
  // Indices into devices_.
  std::unordered_map<seal::KeyId, std::size_t, HashOfKey> by_id_;
  std::unordered_map<seal::VerifyKey, std::size_t, HashOfKey> by_key_;
  std::unordered_map<PersonId, std::vector<std::size_t>> by_person_;
};

// Gives the list its next number and signs it: body ‖ signature (64 bytes).
base::Bytes sign_membership(Membership& membership, const seal::SigningKey& organisation,
                            base::Instant now);

std::string_view to_text(MembershipRejection rejection) noexcept;

// `at_least`: the highest number seen so far.
std::variant<Membership, MembershipRejection> open_membership(base::ByteView bytes,
                                                              const seal::VerifyKey& organisation,
                                                              std::uint64_t at_least = 0);

}  // namespace tocsin::roster
