#include "document/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tocsin::document {

namespace {

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return "a value";
    case Kind::sequence:
      return "a list";
    case Kind::mapping:
      return "a mapping";
  }
  return "";
}

bool is_scalar(Node node, Findings& findings, std::string_view wanted) {
  if (node.is_scalar()) return true;
  findings.error(node.place(), fmt::format("expected {}, not {}", wanted, name_of(node.kind())));
  return false;
}

bool is_number_text(Node node, Findings& findings, std::string_view wanted) {
  if (!is_scalar(node, findings, wanted)) return false;
  if (!node.quoted()) return true;
  findings.error(node.place(), fmt::format("expected {}, not text in quotes", wanted),
                 "leave out the quotes");
  return false;
}

bool all_digits(std::string_view text) noexcept {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Accepts "0.95" and "1.6", not ".5", "1.", "01.5", "1e3" or "inf". The value is that of the text
// times ten to the power of `exponent`, rounded once.
std::optional<double> parse_decimal(std::string_view text, int exponent = 0) {
  const auto dot = text.find('.');
  const auto whole = text.substr(0, dot);
  if (!all_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  if (dot != std::string_view::npos && !all_digits(text.substr(dot + 1))) return std::nullopt;
  const std::string scaled = fmt::format("{}e{}", text, exponent);
  double value = 0;
  const auto [end, error] = std::from_chars(scaled.data(), scaled.data() + scaled.size(), value);
  if (error != std::errc{} || end != scaled.data() + scaled.size()) return std::nullopt;
  return value;
}

std::string leading_zero_hint(std::string_view text) {
  return text.size() > 1 && text.front() == '0' && all_digits(text)
             ? "leave out the leading zero: YAML would read this as an octal number"
             : "";
}

}  // namespace

std::size_t length_of(std::string_view utf8) noexcept {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80;
  }));
}

std::string meant(std::string_view word, std::span<const std::string_view> candidates) {
  // Enough for any plan, and a limit on the work that a hostile file with thousands of names
  // causes.
  constexpr std::size_t kTried = 400;
  const auto tried = candidates.first(std::min(kTried, candidates.size()));
  if (const auto near = base::did_you_mean(word, tried))
    return fmt::format("did you mean \"{}\"?", *near);
  constexpr std::size_t kListed = 12;
  if (candidates.empty()) return {};
  return fmt::format("one of: {}{}",
                     fmt::join(candidates.first(std::min(kListed, candidates.size())), ", "),
                     candidates.size() > kListed ? ", …" : "");
}

std::optional<std::string> read_text(Node node, Findings& findings, TextRule rule) {
  if (!is_scalar(node, findings, "text")) return std::nullopt;
  const std::string_view text = base::trim(node.text());
  if (text.empty() && !rule.may_be_empty) {
    findings.error(node.place(), "an empty text", "say it, or leave the key out");
    return std::nullopt;
  }
  if (const std::size_t length = length_of(text); length > rule.most) {
    findings.error(node.place(),
                   fmt::format("{} characters: at most {} are read", length, rule.most),
                   "say it shorter");
    return std::nullopt;
  }
  return std::string{text};
}

std::optional<std::string> read_id(Node node, Findings& findings, std::string_view marks) {
  constexpr std::size_t kMost = 64;
  if (!is_scalar(node, findings, "a name")) return std::nullopt;
  const std::string_view text = node.text();
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const bool sound = !text.empty() && text.size() <= kMost && is_letter(text.front()) &&
                     std::all_of(text.begin(), text.end(), [&](char c) {
                       return is_letter(c) || marks.find(c) != std::string_view::npos;
                     });
  if (sound) return std::string{text};
  std::string better;
  for (const char c : base::to_lower(text.substr(0, kMost)))
    if (is_letter(c))
      better += c;
    else if (!better.empty() && better.back() != '-')
      better += '-';
  while (!better.empty() && better.back() == '-') better.pop_back();
  std::string hint = "names are lower-case letters, digits and hyphens, at most 64";
  if (!better.empty() && text.size() <= kMost) hint += fmt::format(": \"{}\"", better);
  findings.error(node.place(), fmt::format("\"{}\" is not a name", shown(text)), std::move(hint));
  return std::nullopt;
}

std::optional<std::int64_t> read_count(Node node, Findings& findings, std::int64_t least,
                                       std::int64_t most) {
  const std::string wanted = fmt::format("a whole number from {} to {}", least, most);
  if (!is_number_text(node, findings, wanted)) return std::nullopt;
  const auto value = base::parse_count(node.text(), most);
  if (value && *value >= least) return value;
  findings.error(node.place(), fmt::format("expected {}, not \"{}\"", wanted, shown(node.text())),
                 leading_zero_hint(node.text()));
  return std::nullopt;
}

std::optional<double> read_decimal(Node node, Findings& findings, double least, double most) {
  const std::string wanted = fmt::format("a number from {} to {}", least, most);
  if (!is_number_text(node, findings, wanted)) return std::nullopt;
  const auto value = parse_decimal(node.text());
  if (value && *value >= least && *value <= most) return value;
  findings.error(node.place(), fmt::format("expected {}, not \"{}\"", wanted, shown(node.text())),
                 leading_zero_hint(node.text()));
  return std::nullopt;
}

std::optional<double> read_share(Node node, Findings& findings) {
  constexpr std::string_view kWanted = "a share such as 60% or 0.6";
  if (!is_scalar(node, findings, kWanted)) return std::nullopt;
  std::string_view text = node.text();
  const bool percent = text.ends_with('%');
  if (percent) text = base::trim(text.substr(0, text.size() - 1));
  // 99.9 divided by 100 would be a little more than 0.999.
  const auto value = parse_decimal(text, percent ? -2 : 0);
  if (value && *value <= 1) return value;
  findings.error(node.place(), fmt::format("expected {}, not \"{}\"", kWanted, shown(node.text())),
                 value ? "a share is at most 100%" : leading_zero_hint(text));
  return std::nullopt;
}

std::optional<base::Minutes> parse_time(std::string_view text) {
  std::string close{text};
  if (const auto space = close.find(' '); space != std::string::npos && space > 0)
    close.erase(space, 1);
  return base::parse_minutes(close);
}

std::optional<base::Minutes> read_minutes(Node node, Findings& findings, base::Minutes most) {
  constexpr std::string_view kWanted = "a time such as 25min, 2h or 1h30";
  if (!is_scalar(node, findings, kWanted)) return std::nullopt;
  const auto value = parse_time(node.text());
  if (value && *value <= most) return value;
  if (value)
    findings.error(node.place(), fmt::format("{} is longer than the {} allowed here",
                                             base::minutes_text(*value), base::minutes_text(most)));
  else
    findings.error(node.place(),
                   fmt::format("expected {}, not \"{}\"", kWanted, shown(node.text())),
                   leading_zero_hint(node.text()));
  return std::nullopt;
}

std::optional<int> read_days(Node node, Findings& findings, int least, int most) {
  const std::string wanted = fmt::format("days from {} to {}, such as 90d", least, most);
  if (!is_scalar(node, findings, wanted)) return std::nullopt;
  std::string_view text = node.text();
  if (text.ends_with('d')) {
    text = base::trim(text.substr(0, text.size() - 1));
    const auto value = base::parse_count(text, most);
    if (value && *value >= least) return static_cast<int>(*value);
  }
  findings.error(node.place(), fmt::format("expected {}, not \"{}\"", wanted, shown(node.text())));
  return std::nullopt;
}

std::optional<bool> read_bool(Node node, Findings& findings) {
  if (!is_number_text(node, findings, "true or false")) return std::nullopt;
  if (node.text() == "true") return true;
  if (node.text() == "false") return false;
  findings.error(node.place(),
                 fmt::format("expected true or false, not \"{}\"", shown(node.text())));
  return std::nullopt;
}

std::optional<std::size_t> read_word(Node node, Findings& findings,
                                     std::span<const std::string_view> words) {
  if (!is_scalar(node, findings, fmt::format("one of {}", fmt::join(words, ", "))))
    return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node.text());
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  findings.error(node.place(), fmt::format("\"{}\" is not known here", shown(node.text())),
                 meant(node.text(), words));
  return std::nullopt;
}

// The search for repeats takes quadratic time, so the length of a list is limited.
constexpr std::size_t kLongestList = 200;

std::vector<NamedNode> read_ids(Node node, Findings& findings, std::string_view marks) {
  std::vector<NamedNode> out;
  const auto read = [&](Node item) {
    auto id = read_id(item, findings, marks);
    if (!id) return;
    const auto same = std::find_if(out.begin(), out.end(),
                                   [&](const NamedNode& other) { return other.name == *id; });
    if (same != out.end())
      findings.error(item.place(), fmt::format("\"{}\" stands in this list twice", *id),
                     "keep one of them");
    else
      out.push_back({*std::move(id), item});
  };
  if (!node.is_sequence())
    read(node);
  else if (node.size() > kLongestList)
    findings.error(node.place(),
                   fmt::format("a list of {}: at most {} are read", node.size(), kLongestList));
  else
    for (const Node item : node.items()) read(item);
  return out;
}

Fields::Fields(Node node, Findings& findings, std::string_view what)
    : node_(node), findings_(findings), what_(what) {
  if (node.is_mapping()) return;
  findings.error(node.place(),
                 fmt::format("{} is expected here, not {}", what, name_of(node.kind())),
                 "write it as \"key: value\" lines");
}

std::optional<Node> Fields::optional(std::string_view key) {
  asked_.push_back(key);
  for (const Entry entry : node_.entries()) {
    if (entry.key.text() != key) continue;
    if (!entry.value.is_null()) return entry.value;
    findings_.error(entry.key.place(), fmt::format("\"{}\" has no value", key),
                    "give it one, or leave the key out");
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Node> Fields::required(std::string_view key) {
  const bool present = node_.find(key).has_value();
  if (!present && is_mapping())
    findings_.error(node_.place(), fmt::format("\"{}\" is missing from {}", key, what_),
                    fmt::format("add \"{}: …\"", key));
  return optional(key);
}

Place Fields::place(std::string_view key) const { return node_.find(key).value_or(node_).place(); }

void Fields::finish() {
  for (const Entry entry : node_.entries())
    if (std::find(asked_.begin(), asked_.end(), entry.key.text()) == asked_.end())
      findings_.error(entry.key.place(),
                      fmt::format("unknown key \"{}\" in {}", shown(entry.key.text()), what_),
                      meant(entry.key.text(), asked_));
}

}  // namespace tocsin::document
