// Messages by a number of the organisation's own at WhatsApp (tocsin-channel(5), WHATSAPP). Meta
// can read them, so they are nudges, in templates that Meta has approved. An address is a telephone
// number, "+447700900123". WhatsApp drops no second copy: what is sent again after an outcome that
// was unknown may arrive twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "channel/whatsapp_access.h"
#include "channel/whatsapp_inbox.h"

namespace tocsin::channel {
// 80 in a second, of which two are left for what people write.
inline constexpr base::Rate kWhatsAppRate{78, 78};
inline constexpr std::size_t kWhatsAppAtOnce = 40;

struct WhatsAppTemplates {
  std::string question;                // with three buttons, for what asks for an answer
  std::string notice;                  // for everything else
  std::vector<std::string> languages;  // "en_GB"; whoever reads none of them gets the first
};

class WhatsAppChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "whatsapp";
  // Faults when the number, the token's file, a template or the hook cannot be used.
  static std::unique_ptr<WhatsAppChannel> make(const contact::Settings& settings,
                                               const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings&) { return kWhatsAppRate; }

  // `link` is the page's address, for nudges; it may be empty. The file of names lies in `home`.
  WhatsAppChannel(WhatsAppAccess access, WhatsAppTemplates templates, std::string link,
                  const std::filesystem::path& home, const base::Clock& clock, Listen listen,
                  HookedAt hook);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  const std::string& language_for(const Content& nudge) const;
  HttpRequest request_of(const Outgoing<Content>& message) const;
  Verdict verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer);

  WhatsAppAccess access_;
  WhatsAppTemplates templates_;
  std::string link_;
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  WhatsAppInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
