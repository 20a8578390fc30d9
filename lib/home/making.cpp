#include "home/making.h"

#include <fmt/format.h>

#include <vector>

#include "base/fault.h"
#include "base/file.h"
#include "home/folder.h"

namespace tocsin::home {

namespace {

namespace fs = std::filesystem;
using base::Exit;
using base::Fault;

constexpr std::string_view kExtension = ".new";

fs::path folder_for(const fs::path& into, std::string_view name) {
  return into / fmt::format(".{}{}", name, kExtension);
}

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw Fault(Exit::fault, fmt::format("cannot make {}: {}", path.string(), error.message()),
              "check the disk, who owns the folder, and its permissions");
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error))
    found.push_back(at->path());
  if (error) fail(folder, error);
  return found;
}

void discard(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) fail(path, error);
}

void move_out(const fs::path& from, const fs::path& into, const std::string& mark) {
  const auto move = [&](const fs::path& file) {
    std::error_code error;
    fs::rename(file, into / file.filename(), error);
    if (error) fail(into / file.filename(), error);
  };
  for (const fs::path& file : entries_of(from))
    if (file.filename() != mark) move(file);
  base::sync_folder(into);
  move(from / mark);
  base::sync_folder(into);
  discard(from);
}

}  // namespace

Making::Making(fs::path into, std::string_view name, std::string mark)
    : into_(std::move(into)), folder_(folder_for(into_, name)), mark_(std::move(mark)) {
  discard(folder_);
  make_private(folder_);
}

Making::~Making() {
  if (is_moving_) return;
  std::error_code ignored;  // the next one under this name removes it
  fs::remove_all(folder_, ignored);
}

void Making::finish() {
  is_moving_ = true;
  move_out(folder_, into_, mark_);
}

bool Making::finish_killed(const fs::path& into, std::string_view name, const std::string& mark) {
  const fs::path folder = folder_for(into, name);
  if (!is_there(folder)) return false;
  const bool is_whole = is_there(folder / mark);
  if (is_whole)
    move_out(folder, into, mark);
  else
    discard(folder);
  return is_whole;
}

void Making::discard_killed(const fs::path& into, std::string_view mark_extension) {
  for (const fs::path& folder : entries_of(into)) {
    const std::string file = folder.filename().string();
    std::error_code error;
    if (!file.starts_with('.') || folder.extension() != kExtension ||
        !fs::is_directory(folder, error))
      continue;
    const std::string name = file.substr(1, file.size() - 1 - kExtension.size());
    const fs::path mark = into / fmt::format("{}{}", name, mark_extension);
    if (!is_there(mark))
      for (const fs::path& moved : entries_of(into))
        if (moved.filename().string().starts_with(name + ".")) discard(moved);
    discard(folder);
  }
}

}  // namespace tocsin::home
