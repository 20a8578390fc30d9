// The stored form of meanings: version u8 · count · per word: word, written, duty u8, role, has
// times u8, from and until in minutes after midnight.
#include "roster/rota/meaning.h"

namespace tocsin::roster {

namespace {

constexpr std::uint8_t kMeaningsVersion = 1;
constexpr std::uint64_t kMinutesOfDay = 24 * 60;

base::Minutes read_minutes(base::ByteReader& in) {
  const std::uint64_t minutes = in.varint();
  if (minutes > kMinutesOfDay) in.fail();
  return base::Minutes{in.ok() ? static_cast<std::int64_t>(minutes) : 0};
}

Meaning read_meaning(base::ByteReader& in) {
  Meaning meaning;
  meaning.written = in.text();
  const std::uint8_t duty = in.u8();
  if (duty > static_cast<std::uint8_t>(Duty::absent)) in.fail();
  meaning.duty = static_cast<Duty>(duty);
  meaning.role = RoleId{in.text()};
  const std::uint8_t has_times = in.u8();
  if (has_times > 1) in.fail();
  if (has_times == 1) {
    meaning.from = read_minutes(in);
    meaning.until = read_minutes(in);
  }
  return meaning;
}

}  // namespace

base::Bytes encode(const Meanings& meanings) {
  base::ByteWriter out;
  out.u8(kMeaningsVersion);
  out.varint(meanings.size());
  for (const auto& [word, meaning] : meanings) {
    out.text(word);
    out.text(meaning.written);
    out.u8(static_cast<std::uint8_t>(meaning.duty));
    out.text(meaning.role.str());
    out.u8(meaning.from && meaning.until ? 1 : 0);
    if (!meaning.from || !meaning.until) continue;
    out.varint(static_cast<std::uint64_t>(meaning.from->count()));
    out.varint(static_cast<std::uint64_t>(meaning.until->count()));
  }
  return out.take();
}

std::optional<Meanings> decode_meanings(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kMeaningsVersion) return std::nullopt;
  Meanings meanings;
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    std::string word{in.text()};
    if (!meanings.emplace(std::move(word), read_meaning(in)).second) in.fail();
  }
  if (!in.done()) return std::nullopt;
  return meanings;
}

}  // namespace tocsin::roster
