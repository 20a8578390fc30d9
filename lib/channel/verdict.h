// What an answer of a provider means for the message that was sent. Reasons name the provider, and
// no person and no address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "channel/channel.h"
#include "channel/http.h"

namespace tocsin::channel {

struct Verdict {
  Receipt receipt = Receipt::unknown;
  std::string reason{};  // of a failure
  // The provider takes no more at the moment: the others of the batch wait as well.
  bool is_busy = false;
  base::Milliseconds retry_after{0};  // named in the answer's body, or 0
};

// Of a request that got no answer; nullopt when it got one. What may have arrived is unknown.
std::optional<Verdict> verdict_without_answer(const HttpAnswer& answer, std::string_view provider);

// Why what a provider keeps for us cannot be read, by its answer, which is none that can be used.
// `what` names it: "what people answer on Matrix"; `refused` is what a 401 or 403 means. Empty when
// it was interrupted.
std::string reading_trouble(const HttpAnswer& answer, std::string_view what,
                            std::string_view refused);

}  // namespace tocsin::channel
