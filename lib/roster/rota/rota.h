// Who is on duty or on call when: planned stints, and overrides that replace the plan for a person
// within a span of time. Answers for any instant.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/source.h"

namespace tocsin::roster {

enum class Duty : std::uint8_t {
  off = 0,      // nothing planned
  on_duty = 1,  // at work, in the building
  on_call = 2,  // at home and obliged to answer
  absent = 3,   // on leave, sick or resting after work: not to be called
  unknown = 4,  // beyond what the rota plans (horizon.h); never the duty of a stint
};
std::string_view to_text(Duty duty) noexcept;  // "on duty"
// Our own names of the four: "on-duty", "On Call". What rota systems write is read in
// roster/reading.
std::optional<Duty> duty_from_text(std::string_view text);

// One person's span of one duty: from <= t < until.
struct Stint {
  PersonId person;
  Duty duty = Duty::on_duty;
  RoleId role;  // the role in this stint: "anaesthetist-on-call"; empty: their own
  WardId ward;  // the ward in this stint; empty: their own
  base::Instant from{};
  base::Instant until{};

  bool covers(base::Instant instant) const noexcept { return from <= instant && instant < until; }
  friend bool operator==(const Stint&, const Stint&) = default;
  friend auto operator<=>(const Stint& a, const Stint& b) {  // by person, then by time
    return std::tie(a.person, a.from, a.until, a.duty, a.role, a.ward) <=>
           std::tie(b.person, b.from, b.until, b.duty, b.role, b.ward);
  }
};

// A stint as a file planned it.
struct Planned {
  Stint stint;
  Source source;
  friend bool operator==(const Planned&, const Planned&) = default;
};

// A change of the plan, with its reason. Duty::off means that the person is free in that span.
struct Override {
  std::uint64_t number = 0;  // by which it can be removed
  Stint stint;
  std::string reason;
  base::Instant added{};
  friend bool operator==(const Override&, const Override&) = default;
};

class Rota {
 public:
  Rota() = default;
  // A stint that ends before it begins is a bug of the caller. Of overlapping overrides the one
  // with the higher number counts.
  Rota(std::uint64_t revision, std::vector<Stint> planned, std::vector<Override> overrides);

  // As above, with where each stint comes from.
  static Rota with_sources(std::uint64_t revision, std::vector<Planned> planned,
                           std::vector<Override> overrides);

  std::uint64_t revision() const noexcept {
    return revision_;
  }  // rises with each change; 0: none yet
  const std::vector<Stint>& planned() const noexcept { return planned_; }
  const std::vector<Override>& overrides() const noexcept { return overrides_; }
  // Of each planned stint in its order; empty when no stint has one.
  const std::vector<Source>& sources() const noexcept { return sources_; }
  // The next revision, with the same plan.
  Rota with_overrides(std::vector<Override> overrides) const;
  // For a journal, which nobody imports into.
  Rota without_sources() const { return {revision_, planned_, overrides_}; }

  // All functions below use the plan with the overrides applied, sorted by person and time.
  std::span<const Stint> stints() const noexcept { return effective_; }
  std::span<const Stint> of(const PersonId& person) const noexcept;
  // The stints at an instant, ordered by person. Somebody on duty and on call at once is there
  // twice.
  std::vector<Stint> at(base::Instant instant) const;
  // The duty at an instant. Of several, absent goes first, then on duty, then on call.
  Duty duty_of(const PersonId& person, base::Instant instant) const noexcept;
  // The stint that gives duty_of; null when off. Pointers are valid as long as the rota.
  const Stint* stint_of(const PersonId& person, base::Instant instant) const noexcept;
  // The first on-duty stint that begins at `after` or later; null when none is planned.
  const Stint* next_duty(const PersonId& person, base::Instant after) const noexcept;
  // The last on-duty stint that began before `before`. It may not have ended yet.
  const Stint* last_duty(const PersonId& person, base::Instant before) const noexcept;

  friend bool operator==(const Rota&, const Rota&) = default;

 private:
  std::uint64_t revision_ = 0;
  std::vector<Stint> planned_;
  std::vector<Source> sources_;
  std::vector<Override> overrides_;
  std::vector<Stint> effective_;
};

base::Bytes encode(const Rota& rota);
std::optional<Rota> decode_rota(base::ByteView bytes);

}  // namespace tocsin::roster
