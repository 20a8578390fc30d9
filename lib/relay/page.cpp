#include "relay/page.h"

#include <algorithm>

namespace tocsin::relay {

namespace {

constexpr std::pair<std::string_view, std::string_view> kHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
     "img-src 'self' data:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"X-Content-Type-Options", "nosniff"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    // Asked for again each time, and answered 304: a phone must not keep yesterday's page.
    {"Cache-Control", "no-cache"}};

// The last of them: how a file may be taken for what it is, by whom, and for how long.
constexpr std::size_t kOfEveryFile = 3;

}  // namespace

const PageFile* page_file(std::string_view path) noexcept {
  const std::span<const PageFile> files = page_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const PageFile& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

std::span<const std::pair<std::string_view, std::string_view>> page_headers(
    const PageFile& file) noexcept {
  const std::span headers{kHeaders};
  const bool opens_alone = file.path == "/worker.js" || file.type.starts_with("text/html") ||
                           file.type.starts_with("image/svg");
  return opens_alone ? headers : headers.last(kOfEveryFile);
}

}  // namespace tocsin::relay
