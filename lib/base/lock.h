// A lock between the processes of one machine, held on a file. The system lets go of it when the
// process ends, however it ends: so it tells a holder that died from one that is only slow.
#pragma once

#include <filesystem>
#include <optional>

namespace tocsin::base {

class FileLock {
 public:
  // nullopt when another process holds it. Makes the file; faults when it cannot.
  static std::optional<FileLock> try_take(const std::filesystem::path& path);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int fd) noexcept : fd_(fd) {}
  int fd_;
};

}  // namespace tocsin::base
