// A line that a program of the organisation's own writes to the channel exec.
#include "base/fault.h"
#include "base/text.h"
#include "channel/exec_lines.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const channel::ExecAnswer answer =
      channel::parse_exec_line(base::text_of(base::ByteView{bytes, size}));
  if (const auto* delivery = std::get_if<channel::Delivery>(&answer)) {
    TOCSIN_ASSERT(contact::to_text(delivery->receipt) != "unknown" ||
                  delivery->receipt == channel::Receipt::unknown);
  } else if (const auto* said = std::get_if<channel::ExecSaid>(&answer)) {
    TOCSIN_ASSERT(!said->theirs.empty() && said->theirs.size() <= 200);
    TOCSIN_ASSERT(!said->said.from.empty() && said->said.from.size() <= 100);
    TOCSIN_ASSERT(said->said.words.size() <= channel::kMostSaidBytes);
    TOCSIN_ASSERT(base::is_utf8(said->said.words));
    TOCSIN_ASSERT(channel::exec_kept_line(said->theirs).size() <= channel::kMostExecLine);
  }
  return 0;
}
