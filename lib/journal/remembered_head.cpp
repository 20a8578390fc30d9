#include "journal/remembered_head.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>
#include <string>

namespace tocsin::journal {

namespace {

constexpr std::size_t kDigits = 20;
constexpr std::size_t kLine = kDigits + 1 + 64 + 1;

}  // namespace

RememberedHead::RememberedHead(const std::filesystem::path& journal)
    : path_(journal.string() + ".head") {}

RememberedHead::~RememberedHead() {
  if (file_ >= 0) ::close(file_);
}

std::optional<Head> RememberedHead::read() const {
  std::array<char, kLine + 1> line{};
  std::ifstream file(path_, std::ios::binary);
  file.read(line.data(), line.size());
  if (file.gcount() != kLine || line[kDigits] != ' ' || line[kLine - 1] != '\n')
    return std::nullopt;
  Head head;
  const auto [end, error] = std::from_chars(line.data(), line.data() + kDigits, head.number);
  const auto hash = base::from_hex({line.data() + kDigits + 1, 64});
  if (error != std::errc{} || end != line.data() + kDigits || !hash) return std::nullopt;
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return head;
}

void RememberedHead::write(const Head& head) noexcept {
  if (file_ < 0) file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return;
  std::string number = std::to_string(head.number);
  const std::string line =
      std::string(kDigits - number.size(), '0') + number + ' ' + base::to_hex(head.hash) + '\n';
  // A write that fails leaves an older head, which is still true; there is nothing else to do.
  [[maybe_unused]] const ssize_t written = ::pwrite(file_, line.data(), line.size(), 0);
}

}  // namespace tocsin::journal
