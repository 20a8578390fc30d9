#include "drill/run/memory.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::drill {

namespace {

base::Bytes pack(const seal::VerifyKey& signer, const seal::Header& header,
                 base::ByteView payload) {
  base::ByteWriter out;
  out.raw(signer.bytes);
  out.u8(static_cast<std::uint8_t>(header.kind));
  out.u8(static_cast<std::uint8_t>(header.realness));
  out.raw(header.id.bytes);
  out.raw(header.incident.bytes);
  out.i64(header.created.time_since_epoch().count());
  out.i64(header.expires.time_since_epoch().count());
  out.sized(payload);
  return out.take();
}

std::optional<seal::Opened> unpack(base::ByteView envelope) {
  base::ByteReader in{envelope};
  seal::Opened opened;
  opened.signer.bytes = in.array<32>();
  opened.header.kind = static_cast<seal::Kind>(in.u8());
  opened.header.realness = static_cast<seal::Realness>(in.u8());
  opened.header.id.bytes = in.array<16>();
  opened.header.incident.bytes = in.array<16>();
  opened.header.created = base::Instant{base::Milliseconds{in.i64()}};
  opened.header.expires = base::Instant{base::Milliseconds{in.i64()}};
  const base::ByteView payload = in.sized();
  opened.payload.assign(payload.begin(), payload.end());
  return in.done() ? std::optional{std::move(opened)} : std::nullopt;
}

}  // namespace

base::Bytes OpenEnvelopes::seal(const seal::SealingKey&, const seal::Header& header,
                                base::ByteView payload) const {
  return pack(signer_, header, payload);
}

std::variant<seal::Opened, seal::Rejection> OpenEnvelopes::open(base::ByteView envelope) const {
  auto opened = unpack(envelope);
  if (!opened) return seal::Rejection::malformed;
  return std::move(*opened);
}

MemoryPost::MemoryPost(std::vector<seal::PublicIdentity> devices)
    : devices_(std::move(devices)), mailboxes_(devices_.size()) {
  for (std::size_t p = 0; p < devices_.size(); ++p)
    person_by_mailbox_.emplace(seal::to_text(devices_[p].id()), p);
}

std::vector<channel::Delivery> MemoryPost::send(std::span<const channel::SealedMessage> batch) {
  std::vector<channel::Delivery> out;
  for (const channel::SealedMessage& message : batch) {
    const std::size_t person = person_by_mailbox_.at(message.address);
    mailboxes_[person].push_back(message.content.envelope);
    arrivals_.push_back(person);
    out.push_back({message.id, contact::Receipt::sent, "", base::Milliseconds{0}});
  }
  return out;
}

channel::Collected MemoryPost::collect(base::Milliseconds) {
  channel::Collected out;
  for (const Item& item : items_)
    if (item.fetched)
      out.deliveries.push_back({*item.fetched, contact::Receipt::delivered, {}, {}});
    else
      out.messages.push_back({item.reply});
  out.cursor = acknowledged_ + items_.size();
  return out;
}

void MemoryPost::acknowledge(std::uint64_t cursor) {
  const auto count = static_cast<std::ptrdiff_t>(cursor - acknowledged_);
  items_.erase(items_.begin(), items_.begin() + count);
  acknowledged_ = cursor;
}

std::vector<device::Message> MemoryPost::fetch(std::size_t person, base::Instant) {
  std::vector<device::Message> out;
  for (const base::Bytes& envelope : mailboxes_[person]) {
    const auto opened = unpack(envelope);
    TOCSIN_ASSERT(opened);
    auto notice = incident::decode_notice(opened->payload);
    TOCSIN_ASSERT(notice);
    items_.push_back({{}, opened->header.id});
    out.push_back({opened->header, std::move(*notice)});
  }
  mailboxes_[person].clear();
  return out;
}

void MemoryPost::send(std::size_t person, const seal::Header& header,
                      const incident::Reply& reply) {
  items_.push_back({pack(devices_[person].verify, header, incident::encode(reply)), {}});
}

}  // namespace tocsin::drill
