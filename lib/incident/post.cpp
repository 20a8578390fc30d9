#include "incident/post.h"

#include <algorithm>
#include <future>
#include <map>

#include "incident/notice.h"

namespace tocsin::incident {

namespace {

// Large enough that a request to a relay is worth its round trip, small enough that sealing the
// next batch overlaps with sending this one.
constexpr std::size_t kBatch = 500;

seal::Header header_for(const State& state, const Message& message) {
  return {envelope_kind(message.kind), state.declared.realness, message.id,
          state.declared.incident,     message.issued,          message.expires};
}

void seal_for(const State& state, const Message& message, base::ByteView payload,
              const Envelopes& envelopes, std::vector<channel::Outgoing>& out) {
  const seal::Header header = header_for(state, message);
  const channel::Urgency urgency =
      header.kind == seal::Kind::request ? channel::Urgency::high : channel::Urgency::normal;
  for (const std::uint32_t d : state.people[message.person].devices) {
    const roster::Device& device = state.membership->devices()[d];
    out.push_back({message.id, seal::to_text(device.keys.id()),
                   envelopes.seal(device.keys.seal, header, payload), message.expires, urgency});
  }
}

std::vector<channel::Outgoing> seal_all(const State& state, std::span<const MessageIndex> messages,
                                        const Envelopes& envelopes,
                                        const seal::Certificate& caller) {
  const auto seal_part = [&](std::span<const MessageIndex> part) {
    std::vector<channel::Outgoing> out;
    // A broadcast says the same to thousands: it is put into words once.
    std::map<Topic, base::Bytes> payloads;
    for (const MessageIndex index : part) {
      const Message& message = state.messages[index];
      const auto [payload, is_new] = payloads.try_emplace(topic_of(state, message));
      if (is_new) payload->second = encode(notice_for(state, payload->first, caller));
      seal_for(state, message, payload->second, envelopes, out);
    }
    return out;
  };
  constexpr std::size_t kWorthAThread = 16;
  if (messages.size() < kWorthAThread) return seal_part(messages);
  const std::size_t half = messages.size() / 2;
  auto second = std::async(std::launch::async, seal_part, messages.subspan(half));
  std::vector<channel::Outgoing> out = seal_part(messages.first(half));
  std::vector<channel::Outgoing> rest = second.get();
  std::move(rest.begin(), rest.end(), std::back_inserter(out));
  return out;
}

// Which of two receipts says more: that it got there by any way outweighs that another way failed.
int weight(channel::Receipt receipt) {
  switch (receipt) {
    case channel::Receipt::read:
      return 7;
    case channel::Receipt::delivered:
      return 6;
    case channel::Receipt::sent:
      return 5;
    case channel::Receipt::queued:
      return 4;
    case channel::Receipt::unknown:
      return 3;
    case channel::Receipt::failed_for_now:
      return 2;
    case channel::Receipt::failed_for_good:
      return 1;
  }
  return 0;
}

}  // namespace

std::vector<Receipted> post(const State& state, std::span<const MessageIndex> messages,
                            channel::Channel& channel, const Envelopes& envelopes,
                            const seal::Certificate& caller) {
  std::map<seal::MessageId, Receipted> best;
  const auto take = [&](const std::vector<channel::Delivery>& deliveries) {
    for (const channel::Delivery& d : deliveries) {
      const auto [at, fresh] = best.try_emplace(d.id, Receipted{d.id, d.receipt, d.reason});
      if (!fresh && weight(d.receipt) > weight(at->second.receipt))
        at->second = {d.id, d.receipt, d.reason};
    }
  };
  std::future<std::vector<channel::Delivery>> sending;
  for (std::size_t at = 0; at < messages.size(); at += kBatch) {
    auto sealed = seal_all(state, messages.subspan(at, std::min(kBatch, messages.size() - at)),
                           envelopes, caller);
    if (sending.valid()) take(sending.get());
    const auto send = [&channel, batch = std::move(sealed)] { return channel.send(batch); };
    // The last batch has no sealing left to overlap with; most often it is the only one.
    if (at + kBatch >= messages.size())
      take(send());
    else
      sending = std::async(std::launch::async, send);
  }

  std::vector<Receipted> out;
  for (const MessageIndex index : messages) {
    const Message& message = state.messages[index];
    const auto found = best.find(message.id);
    // Nobody to seal it to: the device was revoked after the message was decided on.
    out.push_back(found == best.end()
                      ? Receipted{message.id, channel::Receipt::failed_for_good, "no device left"}
                      : found->second);
  }
  return out;
}

}  // namespace tocsin::incident
