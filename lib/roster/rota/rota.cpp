#include "roster/rota/rota.h"

#include <algorithm>
#include <tuple>

#include "base/fault.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

// Removes [cut.from, cut.until) from the stints of one person.
void cut_out(std::vector<Stint>& stints, const Stint& cut) {
  std::vector<Stint> left;
  for (Stint& stint : stints) {
    if (stint.until <= cut.from || cut.until <= stint.from) {
      left.push_back(std::move(stint));
      continue;
    }
    if (stint.from < cut.from) {
      left.push_back(stint);
      left.back().until = cut.from;
    }
    if (cut.until < stint.until) {
      left.push_back(std::move(stint));
      left.back().from = cut.until;
    }
  }
  stints = std::move(left);
}

// Absent goes before on duty, which goes before on call.
int weight(Duty duty) noexcept {
  switch (duty) {
    case Duty::absent:
      return 3;
    case Duty::on_duty:
      return 2;
    case Duty::on_call:
      return 1;
    case Duty::off:
    case Duty::unknown:
      return 0;
  }
  return 0;
}

struct ByPerson {
  bool operator()(const Stint& stint, const PersonId& person) const {
    return stint.person < person;
  }
  bool operator()(const PersonId& person, const Stint& stint) const {
    return person < stint.person;
  }
};

std::vector<Stint> overlaid(const std::vector<Stint>& planned, std::vector<Override> overrides) {
  std::sort(overrides.begin(), overrides.end(), [](const Override& a, const Override& b) {
    return std::tie(a.stint.person, a.number) < std::tie(b.stint.person, b.number);
  });
  std::vector<Stint> out;
  out.reserve(planned.size() + overrides.size());
  auto copied = planned.begin();
  for (auto first = overrides.begin(); first != overrides.end();) {
    const PersonId& person = first->stint.person;
    const auto last = std::find_if(first, overrides.end(), [&](const Override& change) {
      return change.stint.person != person;
    });
    const auto [begin, end] = std::equal_range(copied, planned.end(), person, ByPerson{});
    out.insert(out.end(), copied, begin);
    copied = end;
    std::vector<Stint> theirs{begin, end};
    for (; first != last; ++first) {
      cut_out(theirs, first->stint);
      if (first->stint.duty != Duty::off) theirs.push_back(first->stint);
    }
    std::sort(theirs.begin(), theirs.end());
    out.insert(out.end(), std::move_iterator{theirs.begin()}, std::move_iterator{theirs.end()});
  }
  out.insert(out.end(), copied, planned.end());
  return out;
}

}  // namespace

std::string_view to_text(Duty duty) noexcept {
  switch (duty) {
    case Duty::off:
      return "off";
    case Duty::on_duty:
      return "on duty";
    case Duty::on_call:
      return "on call";
    case Duty::absent:
      return "absent";
    case Duty::unknown:
      return "unknown";
  }
  return "off";
}

std::optional<Duty> duty_from_text(std::string_view text) {
  const std::string word = canonical_word(text);
  for (const Duty duty : {Duty::off, Duty::on_duty, Duty::on_call, Duty::absent})
    if (word == canonical_word(to_text(duty))) return duty;
  return std::nullopt;
}

Rota::Rota(std::uint64_t revision, std::vector<Stint> planned, std::vector<Override> overrides)
    : revision_(revision), planned_(std::move(planned)), overrides_(std::move(overrides)) {
  for (const Stint& stint : planned_) TOCSIN_ASSERT(stint.from < stint.until);
  for (const Override& change : overrides_) TOCSIN_ASSERT(change.stint.from < change.stint.until);
  if (!std::is_sorted(planned_.begin(), planned_.end()))
    std::sort(planned_.begin(), planned_.end());
  std::sort(overrides_.begin(), overrides_.end(),
            [](const Override& a, const Override& b) { return a.number < b.number; });
  effective_ = overlaid(planned_, overrides_);
}

Rota Rota::with_sources(std::uint64_t revision, std::vector<Planned> planned,
                        std::vector<Override> overrides) {
  std::stable_sort(planned.begin(), planned.end(),
                   [](const Planned& a, const Planned& b) { return a.stint < b.stint; });
  std::vector<Stint> stints;
  std::vector<Source> sources;
  bool any = false;
  for (Planned& one : planned) {
    any = any || !one.source.uid.empty();
    stints.push_back(std::move(one.stint));
    sources.push_back(std::move(one.source));
  }
  Rota out{revision, std::move(stints), std::move(overrides)};
  if (any) out.sources_ = std::move(sources);
  return out;
}

Rota Rota::with_overrides(std::vector<Override> overrides) const {
  Rota out{revision_ + 1, planned_, std::move(overrides)};
  out.sources_ = sources_;
  return out;
}

std::span<const Stint> Rota::of(const PersonId& person) const noexcept {
  const auto [begin, end] =
      std::equal_range(effective_.begin(), effective_.end(), person, ByPerson{});
  return {begin, end};
}

std::vector<Stint> Rota::at(base::Instant instant) const {
  std::vector<Stint> out;
  for (const Stint& stint : effective_)
    if (stint.covers(instant)) out.push_back(stint);
  return out;
}

const Stint* Rota::stint_of(const PersonId& person, base::Instant instant) const noexcept {
  const Stint* found = nullptr;
  for (const Stint& stint : of(person))
    if (stint.covers(instant) && (found == nullptr || weight(stint.duty) > weight(found->duty)))
      found = &stint;
  return found;
}

Duty Rota::duty_of(const PersonId& person, base::Instant instant) const noexcept {
  const Stint* stint = stint_of(person, instant);
  return stint == nullptr ? Duty::off : stint->duty;
}

const Stint* Rota::next_duty(const PersonId& person, base::Instant after) const noexcept {
  for (const Stint& stint : of(person))
    if (stint.duty == Duty::on_duty && stint.from >= after) return &stint;
  return nullptr;
}

const Stint* Rota::last_duty(const PersonId& person, base::Instant before) const noexcept {
  const Stint* found = nullptr;
  for (const Stint& stint : of(person))
    if (stint.duty == Duty::on_duty && stint.from < before) found = &stint;
  return found;
}

}  // namespace tocsin::roster
