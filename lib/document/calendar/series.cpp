#include "document/calendar/series.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "document/calendar/repetition.h"

namespace tocsin::document {

namespace {

using base::Instant;
using base::Milliseconds;
using base::WallTime;
using std::chrono::days;

// RFC 5546, 2.1.5.
bool is_newer(const Version& a, const Version& b) {
  return std::tie(a.event.sequence, a.event.stamp) > std::tie(b.event.sequence, b.event.stamp);
}

bool names_first(const Version& master, std::size_t& days_left) {
  const WallTime first = master.start.wall;
  return Repetition{master.rules.front(), first, first, first, days_left}.next() == first;
}

WallTime on_day(const Version& master, WallTime day) {
  return day_of(day) + (master.start.wall - day_of(master.start.wall));
}

}  // namespace

void Series::lay_out() {
  constexpr std::size_t kMostPairs = 1'000'000;
  choose();
  if (masters_.size() > 1 && masters_.size() * changes_.size() > kMostPairs)
    return layout_.fail(masters_.front()->event.place, "too many events of one UID with changes",
                        "export each series with a UID of its own");
  if (masters_.empty()) {
    for (Version* change : changes_) lay_out_alone(*change);
    return;
  }
  for (Version* master : masters_) {
    const std::size_t before = layout_.out.events.size();
    if (master->cancelled)
      taken_.insert(changes_.begin(), changes_.end());
    else
      lay_out(*master);
    if (layout_.out.events.size() == before)
      call_off(*master, Replaces::everything, master->start.instant());
  }
  // Of no series, which only a change without a UID can be.
  for (Version* change : changes_)
    if (!taken_.contains(change)) lay_out_alone(*change);
}

void Series::choose() {
  for (Version* version : versions_) (version->changes ? changes_ : masters_).push_back(version);
  if (masters_.size() < 2 || masters_.front()->event.uid.empty()) return;
  const Version& newest =
      **std::max_element(masters_.begin(), masters_.end(),
                         [](const Version* a, const Version* b) { return is_newer(*b, *a); });
  leave_out_older([&](const Version& one) { return one.event.sequence == newest.event.sequence; });
  // A file may give every event one UID. Where it has no SEQUENCE, it says nothing of versions.
  if (std::all_of(masters_.begin(), masters_.end(),
                  [](const Version* one) { return one->has_sequence; }))
    leave_out_older([&](const Version& one) { return one.event.stamp == newest.event.stamp; });
  std::map<Instant, const Version*> at;
  for (const Version* one : masters_)
    if (const Version*& kept = at[one->start.instant()]; kept == nullptr || !is_newer(*kept, *one))
      kept = one;
  leave_out_older([&](const Version& one) { return at.at(one.start.instant()) == &one; });
  for (std::size_t i = 1; i < masters_.size(); ++i)
    layout_.notes.add(Note::twice, masters_[i]->event.place);
}

template <class Counts>
void Series::leave_out_older(const Counts& counts) {
  std::erase_if(masters_, [&](const Version* one) {
    if (counts(*one)) return false;
    layout_.notes.add(Note::older, one->event.place);
    return true;
  });
}

// A change whose series is in another file.
void Series::lay_out_alone(Version& version) {
  const Moment& changes = *version.changes;
  // The series in the other file may have times, whatever the change has.
  const Replaces replaces = changes.is_date() ? Replaces::day : Replaces::repetition;
  version.event.replaces = replaces;
  if (version.and_later) {
    lay_out_later(version);
  } else if (version.cancelled) {
    call_off(version, replaces, changes.instant());
  } else {
    const Instant end = version.length.end_of(version.start.wall);
    emit(std::move(version.event), version.start.instant(), end, changes.instant());
  }
}

void Series::lay_out_later(Version& version) {
  const Moment& changes = *version.changes;
  // A day does not say by how much a time is moved.
  if (!version.cancelled && changes.is_date() != version.start.is_date())
    return layout_.fail(version.event.place,
                        "a change of all later repetitions from a day on, at times, and their "
                        "series is not in this file",
                        "export the series with it");
  LaterChange out;
  out.shift = shift_of(version, changes.instant(), base::Zone::of_process());
  out.event = std::move(version.event);
  out.event.replaces = Replaces::later;
  out.event.begins = changes.instant();
  out.event.called_off = version.cancelled;
  layout_.out.changes_of_others.push_back(std::move(out));
}

void Series::lay_out(Version& master) {
  take_changes(master);
  if (!master.is_series() && changes_.empty()) {
    const Instant start = master.start.instant();
    const Instant end = master.length.end_of(master.start.wall);
    for (const Moment& exception : master.exceptions)
      if (const Name name = name_of(master, exception);
          name == name_of(master, master.start) || first_start(master, name) == start)
        return;
    if (end > layout_.from && start < layout_.until)
      emit(std::move(master.event), start, end, start);
    return;
  }
  std::set<Instant> starts;
  for (const Occurrence& one : occurrences(master)) {
    starts.insert(one.start);
    const Instant day = master.start.zone->instant_of(day_of(one.wall));
    if (!single_.contains({one.start, false}) && !single_.contains({day, true}))
      emit_one(master, one);
    if (layout_.is_full()) return;
  }
  emit_changes(master, starts);
}

void Series::emit_changes(const Version& master, const std::set<Instant>& starts) {
  // Where a file has several series of one UID, a change is read once.
  const auto emit_change = [&](const Version& change, Instant original) {
    if (!done_.insert(&change).second || change.cancelled) return;
    const bool in_window = layout_.from <= original && original < layout_.until;
    if (in_window && masters_.size() == 1 && !starts.contains(original))
      layout_.notes.add(Note::unnamed, change.event.place);
    emit(change.event, change.start.instant(), change.length.end_of(change.start.wall), original);
  };
  for (const auto& [name, change] : single_) {
    const Instant start = first_start(master, name);
    if (layout_.is_full()) return;
    if (is_stale(master, *change, start)) {
      if (done_.insert(change).second) layout_.notes.add(Note::older, change->event.place);
    } else {
      emit_change(*change, start);
    }
  }
  for (const auto& [start, later] : later_)
    if (!starts.contains(start) && !single_.contains({start, false}))
      emit_change(*later.change, start);
}

void Series::take_changes(const Version& master) {
  single_.clear();
  later_.clear();
  for (Version* change : changes_) {
    const bool day_for_time = change->changes->is_date() && !master.start.is_date();
    if (day_for_time && master.event.uid.empty() && masters_.size() > 1) continue;
    taken_.insert(change);
    if (day_for_time) layout_.notes.add(Note::day_for_time, change->event.place);
    const Name name = name_of(master, *change->changes);
    const Instant begins = first_start(master, name);
    Version*& kept = change->and_later ? later_[begins].change : single_[name];
    if (kept != nullptr)
      layout_.notes.add(Note::older,
                        is_newer(*kept, *change) ? change->event.place : kept->event.place);
    if (kept == nullptr || !is_newer(*kept, *change)) kept = change;
  }
  for (auto& [begins, later] : later_)
    later.shift = shift_of(*later.change, begins, *master.start.zone);
}

// A change that is older than the series, of a repetition that the series no longer has.
bool Series::is_stale(const Version& master, const Version& change, Instant start) {
  if (change.event.sequence >= master.event.sequence || !master.is_series() ||
      master.event.uid.empty())
    return false;
  const Instant from = std::exchange(layout_.from, start);
  const Instant until = std::exchange(layout_.until, start);
  const std::vector<Occurrence> near = occurrences(master);
  layout_.from = from;
  layout_.until = until;
  return std::none_of(near.begin(), near.end(),
                      [&](const Occurrence& one) { return one.start == start; });
}

Instant Series::first_start(const Version& master, const Name& name) const {
  const base::Zone& zone = *master.start.zone;
  return name.is_day ? zone.instant_of(on_day(master, zone.wall_at(name.instant))) : name.instant;
}

// A day against a series of times names all that begins on it; a time against a series of days
// names the day that it is on.
Series::Name Series::name_of(const Version& master, const Moment& moment) const {
  const base::Zone& zone = *master.start.zone;
  if (master.start.is_date()) {
    const WallTime there = zone.wall_at(moment.instant());
    const bool has_zone = moment.form == Moment::Form::zoned || moment.form == Moment::Form::utc;
    const bool is_midnight = has_zone && there == day_of(there);
    return {zone.instant_of(is_midnight ? there : day_of(moment.wall)), false};
  }
  if (moment.is_date()) return {zone.instant_of(moment.wall), true};
  return {moment.form == Moment::Form::floating ? zone.instant_of(moment.wall) : moment.instant(),
          false};
}

Series::Occurrence Series::extra_of(const Version& master, const Extra& extra) const {
  const base::Zone& zone = *master.start.zone;
  Occurrence one;
  one.length = extra.length;
  if (extra.start.is_date())
    one.wall = on_day(master, extra.start.wall);
  else
    one.wall = extra.start.form == Moment::Form::floating ? extra.start.wall
                                                          : zone.wall_at(extra.start.instant());
  if (master.start.is_date() && !extra.length) one.wall = day_of(one.wall);
  if (one.length && !extra.start.is_date()) one.length->zone = &zone;
  one.start = zone.instant_of(one.wall);
  return one;
}

std::vector<Series::Occurrence> Series::occurrences(const Version& master) {
  std::vector<Occurrence> out;
  layout_.days -= std::min(layout_.days, master.extras.size() + master.exceptions.size());
  for (const Rule& rule : master.rules) repeat(master, rule, out);
  // RFC 5545, 3.8.5.3, leaves open what such a series means.
  if (master.rules.size() == 1 && !names_first(master, layout_.days))
    layout_.notes.add(Note::first_unnamed, master.event.place);
  if (master.rules.empty()) out.push_back({master.start.wall, master.start.instant(), {}});
  for (const Extra& extra : master.extras) out.push_back(extra_of(master, extra));
  std::stable_sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::set<Name> without;
  for (const Moment& exception : master.exceptions) without.insert(name_of(master, exception));
  note_other_times(master, without, out);
  if (!without.empty())
    std::erase_if(out, [&](const Occurrence& one) {
      return without.contains({one.start, false}) ||
             without.contains({master.start.zone->instant_of(day_of(one.wall)), true});
    });
  return out;
}

// Who deleted a shift may have meant it all the same.
void Series::note_other_times(const Version& master, const std::set<Name>& exceptions,
                              const std::vector<Occurrence>& all) {
  if (exceptions.empty()) return;
  const base::Zone& zone = *master.start.zone;
  std::map<WallTime, std::set<Instant>> by_day;
  for (const Occurrence& one : all) by_day[day_of(one.wall)].insert(one.start);
  for (const Name& name : exceptions) {
    const auto day = by_day.find(day_of(zone.wall_at(name.instant)));
    if (!name.is_day && day != by_day.end() && !day->second.contains(name.instant))
      layout_.notes.add(Note::other_time, master.event.place);
  }
}

void Series::repeat(const Version& master, const Rule& rule, std::vector<Occurrence>& out) {
  const base::Zone& zone = *master.start.zone;
  const Milliseconds reach = margin(master);
  const WallTime from = zone.wall_at(layout_.from) - reach;
  const WallTime until = zone.wall_at(layout_.until) + reach;
  Repetition repetition{rule, master.start.wall, from, until, layout_.days};
  while (const auto wall = repetition.next()) {
    if (*wall > until) return;
    if (*wall < from && !rule.until) continue;
    const Occurrence one{*wall, zone.instant_of(*wall), {}};
    if (rule.until && is_past(master, *rule.until, one)) return;
    if (*wall >= from) out.push_back(one);
    if (out.size() > layout_.limits.events) return;
  }
}

// Inclusive (RFC 5545, 3.3.10), whatever its form.
bool Series::is_past(const Version& master, const Rule::Until& until, const Occurrence& one) const {
  using Form = Rule::Until::Form;
  if (until.form == Form::local) return one.wall > until.wall;
  const WallTime last_day = day_of(until.wall);
  if (until.form == Form::date) return day_of(one.wall) > last_day;
  const Milliseconds time = until.wall - last_day;
  // A series of days is often given the end of a day, or its beginning, in a UTC that is none.
  if (master.start.is_date() &&
      (time == Milliseconds{0} || time == days{1} - std::chrono::seconds{1}))
    return one.wall > last_day;
  return one.start > Instant{until.wall.time_since_epoch()};
}

// How far outside of the window a repetition may be that touches it.
Milliseconds Series::margin(const Version& master) const {
  const auto length = [](const Version& version) {
    return std::chrono::abs(version.length.nominal) + version.length.exact;
  };
  Milliseconds out = length(master) + days{2};
  for (const auto& [start, later] : later_)
    out = std::max(out, length(*later.change) +
                            std::chrono::abs(later.change->start.instant() - start) + days{2});
  return out;
}

void Series::emit_one(const Version& master, const Occurrence& one) {
  const auto after = later_.upper_bound(one.start);
  if (after != later_.begin()) {
    const auto& [begins, later] = *std::prev(after);
    if (later.change->cancelled) return;
    Event event = later.change->event;
    event.replaces = Replaces::later;
    event.begins = begins;
    emit(std::move(event), later.shift.from(one.start), later.shift.until(one.start), one.start);
    return;
  }
  const Length& length = one.length ? *one.length : master.length;
  emit(master.event, one.start, length.end_of(one.wall), one.start);
}

// A change in UTC of a series with a zone means the wall clock of that zone.
Shift Series::shift_of(const Version& later, Instant begins, const base::Zone& usual) {
  const bool utc = later.start.form == Moment::Form::utc;
  Shift out;
  if (later.length.zone == nullptr) return out;  // of a cancellation
  out.zone = utc ? usual : *later.start.zone;
  out.moved = out.zone.wall_at(later.start.instant()) - out.zone.wall_at(begins);
  out.to_midnight = later.start.is_date();
  out.nominal = later.length.nominal;
  out.exact = later.length.exact;
  out.end_zone = utc ? usual : *later.length.zone;
  return out;
}

void Series::emit(Event event, Instant from, Instant until, Instant original) {
  if (until <= layout_.from || from >= layout_.until) return;
  if (until <= from) {
    layout_.notes.add(Note::in_gap, event.place);
    return;
  }
  layout_.too_many_events = layout_.out.events.size() >= layout_.limits.events;
  if (layout_.too_many_events) return;
  event.from = from;
  event.until = until;
  event.original = original;
  layout_.out.events.push_back(std::move(event));
}

void Series::call_off(const Version& version, Replaces replaces, Instant original) {
  Event event = version.event;
  event.called_off = version.cancelled;
  event.replaces = replaces;
  event.original = original;
  event.from = version.start.instant();
  event.until =
      version.length.zone == nullptr ? event.from : version.length.end_of(version.start.wall);
  layout_.out.cancelled.push_back(std::move(event));
}

}  // namespace tocsin::document
