#include "base/form.h"

#include <algorithm>

namespace tocsin::base {

namespace {

int digit_of(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> plain(std::string_view coded) {
  std::string out;
  out.reserve(coded.size());
  for (std::size_t i = 0; i < coded.size(); ++i) {
    if (coded[i] != '%') {
      out += coded[i] == '+' ? ' ' : coded[i];
      continue;
    }
    if (coded.size() - i < 3) return std::nullopt;
    const int high = digit_of(coded[i + 1]);
    const int low = digit_of(coded[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace

std::optional<Fields> read_form(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) continue;
    const std::size_t equals = std::min(one.find('='), one.size());
    auto name = plain(one.substr(0, equals));
    auto value = plain(one.substr(std::min(equals + 1, one.size())));
    if (!name || !value || fields.size() == kMostFields) return std::nullopt;
    fields.push_back({*std::move(name), *std::move(value)});
  }
  return fields;
}

std::string percent_coded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain)
      out += c;
    else
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

std::string write_form(std::span<const Field> fields) {
  std::string out;
  for (const Field& field : fields) {
    if (!out.empty()) out += '&';
    out += percent_coded(field.name);
    out += '=';
    out += percent_coded(field.value);
  }
  return out;
}

std::string_view value_of(const Fields& fields, std::string_view name) noexcept {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? std::string_view{} : found->value;
}

}  // namespace tocsin::base
