// A document as a tree in which every node knows its line and column. Every scalar stays text:
// `010` does not become a number, nor `no` a truth value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/finding.h"

namespace tocsin::document {

// How large a document may be.
struct Limits {
  std::size_t size_bytes = std::size_t{1} << 20;
  int depth = 32;
};

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

class Document;

// A reference to a node of a Document. Cheap to copy; must not outlive the Document.
class Node {
 public:
  Kind kind() const noexcept;
  bool is_null() const noexcept { return kind() == Kind::null; }
  bool is_scalar() const noexcept { return kind() == Kind::scalar; }
  bool is_sequence() const noexcept { return kind() == Kind::sequence; }
  bool is_mapping() const noexcept { return kind() == Kind::mapping; }
  // Whether the scalar was written in quotes or as a block, so that even "010" is meant as text.
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
  // In the order of the file; empty for any other node.
  Range<ItemIterator> items() const noexcept;
  Range<EntryIterator> entries() const noexcept;
  // The value of a key of a mapping. Takes time linear in the entries.
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

class Document {
 public:
  Node root() const noexcept { return {this, 0}; }
  const std::string& file() const noexcept { return file_; }

 private:
  friend class Node;
  friend class TreeBuilder;
  // Records stand in the order of the file. The children of record i begin at i + 1; its next
  // sibling is at `after`. The children of a mapping are key, value, key, value.
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

}  // namespace tocsin::document
