#include "document/tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tocsin::document {

Position LineCounter::at(std::size_t offset) noexcept {
  offset = std::min(offset, text_.size());
  for (; offset_ < offset; ++offset_) {
    const auto byte = static_cast<std::uint8_t>(text_[offset_]);
    if (byte == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((byte & 0xc0) != 0x80) {
      ++position_.column;
    }
  }
  return position_;
}

std::optional<std::size_t> find_forbidden(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte < 0x20 ? byte != '\n' && byte != '\t' : byte == 0x7f) return i;
    if (byte != 0xe2) continue;
    const std::string_view three = text.substr(i, 3);
    if ((three >= "\u202a" && three <= "\u202e") || (three >= "\u2066" && three <= "\u2069"))
      return i;
  }
  return std::nullopt;
}

std::string_view name_of_forbidden(char character) noexcept {
  return character == '\0' ? "a NUL byte" : "a hidden control character";
}

TreeBuilder::TreeBuilder(std::string_view file, Findings& findings, const Limits& limits)
    : document_(new Document{std::string{file}}), findings_(findings), limits_(limits) {}

Place TreeBuilder::place(Position at) const {
  return {document_->file_, static_cast<int>(at.line), static_cast<int>(at.column)};
}

bool TreeBuilder::is_key() const noexcept {
  return !open_.empty() && document_->records_[open_.back().record].kind == Kind::mapping &&
         open_.back().children % 2 == 0;
}

std::uint32_t TreeBuilder::add(Kind kind, Position at) {
  auto& records = document_->records_;
  if (!open_.empty()) ++open_.back().children;
  Document::Record record;
  record.kind = kind;
  record.line = at.line;
  record.column = at.column;
  record.after = static_cast<std::uint32_t>(records.size() + 1);
  records.push_back(record);
  return static_cast<std::uint32_t>(records.size() - 1);
}

bool TreeBuilder::open(Kind kind, Position at) {
  if (is_key()) {
    findings_.error(place(at), "a key must be a word, not a list or a mapping",
                    "quote it if brackets are part of the text");
    return false;
  }
  if (open_.size() >= static_cast<std::size_t>(limits_.depth)) {
    findings_.error(place(at), fmt::format("nested more than {} deep", limits_.depth),
                    "nothing that Tocsin reads goes that deep: is a bracket left open?");
    return false;
  }
  open_.push_back({add(kind, at)});
  return true;
}

bool TreeBuilder::scalar(std::string_view text, bool quoted, Position at) {
  if (const auto bad = find_forbidden(text)) {
    findings_.error(place(at), fmt::format("{} in this text", name_of_forbidden(text[*bad])),
                    "delete it");
    return false;
  }
  auto& record = document_->records_[add(Kind::scalar, at)];
  record.text = static_cast<std::uint32_t>(document_->pool_.size());
  record.size = static_cast<std::uint32_t>(text.size());
  record.quoted = quoted;
  document_->pool_ += text;
  return true;
}

bool TreeBuilder::null(Position at) {
  if (is_key()) {
    findings_.error(place(at), "a key is missing before this \":\"", "name the key");
    return false;
  }
  add(Kind::null, at);
  return true;
}

void TreeBuilder::close() {
  const Frame frame = open_.back();
  open_.pop_back();
  auto& record = document_->records_[frame.record];
  record.after = static_cast<std::uint32_t>(document_->records_.size());
  record.size = record.kind == Kind::mapping ? frame.children / 2 : frame.children;
  if (record.kind == Kind::mapping) report_duplicates(frame);
}

void TreeBuilder::report_duplicates(const Frame& frame) {
  std::vector<Node> keys;
  keys.reserve(frame.children / 2);
  for (const Entry entry : Node{document_.get(), frame.record}.entries()) keys.push_back(entry.key);
  std::stable_sort(keys.begin(), keys.end(), [](Node a, Node b) { return a.text() < b.text(); });
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].text() != keys[i - 1].text()) continue;
    findings_.error(
        keys[i].place(), fmt::format("duplicate key \"{}\"", shown(keys[i].text())),
        fmt::format("it stands on line {} already: keep one of them", keys[i - 1].line()));
  }
}

std::unique_ptr<const Document> TreeBuilder::finish() {
  if (document_->records_.empty()) return nullptr;
  return std::move(document_);
}

}  // namespace tocsin::document
