// A lock on a file, between the processes of one machine. The system releases it when the process
// ends, even by a crash. So a lock that is held means that its holder is alive, however slow.
#pragma once

#include <filesystem>
#include <optional>

namespace tocsin::base {

class FileLock {
 public:
  // nullopt when another process holds the lock. Creates the file; faults when it cannot.
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
