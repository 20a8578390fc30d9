// The stored form of a rota: version u8 · revision u64 · words · people with their stints ·
// overrides; in version 2 also the sources of the planned stints, in their order, and in version 3
// some of them are of a change of all later repetitions.
#include <algorithm>

#include "roster/people/word_table.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

namespace {

constexpr std::uint8_t kWithoutSources = 1;
constexpr std::uint8_t kWithSources = 2;
constexpr std::uint8_t kWithLater = 3;

std::uint8_t version_of(const Rota& rota) {
  if (rota.sources().empty()) return kWithoutSources;
  const bool later = std::any_of(rota.sources().begin(), rota.sources().end(),
                                 [](const Source& one) { return one.by == Source::By::later; });
  return later ? kWithLater : kWithSources;
}

// The years 1970 to 9999, so that no sum overflows.
bool is_plausible(std::int64_t milliseconds) {
  return milliseconds >= 0 && milliseconds <= 253'402'300'800'000;
}

base::Instant read_instant(base::ByteReader& in) {
  const std::int64_t milliseconds = in.i64();
  if (!is_plausible(milliseconds)) in.fail();
  return base::Instant{base::Milliseconds{in.ok() ? milliseconds : 0}};
}

void write(base::ByteWriter& out, const Source& source, WordNumbers& words) {
  out.varint(words.number(source.uid));
  if (source.uid.empty()) return;
  out.u8(static_cast<std::uint8_t>(source.by));
  out.i64(source.original.time_since_epoch().count());
  out.varint(static_cast<std::uint64_t>(source.sequence));
  out.i64(source.stamp.time_since_epoch().count());
}

Source read_source(base::ByteReader& in, const WordList& words, std::uint8_t version) {
  constexpr std::uint64_t kHighest = 0x7fffffff;
  Source source;
  source.uid = words.read(in);
  if (source.uid.empty()) return source;
  const std::uint8_t by = in.u8();
  if (by > (version == kWithLater ? 2 : 1)) in.fail();
  if (in.ok()) source.by = static_cast<Source::By>(by);
  source.original = read_instant(in);
  const std::uint64_t sequence = in.varint();
  if (sequence > kHighest) in.fail();
  source.sequence = in.ok() ? static_cast<int>(sequence) : 0;
  source.stamp = read_instant(in);
  return source;
}

void write(base::ByteWriter& out, const Stint& stint, WordNumbers& words) {
  out.u8(static_cast<std::uint8_t>(stint.duty));
  out.varint(words.number(stint.role.str()));
  out.varint(words.number(stint.ward.str()));
  out.i64(stint.from.time_since_epoch().count());
  out.varint(static_cast<std::uint64_t>((stint.until - stint.from).count()));
}

Stint read_stint(base::ByteReader& in, const WordList& words, const PersonId& person) {
  constexpr std::uint64_t kLongest = std::uint64_t{1} << 40;  // milliseconds: 34 years
  Stint stint;
  stint.person = person;
  const std::uint8_t duty = in.u8();
  if (duty > static_cast<std::uint8_t>(Duty::absent)) in.fail();
  stint.duty = static_cast<Duty>(duty);
  stint.role = RoleId{words.read(in)};
  stint.ward = WardId{words.read(in)};
  const std::int64_t from = in.i64();
  const std::uint64_t length = in.varint();
  if (!is_plausible(from) || length == 0 || length > kLongest) in.fail();
  if (!in.ok()) return stint;
  stint.from = base::Instant{base::Milliseconds{from}};
  stint.until = stint.from + base::Milliseconds{static_cast<std::int64_t>(length)};
  return stint;
}

}  // namespace

base::Bytes encode(const Rota& rota) {
  WordNumbers words;
  base::ByteWriter body;
  const std::vector<Stint>& planned = rota.planned();
  for (std::size_t i = 0; i < planned.size();) {
    std::size_t end = i;
    while (end < planned.size() && planned[end].person == planned[i].person) ++end;
    body.varint(end - i);
    body.text(planned[i].person.str());
    for (; i < end; ++i) write(body, planned[i], words);
  }
  body.varint(0);  // the end of the people
  body.varint(rota.overrides().size());
  for (const Override& change : rota.overrides()) {
    body.u64(change.number);
    body.text(change.stint.person.str());
    write(body, change.stint, words);
    body.text(change.reason);
    body.i64(change.added.time_since_epoch().count());
  }

  for (const Source& source : rota.sources()) write(body, source, words);

  base::ByteWriter out;
  out.u8(version_of(rota));
  out.u64(rota.revision());
  words.write(out);
  out.raw(body.bytes());
  return out.take();
}

std::optional<Rota> decode_rota(base::ByteView bytes) {
  base::ByteReader in{bytes};
  const std::uint8_t version = in.u8();
  if (version < kWithoutSources || version > kWithLater) return std::nullopt;
  const std::uint64_t revision = in.u64();
  const WordList words{in};
  std::vector<Stint> planned;
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); count = in.varint()) {
    const PersonId person{in.text()};
    for (std::uint64_t i = 0; i < count && in.ok(); ++i)
      planned.push_back(read_stint(in, words, person));
  }
  std::vector<Override> overrides;
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    Override change;
    change.number = in.u64();
    const PersonId person{in.text()};
    change.stint = read_stint(in, words, person);
    change.reason = in.text();
    change.added = base::Instant{base::Milliseconds{in.i64()}};
    overrides.push_back(std::move(change));
  }
  if (version == kWithoutSources) {
    if (!in.done()) return std::nullopt;
    return Rota{revision, std::move(planned), std::move(overrides)};
  }
  std::vector<Planned> with;
  for (Stint& stint : planned) {
    if (!in.ok()) break;
    with.push_back({std::move(stint), read_source(in, words, version)});
  }
  if (!in.done()) return std::nullopt;
  return Rota::with_sources(revision, std::move(with), std::move(overrides));
}

}  // namespace tocsin::roster
