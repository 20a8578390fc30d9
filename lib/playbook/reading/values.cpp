#include "playbook/reading/values.h"

#include "base/text.h"
#include "playbook/reading/bounds.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::Findings;

}  // namespace

std::optional<Node> value_of(Node node, std::string_view key) {
  const auto value = node.find(key);
  return value && !value->is_null() ? value : std::nullopt;
}

std::optional<std::string> text_of(Node node, std::string_view key) {
  Findings unsaid;
  const auto value = value_of(node, key);
  return value ? document::read_text(*value, unsaid, {.most = kLongestText}) : std::nullopt;
}

std::optional<std::string> name_of(Node node, std::string_view key, std::string_view marks) {
  const auto value = value_of(node, key);
  return value ? as_name(*value, marks) : std::nullopt;
}

std::optional<int> count_of(Node node, std::string_view key, int least, int most) {
  Findings unsaid;
  const auto value = value_of(node, key);
  if (!value) return std::nullopt;
  const auto count = document::read_count(*value, unsaid, least, most);
  return count ? std::optional{static_cast<int>(*count)} : std::nullopt;
}

std::optional<Minutes> minutes_of(Node node, std::string_view key, Minutes least, Minutes most) {
  const auto value = value_of(node, key);
  return value ? as_minutes(*value, least, most) : std::nullopt;
}

std::optional<int> days_of(Node node, std::string_view key, int most) {
  Findings unsaid;
  const auto value = value_of(node, key);
  return value ? document::read_days(*value, unsaid, 1, most) : std::nullopt;
}

std::optional<bool> bool_of(Node node, std::string_view key) {
  Findings unsaid;
  const auto value = value_of(node, key);
  return value ? document::read_bool(*value, unsaid) : std::nullopt;
}

std::optional<std::size_t> word_of(Node node, std::string_view key,
                                   std::span<const std::string_view> words) {
  const auto value = value_of(node, key);
  return value ? as_word(*value, words) : std::nullopt;
}

std::optional<std::string> as_name(Node value, std::string_view marks) {
  Findings unsaid;
  return document::read_id(value, unsaid, marks);
}

std::optional<Minutes> as_minutes(Node value, Minutes least, Minutes most) {
  Findings unsaid;
  const auto minutes = document::read_minutes(value, unsaid, most);
  return minutes && *minutes >= least ? minutes : std::nullopt;
}

std::optional<double> as_share(Node value, double least, double most) {
  Findings unsaid;
  const auto share = document::read_share(value, unsaid);
  return share && *share >= least && *share <= most ? share : std::nullopt;
}

std::optional<std::size_t> as_word(Node value, std::span<const std::string_view> words) {
  Findings unsaid;
  return document::read_word(value, unsaid, words);
}

std::vector<std::string> as_names(Node value, std::string_view marks) {
  Findings unsaid;
  std::vector<std::string> names;
  for (document::NamedNode& one : document::read_ids(value, unsaid, marks))
    names.push_back(std::move(one.name));
  return names;
}

std::vector<Node> as_items(Node value) {
  if (!value.is_sequence()) return {value};
  std::vector<Node> items;
  for (const Node item : value.items()) items.push_back(item);
  return items;
}

std::optional<Priority> as_priority(Node key) {
  const auto value = base::parse_count(key.text(), kLeastPriority);
  return value && *value > 0 ? std::optional{static_cast<Priority>(*value)} : std::nullopt;
}

}  // namespace tocsin::playbook
