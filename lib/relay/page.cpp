#include "relay/page.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/text.h"
#include "seal/words.h"

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
    // The browser asks each time, and is mostly answered 304: a phone must not use an old page.
    {"Cache-Control", "no-cache"}};

// The last three go with every file.
constexpr std::size_t kOfEveryFile = 3;

// How many bytes of such a header are read. Nobody reads more languages than that, and each costs a
// look at every translation.
constexpr std::size_t kMostAccepted = 512;

// For "pl-PL;q=0.8": 0.8 for "pl", and 0 for every other language. 0 for malformed text.
double weight_of(std::string_view range, std::string_view language) {
  const std::size_t semicolon = std::min(range.find(';'), range.size());
  const std::string_view tag = base::trim(range.substr(0, semicolon));
  if (base::to_lower(tag.substr(0, tag.find('-'))) != language) return 0;
  if (semicolon == range.size()) return 1;
  const std::string_view parameter = base::trim(range.substr(semicolon + 1));
  if (!base::to_lower(parameter).starts_with("q=")) return 0;
  double weight = 0;
  const auto [end, error] =
      std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight);
  const bool is_whole = error == std::errc{} && end == parameter.data() + parameter.size();
  return is_whole && weight <= 1 ? weight : 0;
}

// Fetched by a browser that enrols. Its order never changes: fingerprints depend on it.
const PageFile& word_list() {
  static const std::string text = [] {
    std::string lines;
    for (const std::string_view word : seal::fingerprint_word_list()) {
      lines += word;
      lines += '\n';
    }
    return lines;
  }();
  static const PageFile file{"/words.txt",         "", "text/plain; charset=utf-8", "\"words\"",
                             base::bytes_of(text), {}};
  return file;
}

}  // namespace

const PageFile* page_file(std::string_view path) {
  if (path == word_list().path) return &word_list();
  const std::span<const PageFile> files = page_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const PageFile& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

const PageFile& in_language_of(const PageFile& file, std::string_view accept_language) {
  if (file.language.empty()) return file;
  const PageFile* best = &file;
  double most = 0;
  for (const std::string_view range : base::split(accept_language.substr(0, kMostAccepted), ',')) {
    for (const PageFile& other : page_files()) {
      if (other.path != file.path) continue;
      const double weight = weight_of(range, other.language);
      if (weight <= most) continue;
      best = &other;
      most = weight;
    }
  }
  return *best;
}

bool accepts(std::string_view header, std::string_view what) {
  const auto ranges = base::split(header.substr(0, kMostAccepted), ',');
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](std::string_view range) { return weight_of(range, what) > 0; });
}

std::span<const std::pair<std::string_view, std::string_view>> page_headers(
    const PageFile& file) noexcept {
  const std::span headers{kHeaders};
  const bool opens_alone = file.path == "/worker.js" || file.type.starts_with("text/html");
  return opens_alone ? headers : headers.last(kOfEveryFile);
}

}  // namespace tocsin::relay
