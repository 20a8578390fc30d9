#include "channel/viber_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tocsin::channel {

namespace {

// One name of Viber's, or of a broadcast, stands for a message to each of many people. The file
// names nobody.
std::string name_for(std::string_view name, std::string_view person) {
  return seal::to_text(said_id("viber sent", fmt::format("{} {}", name, person)));
}

// A receipt that comes late undoes none that is further.
int viber_progress(Receipt receipt) noexcept {
  if (receipt == Receipt::read) return 3;
  return receipt == Receipt::delivered ? 2 : 1;
}

}  // namespace

ViberInbox::ViberInbox(std::filesystem::path file, const base::Clock& clock, HookedAt hook)
    : sent_(std::move(file)),
      hook_(std::move(hook), clock, [this](const wire::Hooked& post, Collected& collected) {
        take_post(post, collected);
      }) {}

void ViberInbox::expect_taps(const seal::MessageId& broadcast, const SentNames::Sent& sent) {
  sent_.record(name_for(seal::to_text(broadcast), sent.to), {sent.id, sent.to, true});
}

Receipt ViberInbox::expect_receipts(std::string_view token, const SentNames::Sent& sent) {
  const auto early = sent_.record(name_for(token, sent.to), {sent.id, sent.to, false});
  return early.empty() ? Receipt::sent : early.back().receipt;
}

void ViberInbox::take_post(const wire::Hooked& post, Collected& collected) {
  ViberPost heard = parse_viber_post(post.body);
  if (auto* said = std::get_if<Said>(&heard))
    take_said(std::move(*said), post.at, collected);
  else if (const auto* receipt = std::get_if<ViberReceipt>(&heard))
    take_receipt(*receipt, collected);
}

void ViberInbox::take_said(Said said, base::Instant posted, Collected& collected) {
  if (said.about)
    if (const auto broadcast = sent_.asked(name_for(seal::to_text(*said.about), said.from)))
      said.about = broadcast;
  // By this machine's clock, by which it is compared with what was sent.
  said.at = std::min(said.at - hook_.ahead(), posted);
  collected.said.push_back(std::move(said));
}

void ViberInbox::take_receipt(const ViberReceipt& receipt, Collected& collected) {
  const std::string name = name_for(receipt.token, receipt.person);
  auto delivery = sent_.receipt(name, receipt.person, receipt.receipt);
  if (!delivery) return;
  int& progress = progress_[name];
  const int now = viber_progress(receipt.receipt);
  if (now <= progress) return;
  progress = now;
  if (delivery->receipt == Receipt::failed_for_good)
    delivery->reason = "Viber could not give it to the person's telephone";
  collected.deliveries.push_back(*std::move(delivery));
}

}  // namespace tocsin::channel
