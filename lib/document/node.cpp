#include "document/node.h"

namespace tocsin::document {

Kind Node::kind() const noexcept { return document_->records_[index_].kind; }
bool Node::quoted() const noexcept { return document_->records_[index_].quoted; }
int Node::line() const noexcept { return static_cast<int>(document_->records_[index_].line); }
int Node::column() const noexcept { return static_cast<int>(document_->records_[index_].column); }
Place Node::place() const { return {document_->file_, line(), column()}; }
std::uint32_t Node::after() const noexcept { return document_->records_[index_].after; }

std::string_view Node::text() const noexcept {
  const auto& record = document_->records_[index_];
  if (record.kind != Kind::scalar) return {};
  return std::string_view{document_->pool_}.substr(record.text, record.size);
}

std::size_t Node::size() const noexcept {
  return is_sequence() || is_mapping() ? document_->records_[index_].size : 0;
}

Node::Range<Node::ItemIterator> Node::items() const noexcept {
  const Node last{document_, after()};
  const Node first{document_, is_sequence() ? index_ + 1 : after()};
  return {ItemIterator{first}, ItemIterator{last}};
}

Node::Range<Node::EntryIterator> Node::entries() const noexcept {
  const Node last{document_, after()};
  const Node first{document_, is_mapping() ? index_ + 1 : after()};
  return {EntryIterator{first}, EntryIterator{last}};
}

Entry Node::EntryIterator::operator*() const noexcept {
  return {key_, Node{key_.document_, key_.index_ + 1}};
}

Node::EntryIterator& Node::EntryIterator::operator++() noexcept {
  key_.index_ = Node{key_.document_, key_.index_ + 1}.after();
  return *this;
}

std::optional<Node> Node::find(std::string_view key) const noexcept {
  for (const Entry entry : entries())
    if (entry.key.text() == key) return entry.value;
  return std::nullopt;
}

}  // namespace tocsin::document
