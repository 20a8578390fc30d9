#include "input/when.h"

#include <fmt/format.h>

#include <chrono>

#include "base/fault.h"

namespace tocsin::cli {

base::Instant when(const std::string& text, base::Instant now) {
  if (text.empty()) return now;
  if (const auto read = base::parse_when(text, now)) return *read;
  throw base::Fault(base::Exit::usage, fmt::format("\"{}\" is not a time", text),
                    "22:40, \"Sunday 04:00\", \"2026-11-22 22:40\" or +2h");
}

base::Instant since(const std::string& text, base::Instant declared, base::Instant now) {
  // People write minutes, so the minute of the declaration counts as a time after it.
  const base::Instant minute = std::chrono::floor<base::Minutes>(declared);
  const base::Instant read = when(text, minute);
  if (read > now)
    throw base::Fault(base::Exit::usage,
                      fmt::format("{} has not come yet", base::local_stamp(read)),
                      fmt::format("it was declared at {}", base::local_stamp(declared)));
  return read == minute ? declared : read;
}

}  // namespace tocsin::cli
