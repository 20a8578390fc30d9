// A tree as text, to compare with.
#pragma once

#include <string>
#include <string_view>

#include "document/yaml.h"

namespace tocsin::document {

// One line for each node: "line:column kind text", indented by depth.
inline void describe(Node node, int depth, std::string& out) {
  const std::string_view kinds[] = {"null", "scalar", "sequence", "mapping"};
  out += std::string(static_cast<std::size_t>(depth), ' ') + std::to_string(node.line()) + ":" +
         std::to_string(node.column()) + " " +
         std::string{kinds[static_cast<std::size_t>(node.kind())]};
  if (node.is_scalar()) out += (node.quoted() ? " '" : " ") + std::string{node.text()};
  out += "\n";
  for (const Node item : node.items()) describe(item, depth + 1, out);
  for (const auto [key, value] : node.entries()) {
    describe(key, depth + 1, out);
    describe(value, depth + 2, out);
  }
}

// The findings, and then the tree if there is one.
inline std::string described(std::string_view text) {
  Findings findings;
  const auto document = parse_yaml(text, "a.yaml", findings);
  std::string out;
  for (const Finding& finding : findings.sorted()) out += to_text(finding) + "\n";
  if (document != nullptr) describe(document->root(), 0, out);
  return out;
}

}  // namespace tocsin::document
