// Messages by an ntfy server (tocsin-channel(5), NTFY). The server can read them, so they are
// nudges. An address is a topic that is one person's own. ntfy drops no second copy: what is sent
// again after an outcome that was unknown may arrive twice.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/ntfy_inbox.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

// How fast the server takes messages: as ntfy comes, or without limits for this machine.
enum class NtfyLimits : std::uint8_t { usual, none };

struct NtfySettings {
  std::string origin;   // "https://ntfy.example", without a slash at the end
  std::string replies;  // a topic for answers; empty: none come
  std::string link;     // the page's address, for nudges; may be empty
  NtfyLimits limits = NtfyLimits::usual;
};

class NtfyChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "ntfy";
  // Faults when the token's file or the topic for replies cannot be used.
  static std::unique_ptr<NtfyChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  NtfyChannel(seal::SecretText token, NtfySettings settings, const base::Clock& clock,
              Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message) const;
  Verdict verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer);

  NtfySettings settings_;
  seal::SecretText token_;
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  NtfyInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
