// The method and the target of a request, divided by the first space.
#include "relay/route.h"

#include "base/bytes.h"
#include "base/fault.h"
#include "wire/messages.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view line = base::text_of({bytes, size});
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return 0;
  const relay::Route route = relay::route_of(line.substr(0, space), line.substr(space + 1));
  if (const auto* read = std::get_if<relay::AskRead>(&route))
    TOCSIN_ASSERT(read->wait_seconds >= 0 && read->wait_seconds <= wire::kLongestWaitSeconds &&
                  line.find(to_text(read->mailbox)) != std::string_view::npos);
  return 0;
}
