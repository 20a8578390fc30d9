#include "incident/event.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

namespace tocsin::incident {

namespace {

using base::ByteReader;
using base::ByteWriter;
using nlohmann::json;

constexpr std::uint8_t kVersion = 1;

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<base::Id<Tag>> = true;

template <class T>
concept Enumeration = std::is_enum_v<T>;

// Writes a field as bytes.
struct Encode {
  ByteWriter& out;
  template <class T>
  void operator()(std::string_view, const T& value) {
    if constexpr (Enumeration<T>)
      out.u8(static_cast<std::uint8_t>(value));
    else if constexpr (kIsId<T>)
      out.text(value.str());
    else
      write(value);
  }
  void write(const std::string& value) { out.text(value); }
  void write(const base::Bytes& value) { out.sized(value); }
  void write(std::uint64_t value) { out.varint(value); }
  void write(base::Instant value) { out.i64(value.time_since_epoch().count()); }
  void write(const seal::MessageId& value) { out.raw(value.bytes); }
  void write(const seal::PublicIdentity& value) { seal::write(out, value); }
  void write(const std::vector<SeatOutlook>& value) {
    out.varint(value.size());
    for (const SeatOutlook& seat : value) {
      out.text(seat.post.str());
      out.varint(seat.deadline);
      out.varint(seat.per_mille);
    }
  }
  void write(const std::vector<PostId>& value) {
    out.varint(value.size());
    for (const PostId& post : value) out.text(post.str());
  }
  void write(const std::vector<std::uint64_t>& value) {
    out.varint(value.size());
    for (const std::uint64_t number : value) out.varint(number);
  }
  void write(const std::vector<TimesCalled>& value) {
    out.varint(value.size());
    for (const TimesCalled& called : value) {
      out.text(called.person.str());
      out.varint(called.times);
    }
  }
};

// The largest value of each enumeration: what is beyond it cannot have been written by this
// version.
constexpr int last_of(Answer) { return static_cast<int>(Answer::seen); }
constexpr int last_of(Audience) { return static_cast<int>(Audience::person); }
constexpr int last_of(Flag) { return static_cast<int>(Flag::lead_missing); }
constexpr int last_of(Verdict) { return static_cast<int>(Verdict::expired); }
constexpr int last_of(seal::Realness) { return static_cast<int>(seal::Realness::exercise); }
constexpr int last_of(channel::Receipt) { return static_cast<int>(channel::Receipt::unknown); }
constexpr int last_of(playbook::MessageKind) {
  return static_cast<int>(playbook::kMessageKinds) - 1;
}

struct Decode {
  ByteReader& in;
  template <class T>
  void operator()(std::string_view, T& value) {
    if constexpr (Enumeration<T>) {
      const std::uint8_t number = in.u8();
      if (number > last_of(T{}))
        in.fail();
      else
        value = static_cast<T>(number);
    } else if constexpr (kIsId<T>) {
      value = T{in.text()};
    } else {
      read(value);
    }
  }
  void read(std::string& value) { value = in.text(); }
  void read(base::Bytes& value) {
    const base::ByteView bytes = in.sized();
    value.assign(bytes.begin(), bytes.end());
  }
  void read(std::uint64_t& value) { value = in.varint(); }
  void read(base::Instant& value) { value = base::Instant{base::Milliseconds{in.i64()}}; }
  void read(seal::MessageId& value) {
    const base::ByteView bytes = in.raw(value.bytes.size());
    if (in.ok()) std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
  }
  void read(seal::PublicIdentity& value) { value = seal::read_public_identity(in); }
  void read(std::vector<SeatOutlook>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
      SeatOutlook seat{PostId{in.text()}, in.varint(), in.varint()};
      if (seat.per_mille > 1000) in.fail();
      value.push_back(std::move(seat));
    }
  }
  void read(std::vector<PostId>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
      value.emplace_back(in.text());
  }
  void read(std::vector<std::uint64_t>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
      value.push_back(in.varint());
  }
  void read(std::vector<TimesCalled>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
      value.push_back({PersonId{in.text()}, in.varint()});
  }
};

std::string words(seal::Realness realness) {
  return realness == seal::Realness::real ? "real" : "exercise";
}
std::string words(Answer answer) { return std::string{to_text(answer)}; }
std::string words(Audience audience) { return std::string{to_text(audience)}; }
std::string words(Flag flag) { return std::string{to_text(flag)}; }
std::string words(Verdict verdict) { return std::string{to_text(verdict)}; }
std::string words(channel::Receipt receipt) { return std::string{channel::to_text(receipt)}; }
std::string words(playbook::MessageKind kind) { return std::string{playbook::to_text(kind)}; }

json digest_of(base::ByteView bytes) {
  return {{"bytes", bytes.size()}, {"blake2b_256", base::to_hex(seal::hash_of(bytes))}};
}

struct Export {
  json& out;
  template <class T>
  void operator()(std::string_view name, const T& value) {
    if constexpr (Enumeration<T>)
      out[std::string{name}] = words(value);
    else if constexpr (kIsId<T>)
      out[std::string{name}] = value.str();
    else
      out[std::string{name}] = form(name, value);
  }
  json form(std::string_view name, const std::string& value) {
    return name == "playbook" ? digest_of(base::bytes_of(value)) : json(value);
  }
  json form(std::string_view, const base::Bytes& value) { return digest_of(value); }
  json form(std::string_view, std::uint64_t value) { return value; }
  json form(std::string_view, base::Instant value) {
    return value == base::Instant{} ? json(nullptr) : json(base::to_rfc3339(value));
  }
  json form(std::string_view, const seal::MessageId& value) { return seal::to_text(value); }
  json form(std::string_view, const std::vector<SeatOutlook>& value) {
    json seats = json::array();
    for (const SeatOutlook& seat : value)
      seats.push_back({{"post", seat.post.str()},
                       {"deadline", seat.deadline},
                       {"probability", static_cast<double>(seat.per_mille) / 1000.0}});
    return seats;
  }
  json form(std::string_view, const std::vector<PostId>& value) {
    json posts = json::array();
    for (const PostId& post : value) posts.push_back(post.str());
    return posts;
  }
  json form(std::string_view, const std::vector<std::uint64_t>& value) { return value; }
  json form(std::string_view, const std::vector<TimesCalled>& value) {
    json people = json::array();
    for (const TimesCalled& called : value)
      people.push_back({{"person", called.person.str()}, {"times", called.times}});
    return people;
  }
  json form(std::string_view, const seal::PublicIdentity& value) {
    return seal::to_text(value.id());
  }
};

// Decodes the alternative with this number; false when there is none.
template <std::size_t... I>
bool decode_body(std::size_t number, ByteReader& in, Body& body, std::index_sequence<I...>) {
  Decode decode{in};
  return ((number == I && (body.emplace<I>().fields(decode), true)) || ...);
}

}  // namespace

std::string_view to_text(Answer answer) noexcept {
  constexpr std::array<std::string_view, 8> kTexts = {"none", "coming",  "later",   "last resort",
                                                      "no",   "arrived", "leaving", "seen"};
  return kTexts[static_cast<std::size_t>(answer)];
}

std::optional<Answer> answer_from_text(std::string_view text) noexcept {
  if (text == "last-resort" || text == "last_resort") return Answer::last_resort;
  for (const Answer answer : {Answer::coming, Answer::later, Answer::last_resort, Answer::no,
                              Answer::arrived, Answer::leaving, Answer::seen})
    if (text == to_text(answer)) return answer;
  return std::nullopt;
}

std::string_view to_text(Audience audience) noexcept {
  switch (audience) {
    case Audience::area:
      return "area";
    case Audience::role:
      return "role";
    case Audience::coming:
      return "coming";
    case Audience::asked:
      return "asked";
    case Audience::person:
      return "person";
  }
  return "unknown";
}

std::string_view to_text(Flag flag) noexcept {
  switch (flag) {
    case Flag::gap:
      return "gap";
    case Flag::phone_list:
      return "phone list";
    case Flag::rest_override:
      return "rest override";
    case Flag::refused:
      return "refused messages";
    case Flag::channel_failed:
      return "channel failed";
    case Flag::lead_missing:
      return "lead missing";
  }
  return "unknown";
}

std::string_view to_text(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::declined:
      return "declined";
    case Verdict::expired:
      return "expired";
  }
  return "unknown";
}

base::Bytes encode(const Event& event) {
  ByteWriter out;
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(event.body.index()));
  out.i64(event.at.time_since_epoch().count());
  out.text(event.by);
  std::visit(
      [&](const auto& body) {
        Encode encode{out};
        // `fields` is one member for reading and writing; Encode takes every field by const
        // reference.
        const_cast<std::remove_cvref_t<decltype(body)>&>(body).fields(encode);
      },
      event.body);
  return out.take();
}

std::optional<Event> decode_event(base::ByteView bytes) {
  ByteReader in{bytes};
  if (in.u8() != kVersion) return std::nullopt;
  const std::size_t number = in.u8();
  Event event;
  event.at = base::Instant{base::Milliseconds{in.i64()}};
  event.by = in.text();
  if (!decode_body(number, in, event.body, std::make_index_sequence<std::variant_size_v<Body>>{}) ||
      !in.done())
    return std::nullopt;
  return event;
}

nlohmann::json to_json(const Event& event) {
  json out = {{"at", base::to_rfc3339(event.at)}, {"by", event.by}, {"event", name_of(event.body)}};
  std::visit(
      [&](const auto& body) {
        Export visit{out};
        const_cast<std::remove_cvref_t<decltype(body)>&>(body).fields(visit);
      },
      event.body);
  return out;
}

std::string_view name_of(const Body& body) {
  return std::visit([](const auto& alternative) { return alternative.kName; }, body);
}

}  // namespace tocsin::incident
