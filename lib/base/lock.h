// A lock on a file, between the processes of one machine. The system releases it when the process
// ends, even by a crash. So a lock that is held means that its holder has not ended, however slow
// it is, or if it hangs.
#pragma once

#include <filesystem>
#include <optional>

namespace tocsin::base {

class FileLock {
 public:
  // nullopt when another process holds the lock. Creates the file; faults when it cannot.
  static std::optional<FileLock> try_take(const std::filesystem::path& path);
  // A lock in the place of one whose holder hangs, and which then guards nothing any more. The
  // caller must know that the holder may do nothing that the lock guards.
  static std::optional<FileLock> replace(const std::filesystem::path& path);
  // Whether a process holds it, without taking it; true when that cannot be told. Makes no file.
  static bool is_held(const std::filesystem::path& path);
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
