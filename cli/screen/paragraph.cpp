#include "screen/paragraph.h"

#include "base/text.h"

namespace tocsin::cli {

std::vector<std::string> paragraph(std::string_view text, std::size_t columns, std::size_t indent) {
  std::vector<std::string> lines;
  std::string line;
  for (const std::string_view word : base::split(text, ' ')) {
    const bool fits = base::display_width(line) + 1 + base::display_width(word) <= columns;
    if (!line.empty() && !fits) {
      lines.push_back(std::move(line));
      line = std::string(indent, ' ') + std::string{word};
    } else {
      line += (line.empty() ? "" : " ") + std::string{word};
    }
  }
  lines.push_back(std::move(line));
  return lines;
}

}  // namespace tocsin::cli
