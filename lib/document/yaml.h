// Reads a YAML or JSON file as a tree (node.h). Safe for hostile text: limited size and depth, one
// document, no aliases, anchors, tags or duplicate keys, UTF-8 without NUL.
#pragma once

#include <memory>
#include <string_view>

#include "document/node.h"

namespace tocsin::document {

// Reads one YAML document, or JSON when the text begins with `{` or `[`. Every fault goes to
// `findings`, which call the file `file`. Returns nothing when no tree could be built. A duplicate
// key is reported and the first one kept, so that one run checks the whole file. Never throws
// because of the text. The Document is on the heap, so that its Nodes stay valid.
std::unique_ptr<const Document> parse_yaml(std::string_view text, std::string_view file,
                                           Findings& findings, Limits limits = {});

}  // namespace tocsin::document
