#include "tidy/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tocsin::tidy {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<File> files_under(const std::vector<std::string>& folders) {
  static constexpr auto kText = {".h", ".cpp", ".txt", ".sh", ".html", ".js", ".css"};
  std::vector<File> all;
  for (const std::string& folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
      const std::string extension = entry.path().extension().string();
      // Skip the packages that npm installed.
      if (entry.path().generic_string().find("/node_modules/") != std::string::npos) continue;
      if (!entry.is_regular_file() ||
          std::find(kText.begin(), kText.end(), extension) == kText.end())
        continue;
      all.push_back({entry.path().generic_string(), text_of(entry.path())});
    }
  std::sort(all.begin(), all.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return all;
}

std::string listing(const Breaches& breaches) {
  std::string lines;
  for (const Breach& breach : breaches)
    lines += fmt::format("{}:{}: {}\n", breach.path, breach.line, breach.what);
  return lines;
}

}  // namespace tocsin::tidy
