// A bar on standard error that fills while a long command works. Only on a terminal; the destructor
// takes it away.
#pragma once

#include <cstdint>
#include <string_view>

#include "screen/output.h"

namespace tocsin::cli {

class ProgressBar {
 public:
  ProgressBar(const Output& out, Form form);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Draws it again when the percentage has changed. `words` stand behind it.
  void show(std::int64_t done, std::int64_t all, std::string_view words);

 private:
  bool shown_;
  std::int64_t percent_ = -1;
};

}  // namespace tocsin::cli
