#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

const Json kNothing;

}  // namespace

Json parse_answer(base::ByteView body) {
  Json parsed = Json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
  // Never copied: that is recursive, and hostile answers nest deep. Parsing and freeing are not.
  if (parsed.is_discarded()) return {};
  return parsed;
}

const Json& member(const Json& object, std::string_view name) {
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

std::string_view text_member(const Json& object, std::string_view name, std::size_t most) {
  const Json& value = member(object, name);
  if (!value.is_string()) return {};
  const auto& text = value.get_ref<const std::string&>();
  return text.size() > most ? std::string_view{} : text;
}

std::optional<base::Instant> provider_time(std::string_view text) {
  std::string whole{text};
  if (whole.size() > 10 && whole[10] == ' ') whole[10] = 'T';
  if (const auto at = base::from_rfc3339(whole)) return at;
  return base::from_rfc3339(whole + 'Z');
}

std::string_view beginning_of(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (static_cast<std::uint8_t>(utf8[most]) & 0xc0) == 0x80) --most;
  return utf8.substr(0, most);
}

}  // namespace tocsin::channel
