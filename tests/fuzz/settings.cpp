// A tocsin.yaml gives faults with their places, or settings that are the same after writing and
// reading.
#include "home/settings.h"

#include "base/bytes.h"
#include "base/fault.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  document::Findings findings;
  const auto settings = home::parse_settings(base::text_of({bytes, size}), "tocsin.yaml", findings);
  if (findings.has_errors()) return 0;
  const std::string text = home::settings_text(settings);
  document::Findings again;
  const auto back = home::parse_settings(text, "again.yaml", again);
  TOCSIN_ASSERT(!again.has_errors() && home::settings_text(back) == text);
  return 0;
}
