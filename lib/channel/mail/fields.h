// The header of a mail or of one of its parts, as it was received (RFC 5322, RFC 2045). Strangers
// wrote it: what is not understood is left out, and reading takes time in line with its size.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::channel {

// A mail or a part of one.
struct MailEntity {
  std::vector<std::pair<std::string, std::string>> fields;  // names in lower case; values unfolded
  std::string_view body;                                    // of what was read

  bool has(std::string_view name) const noexcept;
  std::string_view field(std::string_view name) const noexcept;  // the first; empty when none
};

// `text` must outlive it. Lines end with CRLF or LF. Nullopt when there are far too many fields.
std::optional<MailEntity> parse_entity(std::string_view text);

// "text/plain; charset=utf-8"
struct ContentType {
  std::string type = "text/plain";  // in lower case
  std::string charset;              // the same; empty: not said
  std::string boundary;
};
ContentType content_type(const MailEntity& entity);

// The one address of "Ana Bell <Ana@example.org>", in lower case. Nullopt when it is none or there
// are several.
std::optional<std::string> only_address(std::string_view value);

// What stands in angle brackets in In-Reply-To, References or Message-ID, at most a hundred.
std::vector<std::string_view> message_ids(std::string_view value);

}  // namespace tocsin::channel
