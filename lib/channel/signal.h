// Messages by Signal, through signal-cli's daemon on this machine (tocsin-channel(5), SIGNAL).
// Signal's protocol encrypts them to the person's devices, so they carry words. An address is a
// telephone number. Signal drops no second copy: what is sent again after an outcome that was
// unknown may arrive twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/sent_names.h"
#include "channel/signal_inbox.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {

struct SignalSettings {
  std::string origin;          // of the daemon, "http://127.0.0.1:8080"
  std::string account;         // a number, where the daemon has several; may be empty
  std::filesystem::path file;  // as SentNames has it
};

class SignalChannel final : public Carrier<Class::end_to_end> {
 public:
  static constexpr std::string_view kName = "signal";
  // Faults when the daemon is not on this machine.
  static std::unique_ptr<SignalChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  SignalChannel(SignalSettings settings, const base::Clock& clock, Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return inbox_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { inbox_.acknowledge(cursor); }

  // Why answers cannot be heard at the moment; empty when they can.
  std::string trouble() const override { return inbox_.trouble(); }

 private:
  HttpRequest text_request(const Outgoing<Content>& message) const;
  HttpRequest poll_request(const Outgoing<Content>& message) const;
  Verdict verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer);
  void send_polls(const std::vector<const Outgoing<Content>*>& below);

  SignalSettings settings_;
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  SentNames sent_;
  SignalInbox inbox_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
