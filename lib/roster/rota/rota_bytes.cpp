// The stored form of a rota: version u8 · revision u64 · words · people with their stints ·
// overrides.
#include "roster/people/word_table.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

namespace {

constexpr std::uint8_t kRotaVersion = 1;

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
  // Accept the years 1970 to 9999 only, so that no sum below overflows.
  if (from < 0 || from > 253'402'300'800'000 || length == 0 || length > kLongest) in.fail();
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

  base::ByteWriter out;
  out.u8(kRotaVersion);
  out.u64(rota.revision());
  words.write(out);
  out.raw(body.bytes());
  return out.take();
}

std::optional<Rota> decode_rota(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kRotaVersion) return std::nullopt;
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
  if (!in.done()) return std::nullopt;
  return Rota{revision, std::move(planned), std::move(overrides)};
}

}  // namespace tocsin::roster
