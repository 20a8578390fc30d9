// The responder's page, as the program carries it: each file of lib/relay/page by the path that it
// is served under, and the headers that go with all of them. Static, and the same for everybody who
// reads one language.
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
  std::string_view tag;       // of exactly this content, in quotes, for ETag
  std::span<const std::uint8_t> content;
  std::span<const std::uint8_t> packed;  // by gzip; empty when that is not worth it
};
// What a phone keeps, and the name of its version. The list of words that fingerprints are read out
// in is served beside them.
std::span<const PageFile> page_files() noexcept;

// nullptr when no file is served under this path; the English one where there are translations.
const PageFile* page_file(std::string_view path);

// The translation that this reader likes best (RFC 9110 section 12.5.4), or `file` itself. Whatever
// does not decode in what is accepted is passed over.
const PageFile& in_language_of(const PageFile& file, std::string_view accept_language);

// Whether a header such as Accept-Encoding takes `what`, by name and not with q=0.
bool accepts(std::string_view header, std::string_view what);

// The strict policy that goes with a file: no foreign script, no frame, no referrer. What a browser
// opens as a document or a worker carries all of it; to the others most of it would say nothing.
std::span<const std::pair<std::string_view, std::string_view>> page_headers(
    const PageFile& file) noexcept;

}  // namespace tocsin::relay
