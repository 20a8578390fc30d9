// The folder that a live drill plays in. It is deleted with this, unless --keep named it.
#pragma once

#include <filesystem>
#include <string>

namespace tocsin::cli {

class DrillFolder {
 public:
  // `kept`: what --keep said; empty: a temporary folder.
  explicit DrillFolder(const std::string& kept);
  ~DrillFolder();
  DrillFolder(const DrillFolder&) = delete;
  DrillFolder& operator=(const DrillFolder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  bool keep_;
  std::filesystem::path path_;
};

}  // namespace tocsin::cli
