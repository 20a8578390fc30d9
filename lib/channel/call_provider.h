// Who rings for the channel voice (tocsin-channel(5), VOICE): how a call is begun there, and what
// the answer means. What is said, what the keys mean and what becomes of a call are the same for
// all.
#pragma once

#include <string>

#include "base/allowance.h"
#include "channel/http.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "wire/call_dialect.h"

namespace tocsin::channel {

// A mailbox of a network takes over later.
inline constexpr int kRingSeconds = 25;

struct Ring {
  std::string to;  // numbers, "+447700900123"
  std::string from;
  wire::CallTurn turn;  // what is said first
  std::string news_to;  // the address that hears what becomes of the call
};

class CallProvider {
 public:
  // How many calls it begins; others may use the account as well.
  struct Limit {
    base::Rate rate;
    std::size_t at_once;
    Bursts bursts;
  };

  virtual ~CallProvider() = default;

  virtual wire::CallDialect dialect() const noexcept = 0;
  virtual Limit limit() const noexcept = 0;
  // Why nothing goes while it is busy.
  virtual std::string_view busy() const noexcept = 0;
  virtual HttpRequest request_of(const Ring& ring) const = 0;
  virtual Verdict verdict_of(const HttpAnswer& answer) const = 0;
};

}  // namespace tocsin::channel
