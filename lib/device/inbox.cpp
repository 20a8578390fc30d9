#include "device/inbox.h"

#include <algorithm>
#include <utility>

#include "base/fault.h"

namespace tocsin::device {

namespace {

constexpr std::string_view kInbox = "inbox";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMostLetters = 1'000;

}  // namespace

bool Inbox::has(base::ByteView envelope) const {
  return std::ranges::any_of(
      letters, [&](const Letter& letter) { return std::ranges::equal(letter.envelope, envelope); });
}

void Inbox::add(base::Bytes envelope, base::Instant received) {
  Letter letter;
  letter.number = next_++;
  letter.envelope = std::move(envelope);
  letter.received = received;
  letters.push_back(std::move(letter));
}

void Inbox::shorten() {
  if (letters.size() > kMostLetters)
    letters.erase(letters.begin(), letters.end() - std::ptrdiff_t{kMostLetters});
}

// count and letters: number, received, answer, when or 0, answered, envelope
base::Bytes encode(const Inbox& inbox) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.u32(inbox.next_);
  out.varint(inbox.letters.size());
  for (const Letter& letter : inbox.letters) {
    out.u32(letter.number);
    out.i64(letter.received.time_since_epoch().count());
    out.u8(static_cast<std::uint8_t>(letter.answer));
    out.i64(letter.when.value_or(base::Instant{}).time_since_epoch().count());
    out.i64(letter.answered.time_since_epoch().count());
    out.sized(letter.envelope);
  }
  return out.bytes();
}

std::optional<Inbox> decode_inbox(base::ByteView bytes) {
  base::ByteReader in{bytes};
  const std::uint8_t version = in.u8();
  Inbox inbox;
  inbox.next_ = in.u32();
  const std::uint64_t count = in.varint();
  const auto instant = [&] { return base::Instant{base::Milliseconds{in.i64()}}; };
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    Letter letter;
    letter.number = in.u32();
    letter.received = instant();
    letter.answer = static_cast<incident::Answer>(in.u8());
    const base::Instant when = instant();
    if (when != base::Instant{}) letter.when = when;
    letter.answered = instant();
    const base::ByteView envelope = in.sized();
    letter.envelope.assign(envelope.begin(), envelope.end());
    inbox.letters.push_back(std::move(letter));
  }
  if (!in.done() || version != kVersion) return std::nullopt;
  return inbox;
}

Inbox read_inbox(const home::DeviceHome& home) {
  const auto bytes = home.read_own(kInbox);
  if (!bytes) return {};
  auto inbox = decode_inbox(*bytes);
  if (!inbox)
    throw base::Fault(
        base::Exit::untrusted, "the inbox of this device was changed or damaged",
        "remove inbox.state from the folder; what has not been answered is sent again");
  return *std::move(inbox);
}

void write_inbox(const home::DeviceHome& home, const Inbox& inbox) {
  home.write_own(kInbox, encode(inbox));
}

}  // namespace tocsin::device
