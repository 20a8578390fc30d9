// Any text has a tree or a finding. A tree can be walked, is not deeper than allowed, and its
// places lie within the text.
#include "document/yaml.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"

namespace {

using tocsin::document::Node;

void walk(Node node, int depth, int lines) {
  TOCSIN_ASSERT(depth <= 33);
  TOCSIN_ASSERT(node.line() >= 1 && node.line() <= lines && node.column() >= 1);
  std::size_t children = 0;
  for (const Node item : node.items()) {
    walk(item, depth + 1, lines);
    ++children;
  }
  for (const auto [key, value] : node.entries()) {
    TOCSIN_ASSERT(key.is_scalar());
    walk(value, depth + 1, lines);
    ++children;
  }
  TOCSIN_ASSERT(children == node.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tocsin::base::text_of({data, size});
  tocsin::document::Findings findings;
  const auto document = tocsin::document::parse_yaml(text, "fuzz", findings);
  TOCSIN_ASSERT(document != nullptr || findings.has_errors());
  const int lines = 2 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  if (document != nullptr) walk(document->root(), 0, lines);
  for (const auto& finding : findings.sorted())
    TOCSIN_ASSERT(finding.line >= 1 && finding.line <= lines && finding.column >= 1);
  return 0;
}
