// Reads single values from a playbook's tree. A value that is absent or cannot be read gives
// nothing. No fault is reported; judging/ does that. Internal to this folder.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/fields.h"
#include "document/yaml.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

using document::Node;

// The value of a key; nothing when the key has none, or `node` is not a mapping.
std::optional<Node> value_of(Node node, std::string_view key);

// Each reads the value of a key of `node`.
std::optional<std::string> text_of(Node node, std::string_view key);
std::optional<std::string> name_of(Node node, std::string_view key,
                                   std::string_view marks = document::kIdMarks);
std::optional<int> count_of(Node node, std::string_view key, int least, int most);
std::optional<base::Minutes> minutes_of(Node node, std::string_view key, base::Minutes least,
                                        base::Minutes most);
std::optional<int> days_of(Node node, std::string_view key, int most);
std::optional<bool> bool_of(Node node, std::string_view key);
std::optional<std::size_t> word_of(Node node, std::string_view key,
                                   std::span<const std::string_view> words);

// Each reads a value itself.
std::optional<std::string> as_name(Node value, std::string_view marks = document::kIdMarks);
std::optional<base::Minutes> as_minutes(Node value, base::Minutes least, base::Minutes most);
std::optional<double> as_share(Node value, double least = 0.0, double most = 1.0);
std::optional<std::size_t> as_word(Node value, std::span<const std::string_view> words);
// The names of a list, or a single name. A name that occurs twice counts once.
std::vector<std::string> as_names(Node value, std::string_view marks = document::kIdMarks);
// The items of a list. A value that is not a list is a list of one.
std::vector<Node> as_items(Node value);

// One value for everything, or a mapping from keys and "default" to values.
template <class T>
void take_by_key(Node value, const std::function<std::optional<T>(Node)>& as_one,
                 const std::function<void(T)>& otherwise,
                 const std::function<void(Node key, T)>& for_key) {
  if (!value.is_mapping()) {
    if (auto one = as_one(value)) otherwise(*std::move(one));
    return;
  }
  for (const document::Entry entry : value.entries()) {
    auto one = as_one(entry.value);
    if (!one) continue;
    if (entry.key.text() == "default")
      otherwise(*std::move(one));
    else
      for_key(entry.key, *std::move(one));
  }
}

// "1" to "9", as the key of a mapping.
std::optional<Priority> as_priority(Node key);

}  // namespace tocsin::playbook
