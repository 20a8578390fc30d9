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

using By = Source::By;
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
        if (edition.called_off) event.off = std::max(event.off.value_or(version), version);
      } else if (edition.of == Edition::Of::later) {
        auto& known = event.later[edition.original];
        known = std::max(known.value_or(version), version);
      } else if (edition.of == Edition::Of::day) {
        event.days.emplace_back(edition.original, version);
      } else {
        auto& known = event.ones[edition.original];
        known = std::max(known.value_or(version), version);
      }
    }
    // What begins later and is older does not count.
    for (auto& [uid, event] : events_)
      for (auto at = event.later.begin(); at != event.later.end(); ++at)
        if (at != event.later.begin()) at->second = std::max(at->second, std::prev(at)->second);
    for (const Planned& one : draft.stints) {
      if (one.source.uid.empty()) continue;
      if (one.source.by == By::series) slots_.insert(&one);
      if (one.source.by == By::later)
        events_[one.source.uid].changed.insert_or_assign(one.source.original,
                                                         version_of(one.source));
    }
  }

  std::optional<Version> series(const std::string& uid) const {
    const auto event = events_.find(uid);
    return event == events_.end() ? std::nullopt : event->second.series;
  }
  bool calls_off(const Source& source) const {
    const auto event = events_.find(source.uid);
    return event != events_.end() && event->second.off && *event->second.off >= version_of(source);
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
  // The newest version of a change from there or an earlier repetition on.
  std::optional<Version> later(const Source& source) const {
    const auto event = events_.find(source.uid);
    if (event == events_.end()) return std::nullopt;
    std::optional<Version> newest;
    const auto after = event->second.later.upper_bound(source.original);
    if (after != event->second.later.begin()) newest = std::prev(after)->second;
    const auto changed = event->second.changed.find(source.original);
    if (changed == event->second.changed.end()) return newest;
    return std::max(newest.value_or(changed->second), changed->second);
  }
  bool has_changed(const Source& source) const {
    const auto event = events_.find(source.uid);
    return event != events_.end() && event->second.changed.contains(source.original);
  }
  bool fills_slot_of(const Planned& one) const { return slots_.contains(&one); }

 private:
  struct Event {
    std::optional<Version> series;
    std::optional<Version> off;  // in which the series is cancelled
    std::map<base::Instant, std::optional<Version>> ones;
    std::vector<std::pair<base::Instant, Version>> days;
    std::map<base::Instant, std::optional<Version>> later;
    std::map<base::Instant, Version> changed;  // repetitions that such a change wrote
  };
  std::map<std::string, Event> events_;
  std::set<const Planned*, BySlot> slots_;
};

enum class Order : std::uint8_t { other_is_later, other_is_earlier };

// What becomes of a stint beside another draft.
enum class Fate : std::uint8_t { stays, goes, is_changed };

Fate fate_of_single(const Source& source, const Known& other, bool other_is_later) {
  const Version own = version_of(source);
  const auto single = other.single(source);
  if (single && (other_is_later ? *single >= own : *single > own)) return Fate::goes;
  const auto series = other.series(source.uid);
  // A swap is of the version of the series that has its sequence.
  const bool is_over = series && (other_is_later ? *series > own : series->first > own.first);
  return is_over ? Fate::goes : Fate::stays;
}

Fate fate_of_later(const Source& source, const Known& other, bool other_is_later) {
  const Version own = version_of(source);
  if (other.single(source)) return Fate::goes;
  const auto series = other.series(source.uid);
  if (series && (other_is_later ? *series > own : series->first > own.first)) return Fate::goes;
  const auto later = other.later(source);
  const bool is_changed = later && (other_is_later ? *later >= own : *later > own);
  return is_changed ? Fate::is_changed : Fate::stays;
}

Fate fate_of(const Planned& one, const Known& other, Order order) {
  const Source& source = one.source;
  if (source.uid.empty()) return Fate::stays;
  if (other.calls_off(source)) return Fate::goes;
  const bool other_is_later = order == Order::other_is_later;
  if (source.by == By::single) return fate_of_single(source, other, other_is_later);
  if (source.by == By::later) return fate_of_later(source, other, other_is_later);
  const Version own = version_of(source);
  // A repetition of its own belongs to the version of the series that has its sequence.
  if (const auto single = other.single(source); single && single->first >= own.first)
    if (other_is_later || *single >= own) return Fate::goes;
  const auto series = other.series(source.uid);
  if (series && *series > own) return Fate::goes;
  if (const auto later = other.later(source); later && later->first >= own.first)
    return Fate::is_changed;
  const bool is_filled = series && *series == own && other_is_later && other.fills_slot_of(one);
  return is_filled ? Fate::goes : Fate::stays;
}

auto rank_of(const LaterChange& change) {
  return std::tie(change.uid, change.begins, change.sequence, change.stamp);
}

// The change that counts for a repetition: the one that begins last, and of those the newest. They
// are in the order of their ranks.
LaterChange* change_of(std::vector<LaterChange>& changes, const Source& source) {
  const auto after = std::upper_bound(
      changes.begin(), changes.end(), source, [](const Source& one, const LaterChange& change) {
        return std::tie(one.uid, one.original) < std::tie(change.uid, change.begins);
      });
  if (after == changes.begin() || std::prev(after)->uid != source.uid) return nullptr;
  return &*std::prev(after);
}

// What stays of a draft beside another, with the repetitions that the other changes.
struct Beside {
  std::vector<Planned> stints;
  std::size_t dropped = 0;  // or changed
};
Beside beside(const std::vector<Planned>& stints, const Known& other, Order order,
              std::vector<LaterChange>& changes) {
  Beside out;
  std::set<std::pair<std::string_view, base::Instant>> done;  // by however many it was filled
  for (const Planned& one : stints) {
    const Fate fate = fate_of(one, other, order);
    if (fate == Fate::stays) {
      out.stints.push_back(one);
      continue;
    }
    ++out.dropped;
    if (fate == Fate::goes) continue;
    LaterChange* change = change_of(changes, one.source);
    if (change == nullptr) continue;
    change->is_used = true;
    if (other.has_changed(one.source) || !done.emplace(one.source.uid, one.source.original).second)
      continue;
    for (Stint stint : change->stints) {
      const LaterChange::Span span = change->move(one.source.original);
      stint.from = span.from;
      stint.until = span.until;
      out.stints.push_back(
          {std::move(stint),
           {change->uid, By::later, one.source.original, change->sequence, change->stamp}});
    }
  }
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
  std::set<std::tuple<std::string_view, By, base::Instant, int, base::Instant>> seen;
  for (std::size_t i = 0; i < rota.planned().size(); ++i) {
    const Source source = rota.sources().empty() ? Source{} : rota.sources()[i];
    out.stints.push_back({rota.planned()[i], source});
    if (source.uid.empty() || source.by == By::later) continue;
    const bool single = source.by == By::single;
    const base::Instant original = single ? source.original : base::Instant{};
    const std::string& uid = rota.sources()[i].uid;
    if (seen.emplace(uid, source.by, original, source.sequence, source.stamp).second)
      out.editions.push_back({uid, single ? Edition::Of::one : Edition::Of::series, original,
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
                     [](const Planned& one) { return one.source.by != By::series; }) &&
         std::all_of(draft.editions.begin(), draft.editions.end(),
                     [&](const Edition& edition) { return known.contains(edition.uid); });
}

Revised revise(Draft earlier, Draft later) {
  if (earlier.stints.empty() && earlier.editions.empty()) return {std::move(later), 0, 0};
  for (Draft* draft : {&earlier, &later})
    std::sort(draft->changes_of_others.begin(), draft->changes_of_others.end(),
              [](const LaterChange& a, const LaterChange& b) { return rank_of(a) < rank_of(b); });
  Beside before =
      beside(earlier.stints, Known{later}, Order::other_is_later, later.changes_of_others);
  Beside after =
      beside(later.stints, Known{earlier}, Order::other_is_earlier, earlier.changes_of_others);
  Revised out;
  out.outdated = after.dropped;
  if (before.dropped > 0) out.replaced = gone(earlier.stints, before.stints, after.stints);
  out.draft.stints = std::move(before.stints);
  out.draft.stints.insert(out.draft.stints.end(), std::make_move_iterator(after.stints.begin()),
                          std::make_move_iterator(after.stints.end()));
  out.draft.editions = std::move(earlier.editions);
  out.draft.editions.insert(out.draft.editions.end(),
                            std::make_move_iterator(later.editions.begin()),
                            std::make_move_iterator(later.editions.end()));
  out.draft.changes_of_others = std::move(earlier.changes_of_others);
  out.draft.changes_of_others.insert(out.draft.changes_of_others.end(),
                                     std::make_move_iterator(later.changes_of_others.begin()),
                                     std::make_move_iterator(later.changes_of_others.end()));
  return out;
}

}  // namespace tocsin::roster
