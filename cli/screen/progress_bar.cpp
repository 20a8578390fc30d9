#include "screen/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

namespace tocsin::cli {

ProgressBar::ProgressBar(const Output& out, Form form)
    : shown_(out.is_terminal() && ::isatty(STDERR_FILENO) == 1 && form == Form::text) {}

ProgressBar::~ProgressBar() {
  if (shown_) fmt::print(stderr, "\r{:60}\r", "");
}

void ProgressBar::show(std::int64_t done, std::int64_t all, std::string_view words) {
  const std::int64_t percent = all == 0 ? 100 : 100 * done / all;
  if (!shown_ || percent == percent_) return;
  percent_ = percent;
  constexpr std::int64_t kWidth = 24;
  const auto full = static_cast<std::size_t>(percent * kWidth / 100);
  fmt::print(stderr, "\r[{:#<{}}{:{}}] {:3} % {} ", "", full, "", kWidth - full, percent, words);
}

}  // namespace tocsin::cli
