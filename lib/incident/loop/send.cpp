#include "incident/loop/send.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <iterator>
#include <map>

#include "incident/message/notice.h"

namespace tocsin::incident {

namespace {

// So large that the round trip to a relay is worth it, and so small that the next batch is sealed
// while this one is sent.
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

// Seals on two threads. Each takes the next few messages, so that the one that is slowed down by
// sending the batch before takes fewer.
std::vector<channel::Outgoing> seal_all(const State& state, std::span<const MessageIndex> messages,
                                        const Envelopes& envelopes,
                                        const seal::Certificate& caller) {
  constexpr std::size_t kAtOnce = 8;
  std::vector<std::vector<channel::Outgoing>> sealed(messages.size());
  std::atomic<std::size_t> taken = 0;
  const auto seal_some = [&] {
    // Render equal messages once: a broadcast says the same to thousands.
    std::map<Topic, base::Bytes> payloads;
    for (std::size_t at = taken.fetch_add(kAtOnce); at < messages.size();
         at = taken.fetch_add(kAtOnce))
      for (std::size_t i = at; i < std::min(at + kAtOnce, messages.size()); ++i) {
        const Message& message = state.messages[messages[i]];
        const auto [payload, is_new] = payloads.try_emplace(topic_of(state, message));
        if (is_new) payload->second = encode(notice_for(state, payload->first, caller));
        seal_for(state, message, payload->second, envelopes, sealed[i]);
      }
  };
  std::future<void> other;
  if (messages.size() > kAtOnce) other = std::async(std::launch::async, seal_some);
  seal_some();
  if (other.valid()) other.get();
  std::vector<channel::Outgoing> out;
  for (std::vector<channel::Outgoing>& some : sealed)
    std::move(some.begin(), some.end(), std::back_inserter(out));
  return out;
}

// Orders receipts: a message that arrived on one device counts more than a failure on another.
int weight(contact::Receipt receipt) {
  switch (receipt) {
    case contact::Receipt::read:
      return 7;
    case contact::Receipt::delivered:
      return 6;
    case contact::Receipt::sent:
      return 5;
    case contact::Receipt::queued:
      return 4;
    case contact::Receipt::unknown:
      return 3;
    case contact::Receipt::failed_for_now:
      return 2;
    case contact::Receipt::failed_for_good:
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
    // No sealing is left to do beside the last batch, which most often is the only one.
    if (at + kBatch >= messages.size())
      take(send());
    else
      sending = std::async(std::launch::async, send);
  }

  std::vector<Receipted> out;
  for (const MessageIndex index : messages) {
    const Message& message = state.messages[index];
    const auto found = best.find(message.id);
    // No device is left: it was revoked after the message was issued.
    out.push_back(found == best.end()
                      ? Receipted{message.id, contact::Receipt::failed_for_good, "no device left"}
                      : found->second);
  }
  return out;
}

}  // namespace tocsin::incident
