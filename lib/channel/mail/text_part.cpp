#include "channel/mail/text_part.h"

#include <algorithm>

#include "base/text.h"
#include "channel/mail/charset.h"
#include "channel/mail/transfer_encoding.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostParts = 50;
constexpr std::size_t kLongestBoundary = 200;
constexpr int kDeepest = 8;

// Whether a line is a boundary of the parts: 0 none, 1 one, 2 the last.
int boundary_at(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) return 0;
  const std::string_view rest = base::trim(line.substr(2 + boundary.size()));
  return rest.empty() ? 1 : rest == "--" ? 2 : 0;
}

std::optional<std::string> first_text(const MailEntity& entity, int depth) {
  const std::string disposition = base::to_lower(entity.field("content-disposition"));
  if (disposition.starts_with("attachment")) return std::nullopt;
  const ContentType type = content_type(entity);
  if (type.type == "text/plain") {
    const auto bytes = decoded_body(entity);
    return bytes ? to_utf8(type.charset, *bytes) : std::nullopt;
  }
  if (depth == kDeepest) return std::nullopt;
  for (const MailEntity& part : parts_of(entity))
    if (auto text = first_text(part, depth + 1)) return text;
  return std::nullopt;
}

}  // namespace

std::vector<MailEntity> parts_of(const MailEntity& entity) {
  const ContentType type = content_type(entity);
  std::vector<MailEntity> parts;
  if (!type.type.starts_with("multipart/") || type.boundary.empty() ||
      type.boundary.size() > kLongestBoundary)
    return parts;
  const std::string_view body = entity.body;
  std::optional<std::size_t> begin;  // of the part
  const auto end_part = [&](std::size_t end) {
    if (!begin) return;
    std::string_view text = body.substr(*begin, end - *begin);
    if (auto part = parse_entity(text)) parts.push_back(*std::move(part));
    begin.reset();
  };
  for (std::size_t at = 0; at < body.size() && parts.size() < kMostParts;) {
    const std::size_t next = std::min(body.find('\n', at), body.size() - 1) + 1;
    const int boundary = boundary_at(base::trim(body.substr(at, next - at)), type.boundary);
    if (boundary > 0) end_part(at);
    if (boundary == 2) return parts;
    if (boundary == 1) begin = next;
    at = next;
  }
  if (parts.size() < kMostParts) end_part(body.size());  // cut off
  return parts;
}

std::optional<std::string> decoded_body(const MailEntity& entity) {
  const std::string encoding = base::to_lower(entity.field("content-transfer-encoding"));
  if (encoding == "quoted-printable") return from_quoted_printable(entity.body);
  if (encoding == "base64") return from_mail_base64(entity.body);
  if (encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary")
    return std::string{entity.body};
  return std::nullopt;
}

std::optional<std::string> plain_text(const MailEntity& mail) { return first_text(mail, 0); }

std::string without_quotation(std::string_view text) {
  std::string own;
  bool is_quoted = false;
  for (std::string_view line : base::split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == "-- ") break;
    if (line.starts_with('>')) {
      if (!is_quoted) own += ">\n";
      is_quoted = true;
      continue;
    }
    is_quoted = false;
    own.append(line);
    own += '\n';
  }
  return std::string{base::trim(own)};
}

}  // namespace tocsin::channel
