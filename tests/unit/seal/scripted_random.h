// A source of given "random" bytes, so that a sealed text is the same every time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/random.h"

namespace tocsin::seal {

class ScriptedRandom final : public base::Random {
 public:
  explicit ScriptedRandom(base::Bytes script) : script_(std::move(script)) {}
  void fill(std::span<std::uint8_t> out) override {
    ASSERT_LE(at_ + out.size(), script_.size()) << "more chance was drawn than was expected";
    std::copy_n(script_.begin() + static_cast<std::ptrdiff_t>(at_), out.size(), out.begin());
    at_ += out.size();
  }
  bool is_used_up() const { return at_ == script_.size(); }

 private:
  base::Bytes script_;
  std::size_t at_ = 0;
};

}  // namespace tocsin::seal
