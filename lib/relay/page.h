// The responder's page, as the program carries it: each file of lib/relay/page by the path that it
// is served under, and the headers that go with all of them. Static and the same for everybody.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace tocsin::relay {

struct PageFile {
  std::string_view path;  // "/app.js"; "/" is the page itself
  std::string_view type;  // media type and charset
  std::string_view tag;   // of exactly this content, in quotes, for ETag
  std::span<const std::uint8_t> content;
  std::span<const std::uint8_t> packed;  // by gzip; empty when that is not worth it
};
std::span<const PageFile> page_files() noexcept;

// nullptr when no file is served under this path.
const PageFile* page_file(std::string_view path) noexcept;

// The strict policy of every answer with a file: no foreign script, no frame, no referrer.
std::span<const std::pair<std::string_view, std::string_view>> page_headers() noexcept;

}  // namespace tocsin::relay
