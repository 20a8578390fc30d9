// Reads typed values from a tree: the keys of mappings and the values of scalars. Whatever does not
// fit is reported with its place and a hint. A reader that returns nothing has reported the reason.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "document/node.h"

namespace tocsin::document {

// The number of characters in UTF-8 text, for limits that people can count.
std::size_t length_of(std::string_view utf8) noexcept;

struct TextRule {
  std::size_t most = 200;  // characters
  bool may_be_empty = false;
};

// Text; in quotes or as a block it may have several lines. Numbers count as text.
std::optional<std::string> read_text(Node node, Findings& findings, TextRule rule = {});
// An id: at most 64 lower-case letters, digits and `marks`; it does not begin with a mark.
inline constexpr std::string_view kIdMarks = "-";
inline constexpr std::string_view kWordMarks = "-._/";  // words of a roster, such as skills
std::optional<std::string> read_id(Node node, Findings& findings,
                                   std::string_view marks = kIdMarks);
// A whole number in digits, unquoted, without sign or leading zero (YAML 1.1 reads 010 as 8).
std::optional<std::int64_t> read_count(Node node, Findings& findings, std::int64_t least,
                                       std::int64_t most);
// A decimal number such as 1.25, unquoted, without sign, exponent or needless leading zero.
std::optional<double> read_decimal(Node node, Findings& findings, double least, double most);
// A share from 0 to 1, written "95%" or "0.95".
std::optional<double> read_share(Node node, Findings& findings);
// "25", "25min", "2h", "1h30"; a space before the unit is allowed.
std::optional<base::Minutes> parse_time(std::string_view text);
std::optional<base::Minutes> read_minutes(Node node, Findings& findings,
                                          base::Minutes most = base::Minutes{100 * 24 * 60});
// Whole days, spelt "90d".
std::optional<int> read_days(Node node, Findings& findings, int least, int most);
// true or false; none of the other words of YAML 1.1, such as yes and off.
std::optional<bool> read_bool(Node node, Findings& findings);
// The index of the word in `words`. A word that is not there is reported with the nearest one.
std::optional<std::size_t> read_word(Node node, Findings& findings,
                                     std::span<const std::string_view> words);
struct NamedNode {
  std::string name;
  Node node;
};
// A list of ids without repeats; one scalar counts as a list of one.
std::vector<NamedNode> read_ids(Node node, Findings& findings, std::string_view marks = kIdMarks);

// "did you mean "nurse"?" or, when nothing is near, "one of: …".
std::string meant(std::string_view word, std::span<const std::string_view> candidates);

// The keys of one mapping. Ask for each key once; finish() then reports the keys that were not
// asked for.
class Fields {
 public:
  // `what` stands in messages: "a post". A `node` that is not a mapping is reported and has no
  // keys.
  Fields(Node node, Findings& findings, std::string_view what);

  // Null when absent; a key without a value counts as absent and is reported.
  std::optional<Node> optional(std::string_view key);
  // As optional, but reports a key that is absent, at the place of the mapping.
  std::optional<Node> required(std::string_view key);
  void finish();

  // The place of the key's value, or of the mapping when it has no such key.
  Place place(std::string_view key = {}) const;
  bool is_mapping() const noexcept { return node_.is_mapping(); }
  Node node() const noexcept { return node_; }

 private:
  Node node_;
  Findings& findings_;
  std::string what_;
  std::vector<std::string_view> asked_;
};

}  // namespace tocsin::document
