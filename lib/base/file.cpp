#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "base/fault.h"

namespace tocsin::base {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_;
};

[[noreturn]] void fail(std::string_view verb, const std::filesystem::path& path, int error) {
  std::string hint;
  if (error == ENOSPC || error == EDQUOT) hint = "free some space on that disk and try again";
  if (error == EACCES || error == EPERM) hint = "check who owns it and its permissions";
  if (error == ENOENT) hint = "check the path";
  throw Fault(
      Exit::fault,
      fmt::format("cannot {} {}: {}", verb, path.string(), std::generic_category().message(error)),
      hint);
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t cap_bytes) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file) fail("read", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) fail("read", path, errno);
  if (S_ISDIR(info.st_mode))
    throw Fault(Exit::fault, fmt::format("cannot read {}: it is a directory", path.string()),
                "name a file inside it");
  std::string content;
  if (S_ISREG(info.st_mode))
    content.reserve(std::min(static_cast<std::size_t>(info.st_size), cap_bytes) + 1);
  char buffer[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
    if (content.size() > cap_bytes)
      throw Fault(
          Exit::fault,
          fmt::format("cannot read {}: it is larger than {} bytes", path.string(), cap_bytes),
          "check that it is the file you meant");
  }
}

namespace {

constexpr int kTries = 500;
constexpr std::chrono::milliseconds kBetweenTries{10};

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// Some file systems over a network have none. There two writers at a time must not be.
bool has_no_locks(int error) { return error == ENOSYS || error == EOPNOTSUPP || error == ENOLCK; }

// The new file beside `path`, locked for this process. Whoever had it may have renamed or removed
// it before letting go, so it counts only while its name is still its own.
Descriptor take_beside(const std::filesystem::path& path, const std::filesystem::path& beside,
                       mode_t mode) {
  for (int tries = 0; tries < kTries; ++tries) {
    Descriptor file{::open(beside.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)};
    // Another user's, or a link that leads elsewhere.
    const bool is_foreign = !file && (errno == EACCES || errno == ELOOP);
    if (is_foreign && ::unlink(beside.c_str()) == 0) continue;
    if (!file) fail("write", path, errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0 || has_no_locks(errno)) {
      struct stat ours {};
      struct stat named {};
      if (::fstat(file.get(), &ours) != 0) fail("write", path, errno);
      // Its owner could read what is written into it, or it is another file as well.
      if (ours.st_uid != ::geteuid() || ours.st_nlink > 1) {
        if (::unlink(beside.c_str()) != 0) fail("write", path, errno);
        continue;
      }
      if (::stat(beside.c_str(), &named) != 0 || !is_same(ours, named)) continue;
      if (::ftruncate(file.get(), 0) != 0) fail("write", path, errno);
      return file;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) fail("write", path, errno);
    std::this_thread::sleep_for(kBetweenTries);
  }
  throw Fault(Exit::fault, fmt::format("another process writes {}", path.string()),
              "try again when it has ended");
}

}  // namespace

void write_file(const std::filesystem::path& path, ByteView content, Access access) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const std::filesystem::path beside = folder / fmt::format(".{}.new", path.filename().string());
  {
    const Descriptor file = take_beside(path, beside, access == Access::owner_only ? 0600 : 0644);
    const auto give_up = [&] {
      const int error = errno;
      ::unlink(beside.c_str());
      fail("write", path, error);
    };
    for (std::size_t at = 0; at < content.size();) {
      const ssize_t put = ::write(file.get(), content.data() + at, content.size() - at);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) give_up();
      at += static_cast<std::size_t>(put);
    }
    if (::fsync(file.get()) != 0) give_up();
    if (::rename(beside.c_str(), path.c_str()) != 0) give_up();
  }
  sync_folder(folder);
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!directory || ::fsync(directory.get()) != 0) fail("write", folder, errno);
}

}  // namespace tocsin::base
