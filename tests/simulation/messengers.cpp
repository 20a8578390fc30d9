#include "simulation/messengers.h"

#include <algorithm>

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Milliseconds;
using contact::Receipt;

constexpr double kDead = 0.15;  // of addresses
constexpr double kKnown = 0.5;  // of these, the provider says that they are wrong

}  // namespace

Post::Post(const Hospital& hospital, const char* channel, const Trouble& trouble,
           const base::Clock& clock, base::SeededRandom random)
    : trouble_(trouble), clock_(clock), random_(random) {
  for (std::size_t p = 0; p < hospital.size(); ++p) {
    for (const roster::ContactPoint& contact : hospital.staff.roster[p].contacts)
      if (contact.channel.str() == channel) person_by_address_.emplace(contact.address, p);
    dead_.push_back(random_.chance(kDead));
    gone_.push_back(random_.chance(kKnown));
  }
}

channel::Delivery Post::send(const seal::MessageId& id, const std::string& address,
                             const std::string& words) {
  if (before_sending) before_sending(id);
  const std::size_t person = person_by_address_.at(address);
  sent.push_back({person, address});
  const auto result = [&](Receipt receipt) {
    return channel::Delivery{id, receipt, "", Milliseconds{0}};
  };
  if (is_dead(person)) {
    if (lies) receipts_.push_back({clock_.now(), id});
    return result(gone_[person] ? Receipt::failed_for_good : Receipt::sent);
  }
  if (random_.chance(trouble_.lost)) {
    if (lies) receipts_.push_back({clock_.now(), id});
    return result(random_.chance(0.5) ? Receipt::unknown : Receipt::failed_for_now);
  }
  const auto seconds = random_.below(random_.chance(trouble_.late) ? 600 : 20);
  under_way_.push_back({clock_.now() + std::chrono::seconds{seconds}, person, id, words});
  return result(Receipt::sent);
}

std::vector<Post::Letter> Post::arrive() {
  std::vector<Letter> out;
  for (auto at = under_way_.begin(); at != under_way_.end();) {
    if (at->due > clock_.now()) {
      ++at;
      continue;
    }
    const auto late = random_.below(random_.chance(trouble_.late) ? 600'000 : 1'000);
    if (!random_.chance(trouble_.receipts_lost))
      receipts_.push_back({clock_.now() + Milliseconds{late}, at->id});
    out.push_back(std::move(*at));
    at = under_way_.erase(at);
  }
  return out;
}

channel::Collected Post::collect() {
  channel::Collected out;
  out.cursor = acknowledged_;
  // In the order in which they came, so that the cursor covers what was collected.
  std::stable_partition(receipts_.begin(), receipts_.end(),
                        [&](const Receipted& r) { return r.due <= clock_.now(); });
  for (const Receipted& receipt : receipts_) {
    if (receipt.due > clock_.now()) break;
    out.deliveries.push_back({receipt.id, Receipt::delivered, "", Milliseconds{0}});
    ++out.cursor;
  }
  return out;
}

void Post::acknowledge(std::uint64_t cursor) {
  if (cursor <= acknowledged_) return;
  receipts_.erase(receipts_.begin(),
                  receipts_.begin() + static_cast<std::ptrdiff_t>(cursor - acknowledged_));
  acknowledged_ = cursor;
}

std::optional<Instant> Post::next() const {
  std::optional<Instant> next;
  const auto consider = [&](Instant due) {
    if (!next || due < *next) next = due;
  };
  for (const Letter& letter : under_way_) consider(letter.due);
  for (const Receipted& receipt : receipts_) consider(receipt.due);
  return next;
}

}  // namespace tocsin::simulation
