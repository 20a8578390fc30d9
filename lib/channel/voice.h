// A telephone that rings by itself (tocsin-channel(5), VOICE): it says the nudge, and takes an
// answer in keys. The provider hears and reads all of it. An address is a telephone number,
// "+447700900123". What is sent again after an outcome that was unknown may ring twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/call_provider.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/voice_inbox.h"

namespace tocsin::channel {

struct VoiceSettings {
  std::string from;         // a number of the account
  std::string switchboard;  // a number to be put through to; may be empty
};

class VoiceChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "voice";
  // Through whichever provider the home has. Faults when the account, its key, a number or the hook
  // cannot be used.
  static std::unique_ptr<VoiceChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  VoiceChannel(std::unique_ptr<CallProvider> provider, VoiceSettings settings, HookedAt hook,
               const base::Clock& clock, Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why the hook cannot be read at the moment; empty when it can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message) const;

  std::unique_ptr<CallProvider> provider_;
  VoiceSettings settings_;
  std::string hook_;  // its whole address
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  VoiceInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
