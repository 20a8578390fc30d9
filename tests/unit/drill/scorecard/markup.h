// Reads HTML and SVG as strictly as their writer promises: every element is closed in order, every
// attribute is quoted, and text has no stray angle bracket.
#pragma once

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace tocsin::drill {

inline ::testing::AssertionResult is_well_formed(const std::string& markup) {
  static const std::regex kTag{R"re(^<(/?)([a-zA-Z0-9]+)((?:\s+[a-zA-Z:-]+="[^"<>]*")*)(/?)>)re"};
  std::vector<std::string> open;
  std::size_t at = markup.starts_with("<!doctype html>") ? 15 : 0;
  while ((at = markup.find_first_of("<>", at)) != std::string::npos) {
    const std::string from = markup.substr(at, 20'000);
    std::smatch tag;
    if (!open.empty() && open.back() == "style" && !from.starts_with("</style>")) {
      ++at;
      continue;
    }
    if (!std::regex_search(from, tag, kTag))
      return ::testing::AssertionFailure() << "no tag: " << from.substr(0, 60);
    const std::string name = tag[2];
    if (tag[1].length() > 0) {
      if (open.empty() || open.back() != name)
        return ::testing::AssertionFailure() << "</" << name << "> closes nothing";
      open.pop_back();
    } else if (tag[4].length() == 0 && name != "meta") {
      open.push_back(name);
    }
    at += static_cast<std::size_t>(tag.length());
  }
  if (!open.empty()) return ::testing::AssertionFailure() << open.back() << " is not closed";
  return ::testing::AssertionSuccess();
}

}  // namespace tocsin::drill
