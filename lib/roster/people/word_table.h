// Stores words that repeat once: an encoder numbers them in the order in which they occur, and a
// decoder looks the numbers up. Internal to the stored forms of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"

namespace tocsin::roster {

// The words given to `number` must outlive the table.
class WordNumbers {
 public:
  std::uint64_t number(std::string_view word) {
    const auto [at, added] = numbers_.try_emplace(word, words_.size());
    if (added) words_.push_back(word);
    return at->second;
  }
  void write(base::ByteWriter& out) const {
    out.varint(words_.size());
    for (const std::string_view word : words_) out.text(word);
  }

 private:
  std::unordered_map<std::string_view, std::uint64_t> numbers_;
  std::vector<std::string_view> words_;
};

class WordList {
 public:
  explicit WordList(base::ByteReader& in) {
    const std::uint64_t count = in.varint();
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) words_.push_back(in.text());
  }
  // Reads a number; fails the reader when no word has it.
  std::string_view read(base::ByteReader& in) const {
    const std::uint64_t number = in.varint();
    if (number < words_.size()) return words_[static_cast<std::size_t>(number)];
    in.fail();
    return {};
  }

 private:
  std::vector<std::string_view> words_;
};

}  // namespace tocsin::roster
