#include "incident/state/event.h"

#include <type_traits>
#include <utility>

#include "incident/state/event_fields.h"

namespace tocsin::incident {

namespace {

using base::ByteReader;
using base::ByteWriter;

constexpr std::uint8_t kVersion = 1;

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
  template <class Tag>
  void write(const std::vector<base::Id<Tag>>& value) {
    out.varint(value.size());
    for (const base::Id<Tag>& id : value) out.text(id.str());
  }
  void write(const std::vector<seal::MessageId>& value) {
    out.varint(value.size());
    for (const seal::MessageId& id : value) out.raw(id.bytes);
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

// The smallest and the largest value of each enumeration. This version writes no others.
template <class T>
constexpr int first_of(T) {
  return 1;
}
constexpr int first_of(Answer) { return static_cast<int>(Answer::none); }
constexpr int first_of(playbook::MessageKind) { return 0; }
constexpr int last_of(Answer) { return static_cast<int>(Answer::seen); }
constexpr int last_of(Audience) { return static_cast<int>(Audience::person); }
constexpr int last_of(Flag) { return static_cast<int>(Flag::unsettled); }
constexpr int last_of(Verdict) { return static_cast<int>(Verdict::expired); }
constexpr int last_of(Unread) { return static_cast<int>(Unread::whose); }
constexpr int last_of(seal::Realness) { return static_cast<int>(seal::Realness::exercise); }
constexpr int last_of(contact::Receipt) { return static_cast<int>(contact::Receipt::unknown); }
constexpr int last_of(playbook::MessageKind) {
  return static_cast<int>(playbook::kMessageKinds) - 1;
}

struct Decode {
  ByteReader& in;
  template <class T>
  void operator()(std::string_view, T& value) {
    if constexpr (Enumeration<T>) {
      const std::uint8_t number = in.u8();
      if (number < first_of(T{}) || number > last_of(T{}))
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
  template <class Tag>
  void read(std::vector<base::Id<Tag>>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left)
      value.emplace_back(in.text());
  }
  void read(std::vector<seal::MessageId>& value) {
    for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) read(value.emplace_back());
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

// Decodes the alternative with this number; false when there is none.
template <std::size_t... I>
bool decode_body(std::size_t number, ByteReader& in, Body& body, std::index_sequence<I...>) {
  Decode decode{in};
  return ((number == I && (body.emplace<I>().fields(decode), true)) || ...);
}

}  // namespace

std::map<ChannelId, std::uint64_t> LimitsTaken::by_channel() const {
  std::map<ChannelId, std::uint64_t> limits;
  for (std::size_t c = 0; c < channels.size(); ++c) limits[channels[c]] = per_minute[c];
  return limits;
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

std::string_view name_of(const Body& body) {
  return std::visit([](const auto& alternative) { return alternative.kName; }, body);
}

}  // namespace tocsin::incident
