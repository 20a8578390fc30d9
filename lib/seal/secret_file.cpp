#include "seal/secret_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/fault.h"
#include "base/text.h"
#include "seal/secret.h"

namespace tocsin::seal {

namespace {

using base::Exit;
using base::Fault;

[[noreturn]] void refuse_secret(const std::filesystem::path& path, std::string_view why,
                                const std::string& hint) {
  throw Fault(Exit::fault, fmt::format("cannot use the secret in {}: {}", path.string(), why),
              hint);
}

// What was read, wiped as soon as the secret is taken out of it.
struct SecretPage {
  std::array<char, kMostSecretBytes + 1> bytes{};
  std::size_t size = 0;

  SecretPage() = default;
  ~SecretPage() { wipe({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()}); }
  SecretPage(const SecretPage&) = delete;
  SecretPage& operator=(const SecretPage&) = delete;
};

class OpenSecret {
 public:
  // Does not wait for a writer when it is a fifo.
  explicit OpenSecret(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ >= 0) return;
    refuse_secret(path, std::generic_category().message(errno),
                  errno == ENOENT ? "put the key there, and then: chmod 600 " + path.string()
                                  : "check who owns it and its permissions");
  }
  ~OpenSecret() { ::close(fd_); }
  OpenSecret(const OpenSecret&) = delete;
  OpenSecret& operator=(const OpenSecret&) = delete;
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

void check_owner(int fd, const std::filesystem::path& path) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) refuse_secret(path, std::generic_category().message(errno), "");
  if (!S_ISREG(info.st_mode)) refuse_secret(path, "it is no file", "name a file with the key");
  if (info.st_uid != ::geteuid())
    refuse_secret(path, "it belongs to another user", "make it a file of the user who runs tocsin");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    refuse_secret(path, "others can read it", "chmod 600 " + path.string());
}

void fill_page(SecretPage& page, int fd, const std::filesystem::path& path) {
  while (page.size < page.bytes.size()) {
    const ssize_t got = ::read(fd, page.bytes.data() + page.size, page.bytes.size() - page.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse_secret(path, std::generic_category().message(errno), "");
    if (got == 0) return;
    page.size += static_cast<std::size_t>(got);
  }
  refuse_secret(path, fmt::format("it is larger than {} bytes", kMostSecretBytes),
                "check that it is the file you meant");
}

}  // namespace

SecretText::~SecretText() {
  if (!bytes_.empty()) wipe(bytes_);  // moved away
}

SecretText read_secret_file(const std::filesystem::path& path, SecretLines lines) {
  SecretPage page;
  {
    const OpenSecret file{path};
    check_owner(file.get(), path);
    fill_page(page, file.get(), path);
  }
  const bool is_one = lines == SecretLines::one;
  const std::string_view text = base::trim({page.bytes.data(), page.size});
  const bool is_printed = std::all_of(text.begin(), text.end(), [is_one](char c) {
    const bool ends_line = c == '\n' || c == '\r';
    return ends_line ? !is_one : static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  });
  if (text.empty())
    refuse_secret(path, "it is empty",
                  is_one ? "it holds the key alone, on one line" : "it holds the key alone");
  if (!is_printed)
    refuse_secret(path, is_one ? "it is more than one line of text" : "it is no text",
                  is_one ? "it holds the key alone, on one line" : "it holds the key alone");
  return SecretText{text};
}

}  // namespace tocsin::seal
