// One service at GOV.UK Notify, as requests name themselves to it. A token is made when its request
// leaves, because Notify takes it for 30 seconds only. May be used by several threads.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/notify_answer.h"

namespace tocsin::channel {

class NotifyAccess {
 public:
  // `origin`: "https://api.notifications.service.gov.uk", without a slash at the end.
  NotifyAccess(std::string origin, NotifyKey key, const base::Clock& clock);

  // `target` is the path and the query.
  HttpRequest get(std::string_view target) const;
  HttpRequest post(std::string_view target, std::string_view json) const;

  // By Notify's clock, as far as it is known.
  base::Instant now() const { return clock_.now() + ahead_.load(); }
  // Looks at Notify's clock when it refused a token: this machine's may be wrong. True when that
  // was so, and the next token has Notify's time.
  bool learn_time(const HttpAnswer& answer);

 private:
  std::string token() const;

  std::string origin_;
  NotifyKey key_;
  const base::Clock& clock_;
  std::atomic<base::Milliseconds> ahead_{base::Milliseconds{0}};  // of our clock is Notify's
};

}  // namespace tocsin::channel
