#include "control/errands.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/fault.h"

namespace tocsin::control {

namespace {

using contact::Class;
using contact::Receipt;

constexpr std::size_t kErrandsInBatch = 500;
// When the channel names no time itself.
constexpr base::Milliseconds kBetweenTries = std::chrono::seconds{5};

playbook::Nudge content_for(const Errand& errand, const playbook::Nudge*) { return errand.nudge; }
channel::Words content_for(const Errand& errand, const channel::Words*) {
  return {errand.nudge.text({})};
}

struct ErrandSending {
  const std::vector<const Errand*>& due;

  template <Class kClass>
  std::vector<channel::Delivery> operator()(channel::Carrier<kClass>* carrier) const {
    if constexpr (kClass == Class::provider_readable || kClass == Class::end_to_end) {
      using Content = typename channel::Carrier<kClass>::Content;
      std::vector<channel::Outgoing<Content>> batch;
      for (const Errand* one : due)
        batch.push_back({one->id, one->address,
                         content_for(*one, static_cast<const Content*>(nullptr)), one->expires});
      return carrier->send(batch);
    } else {
      TOCSIN_ASSERT(false);
    }
    return {};
  }
};

bool has_arrived(const std::optional<Receipt>& receipt) {
  return receipt == Receipt::delivered || receipt == Receipt::read;
}

}  // namespace

Errands::Errands(channel::Channel& channel, const base::Clock& clock, base::Random& ids)
    : channel_(channel), clock_(clock), ids_(ids) {}

std::size_t Errands::add(std::string address, playbook::Nudge nudge, base::Milliseconds life) {
  const base::Instant now = clock_.now();
  const seal::MessageId id = seal::random_message_id(ids_);
  places_.emplace(id, all_.size());
  all_.push_back({id, std::move(address), std::move(nudge), now + life});
  return all_.size() - 1;
}

std::optional<std::size_t> Errands::find(const seal::MessageId& id) const {
  const auto at = places_.find(id);
  return at == places_.end() ? std::nullopt : std::optional{at->second};
}

bool Errands::waits() const {
  return std::ranges::any_of(all_, [](const Errand& one) { return one.waits(); });
}

bool Errands::send_due() {
  const base::Instant now = clock_.now();
  const std::size_t room = std::min(channel_.room().messages, kErrandsInBatch);
  std::vector<const Errand*> due;
  for (Errand& one : all_) {
    if (due.size() >= room) break;
    if (!one.waits() || one.due > now) continue;
    one.tried = now;
    due.push_back(&one);
  }
  if (due.empty()) return false;
  const channel::AnyCarrier carrier = channel_.carrier();
  for (const channel::Delivery& delivery : std::visit(ErrandSending{due}, carrier))
    if (const auto place = find(delivery.id)) note(all_[*place], delivery);
  return true;
}

bool Errands::take(const channel::Delivery& delivery) {
  const auto place = find(delivery.id);
  if (!place) return false;
  channel::Delivery heard = delivery;
  // A network gave up what the channel had taken: to send it again would be another message.
  if (heard.receipt == Receipt::failed_for_now) heard.receipt = Receipt::failed_for_good;
  return note(all_[*place], heard);
}

bool Errands::note(Errand& errand, const channel::Delivery& delivery) {
  // Late, doubled and out of order: what has arrived stays so.
  if (errand.receipt == delivery.receipt && errand.receipt != Receipt::failed_for_now) return false;
  if (has_arrived(errand.receipt) && delivery.receipt != Receipt::read) return false;
  if (errand.receipt && !errand.waits() && delivery.receipt == Receipt::queued) return false;
  errand.receipt = delivery.receipt;
  errand.reason = delivery.reason;
  if (has_arrived(errand.receipt) && !errand.arrived) errand.arrived = clock_.now();
  if (errand.receipt == Receipt::failed_for_now) {
    errand.due = clock_.now() + std::max(delivery.retry_after, kBetweenTries);
    if (errand.due >= errand.expires) errand.receipt = Receipt::failed_for_good;
  }
  return true;
}

}  // namespace tocsin::control
