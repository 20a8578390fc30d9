// The member of an event's content that says which message of ours it is, so that a receipt or a
// reaction is understood after a restart as well.
#pragma once

#include <string_view>

namespace tocsin::channel {

inline constexpr std::string_view kMatrixMessageKey = "tocsin.message";

}  // namespace tocsin::channel
