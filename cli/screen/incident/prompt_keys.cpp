#include "screen/incident/prompt_keys.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tocsin::cli {

namespace {
constexpr std::size_t kMostDigits = 5;
}

std::optional<PromptAnswer> PromptKeys::press(char key) {
  if (key >= '0' && key <= '9') {
    if (digits_.size() < kMostDigits) digits_ += key;
    return std::nullopt;
  }
  const auto number = base::parse_count(digits_, 99'999);
  digits_.clear();
  if (!number || (key != 'a' && key != 'n')) return std::nullopt;
  return PromptAnswer{static_cast<std::uint64_t>(*number),
                      key == 'a' ? incident::Verdict::accepted : incident::Verdict::declined};
}

std::string PromptKeys::hint() const {
  return digits_.empty() ? "" : fmt::format("prompt {}: a accepts, n declines", digits_);
}

}  // namespace tocsin::cli
