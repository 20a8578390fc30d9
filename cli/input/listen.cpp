#include "input/listen.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "base/text.h"

namespace tocsin::cli {

ListenAddress read_listen(std::string_view flag, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : base::parse_count(std::string_view{text}.substr(colon + 1), 65'535);
  if (!port)
    throw base::Fault(base::Exit::usage,
                      fmt::format("{} takes ADDRESS:PORT, not \"{}\"", flag, base::printable(text)),
                      "for example 127.0.0.1:8440 or [::]:8440; port 0 lets the system choose");
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {host.empty() ? "0.0.0.0" : host, static_cast<std::uint16_t>(*port)};
}

}  // namespace tocsin::cli
