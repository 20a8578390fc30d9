#include "channel/secret_origin.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "channel/http.h"

namespace tocsin::channel {

namespace {

bool is_this_machine(std::string_view host) {
  for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"})
    if (host == name || host.starts_with(fmt::format("{}:", name))) return true;
  return false;
}

}  // namespace

std::string secret_origin(const contact::Settings& settings, std::string_view usual,
                          std::string_view channel) {
  const auto found = settings.find("url");
  if (found == settings.end() || found->second.empty()) return std::string{usual};
  const auto origin = origin_of(found->second);
  const bool is_tls = found->second.starts_with("https://");
  if (origin && (is_tls || is_this_machine(origin->host))) return found->second;
  throw base::Fault(
      base::Exit::invalid,
      fmt::format("the url of {} in tocsin.yaml would show its secret to everybody on "
                  "the way",
                  channel),
      "name an address that begins with https://");
}

}  // namespace tocsin::channel
