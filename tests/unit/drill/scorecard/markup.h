// Reads HTML and SVG as strictly as their writer promises: every element is closed in order, every
// attribute is quoted, and text has no stray angle bracket.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::drill {

struct Tag {
  enum class Is : std::uint8_t { opening, closing, whole };
  std::string_view name;
  Is is = Is::opening;
};

// Takes a tag off the front of a text; nullopt when there is none that is written as it should be.
inline std::optional<Tag> take_tag(std::string_view& text) {
  const auto take = [&](std::string_view what) {
    const bool is_there = text.starts_with(what);
    if (is_there) text.remove_prefix(what.size());
    return is_there;
  };
  const auto take_while = [&](auto holds) {
    const auto end = std::find_if_not(text.begin(), text.end(), holds);
    const std::string_view taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(taken.size());
    return taken;
  };
  const auto is_word = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == ':'; };
  const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
  if (!take("<")) return std::nullopt;
  Tag tag;
  if (take("/")) tag.is = Tag::Is::closing;
  tag.name = take_while(is_word);
  if (tag.name.empty()) return std::nullopt;
  while (!take_while(is_space).empty()) {
    if (take_while(is_word).empty() || !take("=\"")) return std::nullopt;
    take_while([](char c) { return c != '"' && c != '<' && c != '>'; });
    if (!take("\"")) return std::nullopt;
  }
  if (take("/")) tag.is = Tag::Is::whole;
  return take(">") ? std::optional{tag} : std::nullopt;
}

inline ::testing::AssertionResult is_well_formed(std::string_view markup) {
  if (markup.starts_with("<!doctype html>")) markup.remove_prefix(15);
  std::vector<std::string_view> open;
  for (;;) {
    const bool in_style = !open.empty() && open.back() == "style";
    const std::size_t next = in_style ? markup.find("</style>") : markup.find_first_of("<>");
    if (next == markup.npos) break;
    markup.remove_prefix(next);
    const std::string_view from = markup.substr(0, 60);
    const auto tag = take_tag(markup);
    if (!tag) return ::testing::AssertionFailure() << "no tag: " << from;
    if (tag->is == Tag::Is::closing) {
      if (open.empty() || open.back() != tag->name)
        return ::testing::AssertionFailure() << "closes nothing: " << from;
      open.pop_back();
    } else if (tag->is == Tag::Is::opening && tag->name != "meta") {
      open.push_back(tag->name);
    }
  }
  if (!open.empty()) return ::testing::AssertionFailure() << open.back() << " is not closed";
  return ::testing::AssertionSuccess();
}

}  // namespace tocsin::drill
