#include "journal/remembered_head.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string>

#include "base/fault.h"
#include "base/file.h"

namespace tocsin::journal {

namespace {

constexpr std::size_t kDigits = 20;
constexpr std::size_t kLine = kDigits + 1 + 64 + 1;
constexpr std::size_t kMostRead = 4096;

std::string line_of(const Head& head) {
  const std::string number = std::to_string(head.number);
  return std::string(kDigits - number.size(), '0') + number + ' ' + base::to_hex(head.hash) + '\n';
}

std::optional<Head> head_in(std::string_view line) {
  if (line.size() != kLine || line[kDigits] != ' ' || line.back() != '\n') return std::nullopt;
  Head head;
  const auto [end, error] = std::from_chars(line.data(), line.data() + kDigits, head.number);
  const auto hash = base::from_hex(line.substr(kDigits + 1, 64));
  if (error != std::errc{} || end != line.data() + kDigits || !hash) return std::nullopt;
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return head;
}

}  // namespace

RememberedHead::RememberedHead(const std::filesystem::path& journal)
    : path_(journal.string() + ".head") {}

RememberedHead::~RememberedHead() {
  if (file_ >= 0) ::close(file_);
}

std::optional<Head> RememberedHead::read() const {
  struct stat there {};
  if (::stat(path_.c_str(), &there) != 0 && errno == ENOENT) return std::nullopt;
  // Another user's: whoever may read that journal and not this file cannot append to it either.
  const bool is_ours = there.st_uid == ::geteuid();
  if (!is_ours && ::access(path_.c_str(), R_OK) != 0 && errno == EACCES) return std::nullopt;
  const std::string line = base::read_file(path_, kMostRead);
  const auto head = head_in(line);
  if (!head)
    throw base::Fault(
        base::Exit::untrusted,
        fmt::format("{} does not hold the head of a journal", path_.string()),
        fmt::format("it shows whether events were cut from the journal's end: take it "
                    "from a backup; if you know why it was changed, remove {}",
                    path_.string()));
  return head;
}

void RememberedHead::write(const Head& head) noexcept {
  const std::string line = line_of(head);
  if (file_ < 0) file_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (file_ >= 0) {
    // A write that fails leaves an older head, which is still true; there is nothing else to do.
    [[maybe_unused]] const ssize_t written = ::pwrite(file_, line.data(), line.size(), 0);
    return;
  }
  try {
    base::write_file(path_, base::bytes_of(line), base::Access::owner_only);
  } catch (const base::Fault&) {  // as above: there is none yet
  }
}

}  // namespace tocsin::journal
