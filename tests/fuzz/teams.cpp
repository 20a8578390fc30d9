// The token that Microsoft's sign-in gives. It goes into a header.
#include "base/fault.h"
#include "channel/teams_access.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto token = channel::parse_teams_token({bytes, size});
  if (!token) return 0;
  TOCSIN_ASSERT(!token->text.empty() && token->life.count() >= 0);
  for (const char c : token->text) TOCSIN_ASSERT(c > ' ' && c < 0x7f);
  return 0;
}
