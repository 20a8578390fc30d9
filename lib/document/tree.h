// Builds a Document from the events of a parser, keeping its promises: depth, keys, duplicates.
// Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/yaml.h"

namespace tocsin::document {

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Turns byte offsets, asked for in rising order, into lines and columns in one pass over the text.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) noexcept : text_(text) {}
  Position at(std::size_t offset) noexcept;

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  Position position_;
};

// Where a character stands that may not be in a file, nor be written into a text by an escape:
// control characters have no business in a plan, and directional overrides make it read as what it
// is not.
std::optional<std::size_t> find_forbidden(std::string_view text) noexcept;
std::string_view name_of_forbidden(char character) noexcept;

class TreeBuilder {
 public:
  TreeBuilder(std::string_view file, Findings& findings, const Limits& limits);

  // Each returns false when the tree cannot go on; the reason has then been reported.
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

// `not_json`: a fault of syntax, which YAML in flow style would also be. `refused`: JSON, but
// forbidden.
enum class JsonOutcome : std::uint8_t { parsed, not_json, refused };

// The text has been checked: UTF-8, LF, no control characters, no byte order mark.
JsonOutcome parse_json_text(std::string_view text, TreeBuilder& tree, Findings& findings);
bool parse_yaml_text(std::string_view text, TreeBuilder& tree, Findings& findings);

}  // namespace tocsin::document
