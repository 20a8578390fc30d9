#include "channel/mail/fields.h"

#include <algorithm>

#include "base/text.h"
#include "contact/address.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostFields = 1'000;
constexpr std::size_t kMostValueBytes = 32 * 1024;
constexpr std::size_t kMostIds = 100;
constexpr std::size_t kMostIdBytes = 250;

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

// A line without its end, and what follows it.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// A value without its comments. Those in quotes are none.
std::string without_comments(std::string_view value) {
  std::string out;
  int depth = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\\' && i + 1 < value.size() && (is_quoted || depth > 0)) {
      if (depth == 0) out.append(value.substr(i, 2));
      ++i;
      continue;
    }
    if (c == '"' && depth == 0) is_quoted = !is_quoted;
    if (c == '(' && !is_quoted) ++depth;
    if (depth == 0) out += c;
    if (c == ')' && !is_quoted && depth > 0) --depth;
  }
  return out;
}

// The value of a parameter that begins here: a word, or text in quotes.
std::string take_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    value = base::trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    value += rest[i];
  }
  rest.remove_prefix(std::min(i + 1, rest.size()));
  return value;
}

}  // namespace

bool MailEntity::has(std::string_view name) const noexcept {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return field.first == name; });
}

std::string_view MailEntity::field(std::string_view name) const noexcept {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<MailEntity> parse_entity(std::string_view text) {
  MailEntity entity;
  std::string* value = nullptr;  // of the field that may go on
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (value != nullptr && value->size() + line.size() <= kMostValueBytes)
        value->append(line);  // with its blank
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = base::trim(line.substr(0, colon));
    value = nullptr;
    if (colon == std::string_view::npos || !is_name(name)) continue;
    if (entity.fields.size() == kMostFields) return std::nullopt;
    const std::string_view rest = line.substr(colon + 1);
    entity.fields.emplace_back(base::to_lower(name), rest.substr(0, kMostValueBytes));
    value = &entity.fields.back().second;
  }
  for (auto& field : entity.fields) field.second = std::string{base::trim(field.second)};
  entity.body = text;
  return entity;
}

ContentType content_type(const MailEntity& entity) {
  ContentType read;
  if (!entity.has("content-type")) return read;
  const std::string value = without_comments(entity.field("content-type"));
  std::string_view rest = value;
  const std::size_t end = std::min(rest.find(';'), rest.size());
  read.type = base::to_lower(base::trim(rest.substr(0, end)));
  rest.remove_prefix(end);
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the semicolon, or what stands after quotes
    const std::size_t equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) break;
    const std::string name = base::to_lower(base::trim(rest.substr(0, equals)));
    const bool has_value = rest[equals] == '=';
    rest.remove_prefix(has_value ? equals + 1 : equals);
    if (!has_value) continue;
    while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
    std::string given = take_value(rest);
    if (name == "charset" && read.charset.empty()) read.charset = base::to_lower(given);
    if (name == "boundary" && read.boundary.empty()) read.boundary = std::move(given);
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  }
  return read;
}

std::optional<std::string> only_address(std::string_view value) {
  const std::string text = without_comments(value);
  std::string bare;       // what stands outside of quotes
  std::string bracketed;  // what stands in angle brackets
  int brackets = 0;
  bool is_quoted = false;
  bool is_inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted && c == '\\') {
      ++i;
      continue;
    }
    if (c == '"' && !is_inside) is_quoted = !is_quoted;
    if (is_quoted || c == '"') continue;
    if (c == ',' || c == ';') return std::nullopt;  // several, or a group
    if (c == '<') {
      if (is_inside || ++brackets > 1) return std::nullopt;
      is_inside = true;
    } else if (c == '>') {
      if (!is_inside) return std::nullopt;
      is_inside = false;
    } else {
      (is_inside ? bracketed : bare) += c;
    }
  }
  if (is_quoted || is_inside) return std::nullopt;
  const std::string_view address = base::trim(brackets == 0 ? bare : bracketed);
  const auto read = contact::parse_address(contact::Form::email, address);
  const auto* sound = std::get_if<contact::Address>(&read);
  return sound == nullptr ? std::nullopt : std::optional{sound->text};
}

std::vector<std::string_view> message_ids(std::string_view value) {
  std::vector<std::string_view> ids;
  while (ids.size() < kMostIds) {
    const std::size_t begin = value.find('<');
    if (begin == std::string_view::npos) break;
    value.remove_prefix(begin + 1);
    const std::size_t end = value.find_first_of("<>");
    if (end == std::string_view::npos) break;
    if (value[end] == '>' && end > 0 && end <= kMostIdBytes) ids.push_back(value.substr(0, end));
    value.remove_prefix(value[end] == '>' ? end + 1 : end);
  }
  return ids;
}

}  // namespace tocsin::channel
