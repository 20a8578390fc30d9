// A YAML or JSON file as a tree that remembers where everything stood. Safe for hostile text: a
// capped size and depth, no aliases, anchors or tags, no duplicate keys, one document, UTF-8
// without NUL. Every scalar stays text: nothing here guesses that `010` is a number or `no` a truth
// value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/finding.h"

namespace tocsin::document {

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

class Document;

// A cursor into a Document, cheap to copy; must not outlive it.
class Node {
 public:
  Kind kind() const noexcept;
  bool is_null() const noexcept { return kind() == Kind::null; }
  bool is_scalar() const noexcept { return kind() == Kind::scalar; }
  bool is_sequence() const noexcept { return kind() == Kind::sequence; }
  bool is_mapping() const noexcept { return kind() == Kind::mapping; }
  // Whether the scalar was written in quotes or as a block: "010" may be meant as text.
  bool quoted() const noexcept;

  int line() const noexcept;
  int column() const noexcept;
  Place place() const;

  // The text of a scalar; empty for anything else.
  std::string_view text() const noexcept;
  // Items of a sequence or entries of a mapping; 0 for anything else.
  std::size_t size() const noexcept;

  class ItemIterator;
  class EntryIterator;
  template <class Iterator>
  struct Range {
    Iterator first;
    Iterator last;
    Iterator begin() const noexcept { return first; }
    Iterator end() const noexcept { return last; }
  };
  // In the order of the file; empty for a node of another kind.
  Range<ItemIterator> items() const noexcept;
  Range<EntryIterator> entries() const noexcept;
  // The value of a key of a mapping, in time linear in its entries.
  std::optional<Node> find(std::string_view key) const noexcept;

 private:
  friend class Document;
  friend class TreeBuilder;
  Node(const Document* document, std::uint32_t index) noexcept
      : document_(document), index_(index) {}
  std::uint32_t after() const noexcept;  // index of the next sibling, if there is one
  const Document* document_;
  std::uint32_t index_;
};

struct Entry {
  Node key;  // always a scalar
  Node value;
};

class Node::ItemIterator {
 public:
  explicit ItemIterator(Node at) noexcept : at_(at) {}
  Node operator*() const noexcept { return at_; }
  ItemIterator& operator++() noexcept {
    at_.index_ = at_.after();
    return *this;
  }
  bool operator==(const ItemIterator& other) const noexcept {
    return at_.index_ == other.at_.index_;
  }

 private:
  Node at_;
};

class Node::EntryIterator {
 public:
  explicit EntryIterator(Node key) noexcept : key_(key) {}
  Entry operator*() const noexcept;
  EntryIterator& operator++() noexcept;
  bool operator==(const EntryIterator& other) const noexcept {
    return key_.index_ == other.key_.index_;
  }

 private:
  Node key_;
};

struct Limits {
  std::size_t size_bytes = std::size_t{1} << 20;
  int depth = 32;
};

class Document {
 public:
  Node root() const noexcept { return {this, 0}; }
  const std::string& file() const noexcept { return file_; }

 private:
  friend class Node;
  friend class TreeBuilder;
  // Nodes in the order of the file: the children of node i begin at i + 1, and its next sibling is
  // at `after`. A mapping's children are key, value, key, value.
  struct Record {
    std::uint32_t text = 0;  // offset into pool_
    std::uint32_t size = 0;  // bytes of a scalar; children of a sequence; entries of a mapping
    std::uint32_t after = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    Kind kind = Kind::null;
    bool quoted = false;
  };
  explicit Document(std::string file) : file_(std::move(file)) {}

  std::string file_;
  std::string pool_;
  std::vector<Record> records_;
};

// Reads one YAML document, or JSON when the text begins with `{` or `[`. Every fault goes to
// `findings`; nothing is returned when the text has no tree (duplicate keys are reported and the
// first one kept, so that the rest of the file can be checked in the same run). Never throws on any
// text. `file` is what findings call the file. The Document lives on the heap so that Nodes stay
// good.
std::unique_ptr<const Document> parse_yaml(std::string_view text, std::string_view file,
                                           Findings& findings, Limits limits = {});

}  // namespace tocsin::document
