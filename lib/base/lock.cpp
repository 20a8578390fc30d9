#include "base/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/fault.h"

namespace tocsin::base {

std::optional<FileLock> FileLock::try_take(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    throw Fault(Exit::fault, fmt::format("cannot lock {}: {}", path.string(),
                                         std::generic_category().message(errno)));
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return FileLock{fd};
  const int error = errno;
  ::close(fd);
  if (error == EWOULDBLOCK) return std::nullopt;
  throw Fault(Exit::fault, fmt::format("cannot lock {}: {}", path.string(),
                                       std::generic_category().message(error)));
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
