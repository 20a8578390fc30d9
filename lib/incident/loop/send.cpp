#include "incident/loop/send.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <iterator>
#include <map>
#include <set>

#include "incident/message/notice.h"
#include "incident/state/reach.h"
#include "playbook/messages.h"

namespace tocsin::incident {

namespace {

using contact::Class;

// So large that the round trip to a relay is worth it, and so small that the next batch is sealed
// while this one is sent.
constexpr std::size_t kBatch = 500;

seal::Header header_for(const State& state, const Message& message) {
  return {envelope_kind(message.kind), state.declared.realness, message.id,
          state.declared.incident,     message.issued,          message.expires};
}

channel::Urgency urgency_of(const Message& message) {
  return envelope_kind(message.kind) == seal::Kind::request ? channel::Urgency::high
                                                            : channel::Urgency::normal;
}

void seal_for(const State& state, const Message& message, base::ByteView payload,
              const Envelopes& envelopes, std::vector<channel::SealedMessage>& out) {
  const seal::Header header = header_for(state, message);
  for (const std::uint32_t d : state.people[message.person].devices) {
    const roster::Device& device = state.membership->devices()[d];
    out.push_back({message.id,
                   seal::to_text(device.keys.id()),
                   {envelopes.seal(device.keys.seal, header, payload)},
                   message.expires,
                   urgency_of(message)});
  }
}

// Seals on two threads. Each takes the next few messages, so that the one that is slowed down by
// sending the batch before takes fewer.
std::vector<channel::SealedMessage> seal_all(const State& state,
                                             std::span<const MessageIndex> messages,
                                             const Envelopes& envelopes,
                                             const seal::Certificate& caller) {
  constexpr std::size_t kAtOnce = 8;
  std::vector<std::vector<channel::SealedMessage>> sealed(messages.size());
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
  std::vector<channel::SealedMessage> out;
  for (std::vector<channel::SealedMessage>& some : sealed)
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

// Where several people read it, it says whom it is for.
channel::Words addressed(channel::Words words, const std::string& name) {
  return {fmt::format("{}: {}", name, words.text)};
}
playbook::Nudge addressed(playbook::Nudge nudge, const std::string& name) {
  nudge.address_to(name);
  return nudge;
}
channel::Call addressed(channel::Call call, const std::string&) { return call; }

// One for each address that a person has on the channel.
template <class Content, class Write>
std::vector<channel::Outgoing<Content>> write_all(const State& state,
                                                  std::span<const MessageIndex> messages,
                                                  const std::set<std::string, std::less<>>& shared,
                                                  Write&& write) {
  std::vector<channel::Outgoing<Content>> out;
  for (const MessageIndex index : messages) {
    const Message& message = state.messages[index];
    for (std::string& address : addresses(state, message.person, message.channel)) {
      Content content = write(message);
      if (shared.contains(address) && message.kind != playbook::MessageKind::whose)
        content = addressed(std::move(content), state.roster[message.person].name);
      out.push_back({message.id, std::move(address), std::move(content), message.expires,
                     urgency_of(message),
                     message.asks() || message.kind == playbook::MessageKind::choices});
    }
  }
  return out;
}

playbook::Nudge nudge_for(const State& state, const Message& message) {
  const std::string& language = state.roster[message.person].language;
  if (playbook::is_for_strangers(message.kind)) return {state.playbook, language, message.kind};
  const bool is_real = state.declared.realness == seal::Realness::real;
  return {state.playbook, language,
          is_real ? playbook::Occasion::real : playbook::Occasion::exercise,
          playbook::meaning_of(message.kind, state.has_ended())};
}

struct Best {
  Receipted receipted;
  bool is_held = false;
};
using Receipts = std::map<seal::MessageId, Best>;

void keep_best(const std::vector<channel::Delivery>& deliveries, Receipts& best) {
  for (const channel::Delivery& d : deliveries) {
    const auto [at, fresh] =
        best.try_emplace(d.id, Best{Receipted{d.id, d.receipt, d.reason}, d.is_held});
    if (!fresh && weight(d.receipt) > weight(at->second.receipted.receipt))
      at->second = {{d.id, d.receipt, d.reason}, d.is_held};
  }
}

// Writes the next batch while the one before is sent.
template <class Carrier, class Write>
Receipts send_in_batches(Carrier& carrier, std::span<const MessageIndex> messages, Write&& write) {
  Receipts best;
  std::future<std::vector<channel::Delivery>> sending;
  for (std::size_t at = 0; at < messages.size(); at += kBatch) {
    auto written = write(messages.subspan(at, std::min(kBatch, messages.size() - at)));
    if (sending.valid()) keep_best(sending.get(), best);
    const auto send_it = [&carrier, batch = std::move(written)] { return carrier.send(batch); };
    // Nothing is left to write beside the last batch, which most often is the only one.
    if (at + kBatch >= messages.size())
      keep_best(send_it(), best);
    else
      sending = std::async(std::launch::async, send_it);
  }
  return best;
}

// What a channel of each class is handed.
struct Sending {
  const State& state;
  std::span<const MessageIndex> messages;
  const Envelopes& envelopes;
  const seal::Certificate& caller;

  Receipts operator()(channel::Carrier<Class::sealed>* carrier) const {
    return send_in_batches(*carrier, messages, [&](std::span<const MessageIndex> some) {
      return seal_all(state, some, envelopes, caller);
    });
  }
  Receipts operator()(channel::Carrier<Class::end_to_end>* carrier) const {
    return to_addresses(carrier, [&](const Message& message) {
      return channel::Words{notice_for(state, message, caller).text};
    });
  }
  Receipts operator()(channel::Carrier<Class::provider_readable>* carrier) const {
    return to_addresses(carrier, [&](const Message& message) { return nudge_for(state, message); });
  }
  Receipts operator()(channel::Carrier<Class::human>* carrier) const {
    return to_addresses(carrier, [](const Message&) { return channel::Call{}; });
  }

 private:
  template <class Carrier, class Write>
  Receipts to_addresses(Carrier* carrier, Write&& write) const {
    const auto shared = shared_addresses(state.roster, ChannelId{std::string{carrier->name()}});
    return send_in_batches(*carrier, messages, [&](std::span<const MessageIndex> some) {
      return write_all<typename Carrier::Content>(state, some, shared, write);
    });
  }
};

}  // namespace

std::vector<Receipted> send(const State& state, std::span<const MessageIndex> messages,
                            channel::Channel& channel, const Envelopes& envelopes,
                            const seal::Certificate& caller) {
  const channel::AnyCarrier carrier = channel.carrier();
  const Receipts best = std::visit(Sending{state, messages, envelopes, caller}, carrier);
  // A device can be revoked, and an address stop working, after the message was issued.
  const std::string nowhere = std::holds_alternative<channel::Carrier<Class::sealed>*>(carrier)
                                  ? "no device left"
                                  : "no address left";
  std::vector<Receipted> out;
  for (const MessageIndex index : messages) {
    const Message& message = state.messages[index];
    const auto found = best.find(message.id);
    if (found == best.end())
      out.push_back({message.id, contact::Receipt::failed_for_good, nowhere});
    else if (!found->second.is_held)
      out.push_back(found->second.receipted);
  }
  return out;
}

}  // namespace tocsin::incident
