#include "input/drill_folder.h"

#include <cstdlib>
#include <system_error>

#include "base/fault.h"

namespace tocsin::cli {

DrillFolder::DrillFolder(const std::string& kept) : keep_(!kept.empty()) {
  if (keep_) {
    path_ = kept;
    std::filesystem::create_directories(path_);
    return;
  }
  std::string name = (std::filesystem::temp_directory_path() / "tocsin-drill-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw base::Fault(base::Exit::fault, "cannot make a folder for the drill",
                      "check TMPDIR, or name a folder with --keep");
  path_ = name;
}

DrillFolder::~DrillFolder() {
  if (keep_) return;
  std::error_code ignored;  // a temporary folder that stays must not fail a finished drill
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tocsin::cli
