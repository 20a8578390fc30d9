// Messages by an account at a Matrix homeserver, in a room for each person (tocsin-channel(5),
// MATRIX). Nothing is encrypted there, and homeservers can read it, so they are nudges. An address
// is a Matrix id, "@ana:example.org". A message that is sent again arrives once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/matrix_access.h"
#include "channel/matrix_inbox.h"
#include "channel/matrix_rooms.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

// How fast the homeserver takes messages: as one comes, or without limits for this account.
enum class MatrixLimits : std::uint8_t { usual, none };

struct MatrixSettings {
  std::string origin;  // as MatrixAccess has it
  std::string link;    // the page's address, for nudges; may be empty
  MatrixLimits limits = MatrixLimits::usual;
};

class MatrixChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "matrix";
  // Faults when the token's file cannot be used.
  static std::unique_ptr<MatrixChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  MatrixChannel(seal::SecretText token, MatrixSettings settings, const base::Clock& clock,
                Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again; so does
  // whoever waits for a room.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message, std::string_view room) const;

  MatrixSettings settings_;
  const base::Clock& clock_;
  MatrixAccess access_;
  HttpClient http_;
  Throttle throttle_;
  MatrixRooms rooms_;
  MatrixInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
