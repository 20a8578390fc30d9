#include "channel/whatsapp_inbox.h"

#include <algorithm>
#include <utility>

namespace tocsin::channel {

namespace {

// WhatsApp's own name of a message holds the number that it went to.
std::string hidden(std::string_view name) { return seal::to_text(said_id("whatsapp sent", name)); }

// A status that comes late undoes none that is further.
int progress_of(Receipt receipt) noexcept {
  switch (receipt) {
    case Receipt::read:
      return 4;
    case Receipt::delivered:
      return 3;
    case Receipt::sent:
      return 1;
    default:
      return 2;
  }
}

}  // namespace

WhatsAppInbox::WhatsAppInbox(std::string number, std::filesystem::path file,
                             const base::Clock& clock, HookedAt hook)
    : number_(std::move(number)),
      sent_(std::move(file)),
      hook_(std::move(hook), clock, [this](const wire::Hooked& post, Collected& collected) {
        take_post(post, collected);
      }) {}

void WhatsAppInbox::expect(std::string_view name, SentNames::Sent sent) {
  if (sent.asks) sent_.record(hidden(name), std::move(sent));
}

void WhatsAppInbox::take_post(const wire::Hooked& post, Collected& collected) {
  WhatsAppPost heard = parse_whatsapp_post(post.body, number_);
  for (WhatsAppSaid& said : heard.said) take_said(std::move(said), post.at, collected);
  for (WhatsAppStatus& status : heard.statuses) take_status(std::move(status), collected);
}

void WhatsAppInbox::take_said(WhatsAppSaid heard, base::Instant posted, Collected& collected) {
  if (!heard.said.about && !heard.quoted.empty())
    heard.said.about = sent_.asked(hidden(heard.quoted));
  if (!heard.said.about && !heard.counts_alone) return;
  // WhatsApp posts again for days what it could not post. By this machine's clock, by which it is
  // compared with what was sent.
  heard.said.at = std::min(heard.said.at - hook_.ahead(), posted);
  collected.said.push_back(std::move(heard.said));
}

void WhatsAppInbox::take_status(WhatsAppStatus status, Collected& collected) {
  int& progress = progress_[status.name];
  const int now = progress_of(status.receipt);
  if (now <= progress) return;
  progress = now;
  collected.deliveries.push_back({status.id, status.receipt, std::move(status.reason), {}});
}

}  // namespace tocsin::channel
