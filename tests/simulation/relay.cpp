#include "simulation/relay.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Milliseconds;
using base::Minutes;
using contact::Receipt;

constexpr Minutes kOutage{10};

}  // namespace

Relay::Relay(const Hospital& hospital, const seal::VerifyKey& control, const Trouble& trouble,
             const base::Clock& clock, seal::MessageId incident, Diary& diary,
             base::SeededRandom random)
    : hospital_(hospital),
      open_(control),
      trouble_(trouble),
      clock_(clock),
      incident_(incident),
      diary_(diary),
      random_(random),
      mailboxes_(hospital.size()) {
  for (std::size_t p = 0; p < hospital.size(); ++p)
    person_by_mailbox_.emplace(seal::to_text(hospital.keys[p].id()), p);
  for (int i = 0; i < trouble.outages; ++i)
    outages_.push_back(clock.now() + Minutes{random_.below(90)});
  std::sort(outages_.begin(), outages_.end());
}

bool Relay::is_out() const { return in_reach_at(clock_.now()) != clock_.now(); }

// The first time from this on at which it is in reach.
Instant Relay::in_reach_at(Instant at) const {
  for (const Instant from : outages_)  // in order
    if (from <= at && at < from + kOutage) at = from + kOutage;
  return at;
}

Instant Relay::due(double late) {
  return clock_.now() + Milliseconds{random_.chance(late) ? random_.below(600'000) : 0};
}

void Relay::post(std::size_t person, const base::Bytes& envelope) {
  const int copies = random_.chance(trouble_.doubled) ? 2 : 1;
  for (int i = 0; i < copies; ++i) mailboxes_[person].push_back({due(trouble_.late), envelope});
}

std::vector<channel::Delivery> Relay::send(std::span<const channel::SealedMessage> batch) {
  std::vector<channel::Delivery> out;
  for (const channel::SealedMessage& message : batch) {
    if (before_sending) before_sending(message.id);
    sent_.push_back(message.id);
    const std::size_t person = person_by_mailbox_.at(message.address);
    if (is_out()) {
      out.push_back({message.id, Receipt::failed_for_now, "out of reach", Milliseconds{0}});
    } else if (random_.chance(trouble_.lost)) {
      // Half of the messages that seem lost did arrive, and only the answer was lost.
      const bool arrived = random_.chance(0.5);
      if (arrived) post(person, message.content.envelope);
      out.push_back({message.id,
                     arrived || random_.chance(0.5) ? Receipt::unknown : Receipt::failed_for_now,
                     "lost", Milliseconds{0}});
    } else {
      post(person, message.content.envelope);
      out.push_back({message.id, Receipt::sent, "", Milliseconds{0}});
    }
  }
  return out;
}

channel::Collected Relay::collect(Milliseconds) {
  channel::Collected out;
  out.cursor = acknowledged_;
  if (is_out()) return out;
  for (auto at = under_way_.begin(); at != under_way_.end();) {
    if (at->due > clock_.now()) {
      ++at;
      continue;
    }
    kept_.push_back(std::move(*at));
    at = under_way_.erase(at);
  }
  for (const Item& item : kept_)
    if (item.is_receipt)
      out.deliveries.push_back({item.id, Receipt::delivered, "", Milliseconds{0}});
    else
      out.messages.push_back({item.answer});
  if (random_.chance(trouble_.shuffled)) std::reverse(out.messages.begin(), out.messages.end());
  out.cursor = acknowledged_ + kept_.size();
  if (forgets_at_once) acknowledge(out.cursor);
  return out;
}

// What was forgotten already stays so: another process may have said it since.
void Relay::acknowledge(std::uint64_t cursor) {
  if (cursor <= acknowledged_) return;
  const auto count = static_cast<std::ptrdiff_t>(cursor - acknowledged_);
  TOCSIN_ASSERT(count <= static_cast<std::ptrdiff_t>(kept_.size()));
  std::for_each(kept_.begin(), kept_.begin() + count, [&](const Item& item) { forget(item); });
  kept_.erase(kept_.begin(), kept_.begin() + count);
  acknowledged_ = cursor;
}

void Relay::forget(const Item& item) {
  if (item.is_receipt) return;
  if (before_forgetting) before_forgetting(item.person, item.id);
  ++forgotten_;
}

std::vector<device::Message> Relay::fetch(std::size_t person, Instant now) {
  std::vector<device::Message> out;
  std::vector<Letter>& letters = mailboxes_[person];
  for (auto at = letters.begin(); at != letters.end();) {
    if (at->due > now) {
      ++at;
      continue;
    }
    const auto opened = open_.open(at->envelope);
    const auto* message = std::get_if<seal::Opened>(&opened);
    TOCSIN_ASSERT(message != nullptr);
    auto notice = incident::decode_notice(message->payload);
    TOCSIN_ASSERT(notice);
    diary_.hears(person, message->header.id, notice->text, now);
    if (!random_.chance(trouble_.receipts_lost))
      under_way_.push_back({due(trouble_.late), person, {}, message->header.id, true});
    out.push_back({message->header, std::move(*notice)});
    at = letters.erase(at);
  }
  return out;
}

void Relay::send(std::size_t person, const seal::Header& header, const incident::Reply& reply) {
  send_late(person, header, reply, Milliseconds{0});
}

void Relay::send_late(std::size_t person, const seal::Header& true_header,
                      const incident::Reply& true_reply, Milliseconds at_least) {
  if (!hospital_.has_device[person]) return;  // there is nothing to answer with
  if (true_header.incident == incident_)
    diary_.says(person, true_header.id, true_reply.answer, true_header.created);
  // The device knows no time but its own.
  const Milliseconds ahead = hospital_.ahead[person];
  seal::Header header = true_header;
  header.created += ahead;
  header.expires += ahead;
  incident::Reply reply = true_reply;
  if (reply.when) *reply.when += ahead;
  const base::Bytes answer =
      drill::OpenEnvelopes{hospital_.keys[person].verify}.seal({}, header, incident::encode(reply));
  const int copies = random_.chance(trouble_.doubled) ? 2 : 1;
  for (int i = 0; i < copies; ++i)
    under_way_.push_back(
        {std::max(due(trouble_.late), clock_.now() + at_least), person, answer, header.id, false});
}

bool Relay::has_answer_of(std::size_t person) const {
  const auto is_theirs = [&](const Item& item) {
    return !item.is_receipt && item.person == person;
  };
  return std::any_of(under_way_.begin(), under_way_.end(), is_theirs) ||
         std::any_of(kept_.begin(), kept_.end(), is_theirs);
}

std::optional<Instant> Relay::next() const {
  std::optional<Instant> next;
  const auto consider = [&](Instant due) {
    if (!next || due < *next) next = due;
  };
  // What waits at a relay that is out of reach comes when it is back.
  for (const Item& item : under_way_) consider(in_reach_at(std::max(item.due, clock_.now())));
  for (std::size_t p = 0; p < mailboxes_.size(); ++p)
    for (const Letter& letter : mailboxes_[p])
      if (letter.due > clock_.now()) consider(letter.due);
  return next;
}

}  // namespace tocsin::simulation
