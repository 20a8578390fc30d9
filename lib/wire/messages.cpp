#include "wire/messages.h"

namespace tocsin::wire {

namespace {

base::Instant read_instant(base::ByteReader& in) {
  return base::Instant{base::Milliseconds{in.i64()}};
}

// Reads a count and that many elements. Refuses a count above `most` before it allocates memory.
template <class Element, class Read>
std::optional<std::vector<Element>> read_list(base::ByteReader in, std::size_t most, Read&& read) {
  const std::uint64_t count = in.varint();
  if (!in.ok() || count > most) return std::nullopt;
  std::vector<Element> out;
  out.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i) {
    std::optional<Element> element = read(in);
    if (!in.ok() || !element) return std::nullopt;
    out.push_back(std::move(*element));
  }
  if (!in.done()) return std::nullopt;
  return out;
}

}  // namespace

base::Bytes encode(const Batch& batch) {
  base::ByteWriter out;
  out.raw(batch.answers.value_or(seal::KeyId{}).bytes);
  out.varint(batch.messages.size());
  for (const Message& message : batch.messages) {
    out.raw(message.mailbox.bytes);
    out.raw(message.id.bytes);
    out.i64(message.expires.time_since_epoch().count());
    out.sized(message.envelope);
  }
  return out.take();
}

std::optional<Batch> decode_batch(base::ByteView body) {
  base::ByteReader in{body};
  Batch batch;
  const seal::KeyId answers{in.array<16>()};
  if (answers != seal::KeyId{}) batch.answers = answers;
  auto messages =
      read_list<Message>(in, kMostMessages, [](base::ByteReader& left) -> std::optional<Message> {
        Message message;
        message.mailbox.bytes = left.array<16>();
        message.id.bytes = left.array<16>();
        message.expires = read_instant(left);
        message.envelope = left.sized();
        if (message.envelope.empty() || message.envelope.size() > kMostEnvelopeBytes)
          return std::nullopt;
        return message;
      });
  if (!messages) return std::nullopt;
  batch.messages = std::move(*messages);
  return batch;
}

base::Bytes encode_outcomes(std::span<const Outcome> outcomes) {
  base::ByteWriter out;
  out.varint(outcomes.size());
  for (const Outcome outcome : outcomes) out.u8(static_cast<std::uint8_t>(outcome));
  return out.take();
}

std::optional<std::vector<Outcome>> decode_outcomes(base::ByteView body) {
  return read_list<Outcome>(base::ByteReader{body}, kMostMessages,
                            [](base::ByteReader& in) -> std::optional<Outcome> {
                              const std::uint8_t value = in.u8();
                              if (value < static_cast<std::uint8_t>(Outcome::stored) ||
                                  value > static_cast<std::uint8_t>(Outcome::too_fast))
                                return std::nullopt;
                              return static_cast<Outcome>(value);
                            });
}

base::Bytes encode_items(std::span<const Item> items) {
  base::ByteWriter out;
  out.varint(items.size());
  for (const Item& item : items) {
    out.u64(item.cursor);
    out.u8(static_cast<std::uint8_t>(item.kind));
    out.raw(item.id.bytes);
    out.i64(item.expires.time_since_epoch().count());
    out.sized(item.envelope);
  }
  return out.take();
}

std::optional<std::vector<Item>> decode_items(base::ByteView body) {
  return read_list<Item>(
      base::ByteReader{body}, kMostItems, [](base::ByteReader& in) -> std::optional<Item> {
        Item item;
        item.cursor = in.u64();
        const std::uint8_t kind = in.u8();
        item.id.bytes = in.array<16>();
        item.expires = read_instant(in);
        const base::ByteView envelope = in.sized();
        if (kind < static_cast<std::uint8_t>(ItemKind::message) ||
            kind > static_cast<std::uint8_t>(ItemKind::hooked))
          return std::nullopt;
        item.kind = static_cast<ItemKind>(kind);
        const std::size_t most =
            item.kind == ItemKind::hooked ? kMostSealedHookBytes : kMostEnvelopeBytes;
        if ((item.kind == ItemKind::receipt) != envelope.empty() || envelope.size() > most)
          return std::nullopt;
        item.envelope.assign(envelope.begin(), envelope.end());
        return item;
      });
}

base::Bytes encode_cursor(std::uint64_t cursor) {
  base::ByteWriter out;
  out.u64(cursor);
  return out.take();
}

std::optional<std::uint64_t> decode_cursor(base::ByteView body) {
  base::ByteReader in{body};
  const std::uint64_t cursor = in.u64();
  if (!in.done()) return std::nullopt;
  return cursor;
}

}  // namespace tocsin::wire
