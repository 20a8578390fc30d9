#include "record/history.h"

#include <algorithm>
#include <iterator>

#include "base/fault.h"
#include "incident/calling/forecast.h"

namespace tocsin::record {

namespace {

using base::Exit;
using base::Fault;

constexpr std::string_view kFile = "history";
constexpr std::uint8_t kVersion = 1;

// The counts of an Evidence, in the order in which they are stored.
template <class Counts, class Visit>
void each_count(Counts& counts, Visit visit) {
  visit(counts.answered), visit(counts.silent_for_good), visit(counts.picked_up),
      visit(counts.not_picked_up), visit(counts.coming), visit(counts.later),
      visit(counts.last_resort), visit(counts.no);
}

bool read_count(base::ByteReader& in, int& out) {
  constexpr std::uint64_t kMost = 1'000'000;
  const std::uint64_t number = in.varint();
  if (number > kMost) in.fail();
  out = static_cast<int>(number);
  return in.ok();
}

bool read_night(base::ByteReader& in, Night& night) {
  const base::ByteView id = in.raw(night.incident.bytes.size());
  if (in.ok()) std::copy(id.begin(), id.end(), night.incident.bytes.begin());
  night.label = in.text();
  const std::uint8_t realness = in.u8();
  if (realness != static_cast<std::uint8_t>(seal::Realness::real) &&
      realness != static_cast<std::uint8_t>(seal::Realness::exercise))
    return false;
  night.realness = static_cast<seal::Realness>(realness);
  night.declared = base::Instant{base::Milliseconds{in.i64()}};
  each_count(night.counts, [&](int& count) { read_count(in, count); });
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
    read_count(in, night.counts.silent_by_minute.emplace_back());
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
    night.called.emplace_back(in.text());
  return in.ok();
}

}  // namespace

int asked_by_device(const Night& night) noexcept {
  int asked = night.counts.answered + night.counts.silent_for_good;
  for (const int people : night.counts.silent_by_minute) asked += people;
  return asked;
}

Night night_of(const incident::State& state) {
  TOCSIN_ASSERT(state.has_ended());
  Night night{state.declared.incident,
              state.declared.label,
              state.declared.realness,
              state.declared_at,
              incident::evidence_of(state, *state.ended_at),
              {}};
  for (incident::PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].was_asked()) night.called.push_back(state.roster[p].id);
  std::sort(night.called.begin(), night.called.end());
  return night;
}

void History::add(Night night) {
  std::erase_if(nights_, [&](const Night& one) { return one.incident == night.incident; });
  const auto at = std::find_if(nights_.begin(), nights_.end(), [&](const Night& one) {
    return std::pair(one.declared, one.incident) < std::pair(night.declared, night.incident);
  });
  nights_.insert(at, std::move(night));
}

void History::forget(base::Instant now) {
  for (Night& night : nights_)
    if (night.declared + kRemembered < now) night.called.clear();
}

std::map<incident::PersonId, int> History::times_called(base::Instant now) const {
  std::map<incident::PersonId, int> times;
  for (const Night& night : nights_) {
    if (night.declared + kRemembered < now) continue;
    for (const incident::PersonId& person : night.called) ++times[person];
  }
  return times;
}

std::vector<Night> History::nights_of(const incident::PersonId& person) const {
  std::vector<Night> nights;
  std::ranges::copy_if(nights_, std::back_inserter(nights), [&](const Night& night) {
    return std::ranges::binary_search(night.called, person);
  });
  return nights;
}

incident::HistoryTaken History::taken(base::Instant now) const {
  incident::HistoryTaken taken;
  taken.nights = nights_.size();
  const auto add = [](std::uint64_t& sum, int count) { sum += static_cast<std::uint64_t>(count); };
  for (const Night& night : nights_) {
    const callout::Evidence& counts = night.counts;
    add(taken.answered, counts.answered);
    add(taken.silent_for_good, counts.silent_for_good);
    add(taken.picked_up, counts.picked_up);
    add(taken.not_picked_up, counts.not_picked_up);
    add(taken.coming, counts.coming);
    add(taken.later, counts.later);
    add(taken.last_resort, counts.last_resort);
    add(taken.no, counts.no);
    if (taken.silent_by_minute.size() < counts.silent_by_minute.size())
      taken.silent_by_minute.resize(counts.silent_by_minute.size());
    for (std::size_t m = 0; m < counts.silent_by_minute.size(); ++m)
      add(taken.silent_by_minute[m], counts.silent_by_minute[m]);
  }
  for (const auto& [person, times] : times_called(now))
    taken.called.push_back({person, static_cast<std::uint64_t>(times)});
  return taken;
}

base::Bytes encode(const History& history) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.varint(history.nights().size());
  for (const Night& night : history.nights()) {
    out.raw(night.incident.bytes);
    out.text(night.label);
    out.u8(static_cast<std::uint8_t>(night.realness));
    out.i64(night.declared.time_since_epoch().count());
    const auto write = [&](int count) { out.varint(static_cast<std::uint64_t>(count)); };
    each_count(night.counts, write);
    out.varint(night.counts.silent_by_minute.size());
    for (const int people : night.counts.silent_by_minute) write(people);
    out.varint(night.called.size());
    for (const incident::PersonId& person : night.called) out.text(person.str());
  }
  return out.take();
}

std::optional<History> decode_history(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kVersion) return std::nullopt;
  History history;
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    Night night;
    if (!read_night(in, night)) return std::nullopt;
    history.add(std::move(night));
  }
  if (!in.done()) return std::nullopt;
  return history;
}

History read_history(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kFile);
  if (!bytes) return {};
  auto history = decode_history(*bytes);
  if (!history)
    throw Fault(Exit::untrusted, "the history was written by another version, or changed",
                "use a newer tocsin, or take history.sealed from a backup");
  return *std::move(history);
}

void remember_night(const home::Home& home, const seal::StoreKey& store,
                    const incident::State& state, base::Random& random) {
  History history = read_history(home, store);
  history.add(night_of(state));
  history.forget(*state.ended_at);
  home.write_sealed(store, kFile, encode(history), random);
}

}  // namespace tocsin::record
