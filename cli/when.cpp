#include "when.h"

#include <fmt/format.h>

#include <optional>

#include "base/fault.h"

namespace tocsin::cli {

namespace {

base::Instant read_or_fault(std::optional<base::Instant> read, const std::string& text,
                            const char* hint) {
  if (read) return *read;
  throw base::Fault(base::Exit::usage, fmt::format("\"{}\" is not a time", text), hint);
}

}  // namespace

base::Instant when(const std::string& text, base::Instant now) {
  if (text.empty()) return now;
  return read_or_fault(base::parse_when(text, now), text,
                       "22:40, \"Sunday 04:00\", \"2026-11-22 22:40\" or +2h");
}

base::Instant past(const std::string& text, base::Instant now) {
  if (text.empty()) return now;
  return read_or_fault(base::parse_past(text, now), text,
                       "22:40, \"Sunday 04:00\" or \"2026-11-22 22:40\"");
}

}  // namespace tocsin::cli
