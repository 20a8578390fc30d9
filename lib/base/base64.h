// Base64 as RFC 4648, section 4, has it: with padding, for headers of HTTP and for signatures of
// others. Ours are base64url, in bytes.h.
#pragma once

#include <string>

#include "base/bytes.h"

namespace tocsin::base {

std::string to_base64(ByteView bytes);

}  // namespace tocsin::base
