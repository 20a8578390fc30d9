// The responder's page inside the program: each file of lib/relay/page by the path that it is
// served under, and its headers. Files never change, and everybody who reads one language gets the
// same.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace tocsin::relay {

struct PageFile {
  std::string_view path;      // "/app.js"; "/" is the page itself
  std::string_view language;  // "pl" of a translation; empty where there is one for everybody
  std::string_view type;      // media type and charset
  std::string_view tag;       // for ETag, in quotes: another for any other content
  std::span<const std::uint8_t> content;
  std::span<const std::uint8_t> packed;  // by gzip; empty for files that are served plain
};
// All files that a phone keeps, and /version. The list of words for fingerprints is not among them.
std::span<const PageFile> page_files() noexcept;

// The file at this path, in English where there are translations; nullptr when there is none.
const PageFile* page_file(std::string_view path);

// The translation that Accept-Language likes best (RFC 9110 section 12.5.4), or `file` itself.
// Parts of the header that do not decode are passed over.
const PageFile& in_language_of(const PageFile& file, std::string_view accept_language);

// Whether a header such as Accept-Encoding names `what`, and not with q=0.
bool accepts(std::string_view header, std::string_view what);

// The strict policy that goes with a file: no foreign script, no frame, no referrer. A file that a
// browser opens as a document or a worker has all of it. To other files most of it does not apply.
std::span<const std::pair<std::string_view, std::string_view>> page_headers(
    const PageFile& file) noexcept;

}  // namespace tocsin::relay
