// The stored form of a roster: version u8 · revision u64 · imported i64 · words · people. Words
// (skills, roles, wards, groups, languages, channels) are stored once and referred to by number.
#include <algorithm>

#include "roster/people/roster.h"
#include "roster/people/word_table.h"

namespace tocsin::roster {

namespace {

constexpr std::uint8_t kRosterVersion = 1;

// Bits of a contact point's flags.
constexpr std::uint8_t kWorking = 1;
constexpr std::uint8_t kConsented = 2;
constexpr std::uint8_t kTested = 4;
constexpr std::uint8_t kWithdrawn = 8;
constexpr std::uint8_t kLinked = 16;

void write(base::ByteWriter& out, Date date) {
  out.u32(static_cast<std::uint32_t>(date.time_since_epoch().count()));
}

Date read_date(base::ByteReader& in) {
  return Date{std::chrono::days{static_cast<std::int32_t>(in.u32())}};
}

void write(base::ByteWriter& out, const ContactPoint& contact, WordNumbers& words) {
  out.varint(words.number(contact.channel.str()));
  out.text(contact.address);
  out.u8(static_cast<std::uint8_t>(
      (contact.working ? kWorking : 0) | (contact.consented ? kConsented : 0) |
      (contact.tested ? kTested : 0) | (contact.withdrawn ? kWithdrawn : 0) |
      (contact.linked ? kLinked : 0)));
  if (contact.consented) write(out, *contact.consented);
  if (contact.tested) out.i64(contact.tested->time_since_epoch().count());
  if (contact.withdrawn) write(out, *contact.withdrawn);
  if (contact.linked) out.i64(contact.linked->time_since_epoch().count());
}

ContactPoint read_contact(base::ByteReader& in, const WordList& words) {
  ContactPoint contact;
  contact.channel = ChannelId{words.read(in)};
  contact.address = in.text();
  const std::uint8_t flags = in.u8();
  if (flags > (kWorking | kConsented | kTested | kWithdrawn | kLinked)) in.fail();
  contact.working = (flags & kWorking) != 0;
  if ((flags & kConsented) != 0) contact.consented = read_date(in);
  if ((flags & kTested) != 0) contact.tested = base::Instant{base::Milliseconds{in.i64()}};
  if ((flags & kWithdrawn) != 0) contact.withdrawn = read_date(in);
  if ((flags & kLinked) != 0) contact.linked = base::Instant{base::Milliseconds{in.i64()}};
  return contact;
}

void write(base::ByteWriter& out, const Responder& responder, WordNumbers& words) {
  out.text(responder.id.str());
  out.text(responder.name);
  out.varint(words.number(responder.staff_group.str()));
  out.varint(words.number(responder.role.str()));
  out.varint(words.number(responder.ward.str()));
  out.varint(words.number(responder.language));
  out.varint(static_cast<std::uint64_t>(responder.travel.count()));
  out.u8(static_cast<std::uint8_t>(responder.employment));
  out.varint(responder.skills.size());
  for (const SkillId& skill : responder.skills) out.varint(words.number(skill.str()));
  out.varint(responder.contacts.size());
  for (const ContactPoint& contact : responder.contacts) write(out, contact, words);
}

// Each element takes at least one byte, so a hostile count cannot claim more memory than the input
// has.
std::size_t plausible(std::uint64_t count, base::ByteReader& in) {
  if (count > in.left()) in.fail();
  return in.ok() ? static_cast<std::size_t>(count) : 0;
}

Responder read_responder(base::ByteReader& in, const WordList& words) {
  constexpr std::uint64_t kLongestTravel = 100 * 24 * 60;
  Responder responder;
  responder.id = PersonId{in.text()};
  responder.name = in.text();
  responder.staff_group = StaffGroupId{words.read(in)};
  responder.role = RoleId{words.read(in)};
  responder.ward = WardId{words.read(in)};
  responder.language = words.read(in);
  const std::uint64_t travel = in.varint();
  if (travel > kLongestTravel) in.fail();
  responder.travel = base::Minutes{static_cast<std::int64_t>(travel)};
  const std::uint8_t employment = in.u8();
  if (employment < 1 || employment > 2) in.fail();
  responder.employment = static_cast<Employment>(employment);
  responder.skills.resize(plausible(in.varint(), in));
  for (SkillId& skill : responder.skills) skill = SkillId{words.read(in)};
  if (!std::is_sorted(responder.skills.begin(), responder.skills.end())) in.fail();
  responder.contacts.resize(plausible(in.varint(), in));
  for (ContactPoint& contact : responder.contacts) contact = read_contact(in, words);
  return responder;
}

}  // namespace

base::Bytes encode(const Roster& roster) {
  WordNumbers words;
  base::ByteWriter people;
  people.varint(roster.size());
  for (const Responder& responder : roster.responders()) write(people, responder, words);

  base::ByteWriter out;
  out.u8(kRosterVersion);
  out.u64(roster.revision());
  out.i64(roster.imported().time_since_epoch().count());
  words.write(out);
  out.raw(people.bytes());
  return out.take();
}

std::optional<Roster> decode_roster(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kRosterVersion) return std::nullopt;
  const std::uint64_t revision = in.u64();
  const base::Instant imported{base::Milliseconds{in.i64()}};
  const WordList words{in};
  const std::size_t count = plausible(in.varint(), in);
  std::vector<Responder> responders;
  // A responder takes at least nine bytes.
  responders.reserve(std::min(count, in.left() / 9 + 1));
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    responders.push_back(read_responder(in, words));
    if (i > 0 && responders[i].id <= responders[i - 1].id) in.fail();
  }
  if (!in.done()) return std::nullopt;
  return Roster{revision, imported, std::move(responders)};
}

seal::Hash digest(const Roster& roster) { return seal::hash_of(encode(roster)); }

}  // namespace tocsin::roster
