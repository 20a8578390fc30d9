#include "document/yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "document/tree.h"

namespace tocsin::document {

namespace {

std::size_t valid_prefix(std::string_view text) noexcept {
  // is_utf8 does not say where the fault is, so bisection finds it, once, for the message.
  std::size_t good = 0;
  std::size_t bad = text.size();
  while (bad - good > 4) {
    std::size_t middle = good + (bad - good) / 2;
    while (middle > good && (static_cast<std::uint8_t>(text[middle]) & 0xc0) == 0x80) --middle;
    if (middle == good) break;
    (base::is_utf8(text.substr(good, middle - good)) ? good : bad) = middle;
  }
  while (good < bad) {
    std::size_t size = 1;
    while (good + size < bad && size < 4 &&
           (static_cast<std::uint8_t>(text[good + size]) & 0xc0) == 0x80)
      ++size;
    if (!base::is_utf8(text.substr(good, size))) break;
    good += size;
  }
  return good;
}

std::string without_carriage_returns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  return out;
}

// Reports what must not reach a parser.
bool is_clean(std::string_view text, std::string_view file, Findings& findings) {
  const auto report = [&](std::size_t offset, std::string message, std::string hint) {
    const Position at = LineCounter{text}.at(offset);
    findings.error({std::string{file}, static_cast<int>(at.line), static_cast<int>(at.column)},
                   std::move(message), std::move(hint));
    return false;
  };
  if (!base::is_utf8(text))
    return report(valid_prefix(text), "not UTF-8 from here on", "save the file as UTF-8");
  if (const auto bad = find_forbidden(text))
    return report(*bad, std::string{name_of_forbidden(text[*bad])}, "delete it");
  if (base::trim(text).empty()) return report(0, "the file is empty", {});
  return true;
}

}  // namespace

std::unique_ptr<const Document> parse_yaml(std::string_view text, std::string_view file,
                                           Findings& findings, Limits limits) {
  if (text.size() > limits.size_bytes) {
    findings.error(
        {std::string{file}, 1, 1},
        fmt::format("{} bytes: more than the {} that are read", text.size(), limits.size_bytes),
        "check that it is the file you meant");
    return nullptr;
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string unix_lines;
  if (text.find('\r') != std::string_view::npos) {
    unix_lines = without_carriage_returns(text);
    text = unix_lines;
  }
  if (!is_clean(text, file, findings)) return nullptr;

  const char first = base::trim(text).front();
  if (first == '{' || first == '[') {
    // A JSON parser is about 20 times faster. YAML in flow style begins with the same character but
    // is not JSON, so it goes on to the YAML parser.
    Findings json_findings;
    TreeBuilder json{file, json_findings, limits};
    const JsonOutcome outcome = parse_json_text(text, json, json_findings);
    if (outcome == JsonOutcome::parsed || outcome == JsonOutcome::refused) {
      findings.append(json_findings);
      return outcome == JsonOutcome::parsed ? json.finish() : nullptr;
    }
    Findings yaml_findings;
    TreeBuilder yaml{file, yaml_findings, limits};
    const bool is_yaml = parse_yaml_text(text, yaml, yaml_findings);
    findings.append(is_yaml ? yaml_findings : json_findings);
    return is_yaml ? yaml.finish() : nullptr;
  }
  TreeBuilder tree{file, findings, limits};
  return parse_yaml_text(text, tree, findings) ? tree.finish() : nullptr;
}

}  // namespace tocsin::document
