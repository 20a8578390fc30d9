// What signal-cli's daemon says. The first byte says which bytes follow: an answer to sending, an
// event, or a stream of events.
#include "base/fault.h"
#include "base/text.h"
#include "channel/event_stream.h"
#include "channel/signal_answer.h"

using namespace tocsin;

namespace {

void check_event(std::string_view data) {
  const auto event = channel::parse_signal_event(data);
  if (!event) return;
  TOCSIN_ASSERT(event->from.starts_with('+') && event->from.size() <= 16);
  TOCSIN_ASSERT(event->words.size() <= channel::kMostSaidBytes);
  TOCSIN_ASSERT(base::is_utf8(event->words));
  TOCSIN_ASSERT(!event->words.empty() || event->option || !event->receipts.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0: {
      const channel::SignalSent sent = channel::parse_signal_sent(rest);
      TOCSIN_ASSERT(sent.time >= 0 && sent.retry_after.count() >= 0);
      break;
    }
    case 1:
      check_event(base::text_of(rest));
      break;
    default: {
      channel::EventStream stream{512, [](std::string_view name, std::string_view data) {
                                    TOCSIN_ASSERT(name.size() + data.size() <= 2 * 512);
                                    check_event(data);
                                  }};
      const std::string_view text = base::text_of(rest);
      stream.add(text.substr(0, text.size() / 3));
      stream.add(text.substr(text.size() / 3));
    }
  }
  return 0;
}
