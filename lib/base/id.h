// Names of different things have different types, so that they cannot be swapped by mistake:
// Id<struct PostTag> is not Id<struct AreaTag>. Any text is accepted; whoever reads it checks it.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tocsin::base {

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) noexcept : text_(std::move(text)) {}
  explicit Id(std::string_view text) : text_(text) {}
  explicit Id(const char* text) : text_(text) {}

  const std::string& str() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
  friend bool operator==(const Id&, const Id&) = default;

 private:
  std::string text_;
};

}  // namespace tocsin::base

template <class Tag>
struct std::hash<tocsin::base::Id<Tag>> {
  std::size_t operator()(const tocsin::base::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
