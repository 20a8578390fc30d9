#include "roster/rota/revision.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace tocsin::roster {

namespace {

using Version = std::pair<int, base::Instant>;

Version version_of(const Source& source) { return {source.sequence, source.stamp}; }
Version version_of(const Edition& edition) { return {edition.sequence, edition.stamp}; }

bool is_same_day(base::Instant a, base::Instant b) {
  const base::Civil left = base::to_local(a);
  const base::Civil right = base::to_local(b);
  return std::tie(left.year, left.month, left.day) == std::tie(right.year, right.month, right.day);
}

// The slot that a repetition of a series fills, for whoever fills it.
auto slot_of(const Planned& one) {
  return std::tie(one.source.uid, one.source.original, one.stint.duty, one.stint.role,
                  one.stint.ward);
}

struct BySlot {
  bool operator()(const Planned* a, const Planned* b) const { return slot_of(*a) < slot_of(*b); }
};

// What one draft says about its events.
class Known {
 public:
  explicit Known(const Draft& draft) {
    for (const Edition& edition : draft.editions) {
      Event& event = events_[edition.uid];
      const Version version = version_of(edition);
      if (edition.of == Edition::Of::series) {
        event.series = std::max(event.series.value_or(version), version);
      } else if (edition.of == Edition::Of::day) {
        event.days.emplace_back(edition.original, version);
      } else {
        auto& known = event.ones[edition.original];
        known = std::max(known.value_or(version), version);
      }
    }
    for (const Planned& one : draft.stints)
      if (!one.source.uid.empty() && !one.source.single) slots_.insert(&one);
  }

  std::optional<Version> series(const std::string& uid) const {
    const auto event = events_.find(uid);
    return event == events_.end() ? std::nullopt : event->second.series;
  }
  // The newest version of the repetition that is written by itself.
  std::optional<Version> single(const Source& source) const {
    const auto event = events_.find(source.uid);
    if (event == events_.end()) return std::nullopt;
    std::optional<Version> newest;
    if (const auto one = event->second.ones.find(source.original); one != event->second.ones.end())
      newest = one->second;
    for (const auto& [day, version] : event->second.days)
      if (is_same_day(day, source.original)) newest = std::max(newest.value_or(version), version);
    return newest;
  }
  bool fills_slot_of(const Planned& one) const { return slots_.contains(&one); }

 private:
  struct Event {
    std::optional<Version> series;
    std::map<base::Instant, std::optional<Version>> ones;
    std::vector<std::pair<base::Instant, Version>> days;
  };
  std::map<std::string, Event> events_;
  std::set<const Planned*, BySlot> slots_;
};

enum class Order : std::uint8_t { other_is_later, other_is_earlier };

// Whether another draft has what counts before this stint.
bool gives_way(const Planned& one, const Known& other, Order order) {
  const Source& source = one.source;
  if (source.uid.empty()) return false;
  const bool later = order == Order::other_is_later;
  const Version own = version_of(source);
  const auto single = other.single(source);
  if (source.single) {
    if (single && (later ? *single >= own : *single > own)) return true;
    const auto series = other.series(source.uid);
    // A swap is of the version of the series that has its sequence.
    return series && (later ? *series > own : series->first > own.first);
  }
  // A repetition of its own belongs to the version of the series that has its sequence.
  if (single && single->first >= own.first) return later || *single >= own;
  const auto series = other.series(source.uid);
  if (!series) return false;
  if (*series != own) return *series > own;
  return later && other.fills_slot_of(one);
}

std::vector<Planned> without(const std::vector<Planned>& stints, const Known& other, Order order) {
  std::vector<Planned> out;
  std::copy_if(stints.begin(), stints.end(), std::back_inserter(out),
               [&](const Planned& one) { return !gives_way(one, other, order); });
  return out;
}

// How many of the earlier stints stand in neither of the others.
std::size_t gone(const std::vector<Planned>& earlier, const std::vector<Planned>& before,
                 const std::vector<Planned>& after) {
  std::set<Stint> kept;
  for (const auto* stints : {&before, &after})
    for (const Planned& one : *stints) kept.insert(one.stint);
  return static_cast<std::size_t>(
      std::count_if(earlier.begin(), earlier.end(),
                    [&](const Planned& one) { return !kept.contains(one.stint); }));
}

}  // namespace

Draft draft_of(const Rota& rota) {
  Draft out;
  std::set<std::tuple<std::string_view, bool, base::Instant, int, base::Instant>> seen;
  for (std::size_t i = 0; i < rota.planned().size(); ++i) {
    const Source source = rota.sources().empty() ? Source{} : rota.sources()[i];
    out.stints.push_back({rota.planned()[i], source});
    if (source.uid.empty()) continue;
    const base::Instant original = source.single ? source.original : base::Instant{};
    const std::string& uid = rota.sources()[i].uid;
    if (seen.emplace(uid, source.single, original, source.sequence, source.stamp).second)
      out.editions.push_back({uid, source.single ? Edition::Of::one : Edition::Of::series, original,
                              source.sequence, source.stamp});
  }
  return out;
}

Draft draft_of(std::vector<Stint> stints) {
  Draft out;
  for (Stint& stint : stints) out.stints.push_back({std::move(stint), {}});
  return out;
}

bool only_changes(const Draft& draft, const Rota& rota) {
  std::set<std::string_view> known;
  for (const Source& source : rota.sources()) known.insert(source.uid);
  return !draft.editions.empty() &&
         std::all_of(draft.stints.begin(), draft.stints.end(),
                     [](const Planned& one) { return one.source.single; }) &&
         std::all_of(draft.editions.begin(), draft.editions.end(),
                     [&](const Edition& edition) { return known.contains(edition.uid); });
}

Revised revise(Draft earlier, Draft later) {
  if (earlier.stints.empty() && earlier.editions.empty()) return {std::move(later), 0, 0};
  std::vector<Planned> before = without(earlier.stints, Known{later}, Order::other_is_later);
  std::vector<Planned> after = without(later.stints, Known{earlier}, Order::other_is_earlier);
  Revised out;
  out.outdated = later.stints.size() - after.size();
  if (before.size() < earlier.stints.size()) out.replaced = gone(earlier.stints, before, after);
  out.draft.stints = std::move(before);
  out.draft.stints.insert(out.draft.stints.end(), std::make_move_iterator(after.begin()),
                          std::make_move_iterator(after.end()));
  out.draft.editions = std::move(earlier.editions);
  out.draft.editions.insert(out.draft.editions.end(),
                            std::make_move_iterator(later.editions.begin()),
                            std::make_move_iterator(later.editions.end()));
  return out;
}

}  // namespace tocsin::roster
