#include "base/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "base/fault.h"

namespace tocsin::base {

namespace {

[[noreturn]] void cannot_lock(const std::filesystem::path& path, int error) {
  throw Fault(Exit::fault, fmt::format("cannot lock {}: {}", path.string(),
                                       std::generic_category().message(error)));
}

int open_for_lock(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) cannot_lock(path, errno);
  return fd;
}

// False when another file has been put in its place.
bool is_named(int fd, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(fd, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

std::optional<FileLock> FileLock::try_take(const std::filesystem::path& path) {
  for (;;) {
    FileLock lock{open_for_lock(path)};
    if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return std::nullopt;
      cannot_lock(path, errno);
    }
    if (is_named(lock.fd_, path)) return lock;
  }
}

std::optional<FileLock> FileLock::replace(const std::filesystem::path& path) {
  const auto beside = std::filesystem::path{path} += ".new";
  auto lock = try_take(beside);
  if (lock && ::rename(beside.c_str(), path.c_str()) != 0) cannot_lock(path, errno);
  return lock;
}

bool FileLock::is_held(const std::filesystem::path& path) {
  const FileLock lock{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (lock.fd_ < 0) return errno != ENOENT;
  return ::flock(lock.fd_, LOCK_SH | LOCK_NB) != 0;
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

}  // namespace tocsin::base
