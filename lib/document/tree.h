// Builds a Document from the events of a parser, and enforces the rules on depth, keys and
// duplicates. Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.h"

namespace tocsin::document {

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Turns byte offsets into lines and columns. Offsets must rise from call to call, so that the text
// is passed over once.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) noexcept : text_(text) {}
  Position at(std::size_t offset) noexcept;

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  Position position_;
};

// Finds the first character that a file may not contain, not even as an escape: a plan needs no
// control characters, and directional overrides make a text look like another text.
std::optional<std::size_t> find_forbidden(std::string_view text) noexcept;
std::string_view name_of_forbidden(char character) noexcept;

class TreeBuilder {
 public:
  TreeBuilder(std::string_view file, Findings& findings, const Limits& limits);

  // Each returns false when building must stop; the reason has been reported.
  bool open(Kind kind, Position at);
  bool scalar(std::string_view text, bool quoted, Position at);
  bool null(Position at);
  void close();

  // The tree, or null when nothing was built.
  std::unique_ptr<const Document> finish();

  Place place(Position at) const;

 private:
  struct Frame {
    std::uint32_t record;
    std::uint32_t children = 0;
  };
  bool is_key() const noexcept;
  std::uint32_t add(Kind kind, Position at);
  void report_duplicates(const Frame& frame);

  std::unique_ptr<Document> document_;
  Findings& findings_;
  Limits limits_;
  std::vector<Frame> open_;
};

// `not_json`: a syntax error for JSON, so the text may be YAML in flow style. `refused`: JSON with
// something in it that is forbidden.
enum class JsonOutcome : std::uint8_t { parsed, not_json, refused };

// Both take a text that has been checked: UTF-8, LF, no control characters, no byte order mark.
JsonOutcome parse_json_text(std::string_view text, TreeBuilder& tree, Findings& findings);
bool parse_yaml_text(std::string_view text, TreeBuilder& tree, Findings& findings);

}  // namespace tocsin::document
