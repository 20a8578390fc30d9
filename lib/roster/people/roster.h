// The roster: every responder with skills, travel time and contact points, as last imported. A
// value, sorted by person, that every command reads. Devices are in membership.h, because they are
// signed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/position_table.h"
#include "contact/channel.h"
#include "seal/at_rest.h"

namespace tocsin::roster {

using PersonId = base::Id<struct PersonTag>;  // an employee number, as the organisation writes it
// Canonical words: lower-case ASCII letters, digits and - . _ /, so that playbooks can name them.
using SkillId = base::Id<struct SkillTag>;
using RoleId = base::Id<struct RoleTag>;              // ESR "Job Role": what posts ask for
using StaffGroupId = base::Id<struct StaffGroupTag>;  // ESR "Staff Group"
using WardId = base::Id<struct WardTag>;              // ESR "Area of Work"
using contact::ChannelId;

using Date = std::chrono::sys_days;

// One way to reach one person: an address on one channel.
struct ContactPoint {
  ChannelId channel;
  std::string address;                  // E.164 for telephones. Never put it in a message or log
  std::optional<Date> consented;        // when consent to use it was recorded
  std::optional<base::Instant> tested;  // when it was last tested
  bool working = true;                  // false after the switchboard has noted a wrong number
  std::optional<Date> withdrawn{};      // when the person asked for no more messages there
  // When a message of the person's own proved that the account is theirs; none: a list says so.
  std::optional<base::Instant> linked{};
  bool is_usable() const noexcept { return working && !withdrawn; }
  friend bool operator==(const ContactPoint&, const ContactPoint&) = default;
};

enum class Employment : std::uint8_t { active = 1, inactive = 2 };  // inactive: never called

struct Responder {
  PersonId id;
  std::string name;
  StaffGroupId staff_group;  // may be empty, as may be every word below
  RoleId role;
  WardId ward;
  std::vector<SkillId> skills;         // sorted, each once
  base::Minutes travel{0};             // from home to the site
  std::string language = "en";         // BCP 47, lower case
  std::vector<ContactPoint> contacts;  // in the order in which to try them
  Employment employment = Employment::active;

  bool is_active() const noexcept { return employment == Employment::active; }
  bool has_skill(const SkillId& skill) const;
  friend bool operator==(const Responder&, const Responder&) = default;
};

class Roster {
 public:
  Roster() = default;
  // Sorts by id. Two responders with one id are a bug of the caller: the import refuses them.
  Roster(std::uint64_t revision, base::Instant imported, std::vector<Responder> responders);

  // Rises by one with each import; 0 is "no roster yet".
  std::uint64_t revision() const noexcept { return revision_; }
  base::Instant imported() const noexcept { return imported_; }

  std::size_t size() const noexcept { return responders_.size(); }
  const std::vector<Responder>& responders() const noexcept { return responders_; }
  const Responder& operator[](std::size_t index) const { return responders_[index]; }
  const Responder* find(const PersonId& id) const noexcept;
  std::optional<std::size_t> index_of(const PersonId& id) const noexcept;

  // Words in use by active responders, sorted.
  std::vector<SkillId> skills() const;
  std::vector<RoleId> roles() const;
  std::vector<StaffGroupId> staff_groups() const;

  friend bool operator==(const Roster& a, const Roster& b) {
    return a.revision_ == b.revision_ && a.imported_ == b.imported_ &&
           a.responders_ == b.responders_;
  }

 private:
  std::uint64_t revision_ = 0;
  base::Instant imported_{};
  std::vector<Responder> responders_;
  base::PositionTable by_id_;
};

// The stored form, which the caller seals. Decoding refuses bytes that `encode` does not write.
base::Bytes encode(const Roster& roster);
std::optional<Roster> decode_roster(base::ByteView bytes);
// BLAKE2b-256 of the stored form. It identifies the roster of an incident.
seal::Hash digest(const Roster& roster);

}  // namespace tocsin::roster
