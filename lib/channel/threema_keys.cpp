#include "channel/threema_keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "seal/provider_mac.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostKeyFileBytes = std::size_t{64} << 20;
constexpr std::size_t kCode = 64;
constexpr std::size_t kLine = kCode + 1 + kCode;

}  // namespace

ThreemaKeys::ThreemaKeys(std::filesystem::path file, const seal::OpeningKey& own)
    : file_(std::move(file)), own_(own.secret().copy()) {
  read();
}

// A line that was cut off is the last one, of a process that was killed.
void ThreemaKeys::read() {
  if (!std::filesystem::exists(file_)) return;
  const std::string text = base::read_file(file_, kMostKeyFileBytes);
  if (text.size() == read_bytes_) return;
  read_bytes_ = text.size();
  for (const std::string_view line : base::split(text, '\n'))
    if (line.size() == kLine)
      kept_.try_emplace(std::string{line.substr(0, kCode)}, line.substr(kCode + 1));
}

std::string ThreemaKeys::code(std::string_view what, std::string_view id,
                              base::ByteView key) const {
  base::ByteWriter text;
  text.text(what);
  text.text(id);
  text.raw(key);
  return base::to_hex(seal::hmac_sha256(own_.view(), text.bytes()));
}

ThreemaKeys::Kept ThreemaKeys::keep(std::string_view id, const seal::SealingKey& key) {
  const std::lock_guard lock{mutex_};
  const std::string of_id = code("tocsin/threema/id", id, {});
  const std::string of_key = code("tocsin/threema/key", id, key.bytes);
  auto found = kept_.find(of_id);
  if (found == kept_.end()) {
    read();  // another process may have asked
    found = kept_.find(of_id);
  }
  if (found != kept_.end() && found->second != of_key) return Kept::changed;
  found_.insert_or_assign(std::string{id}, key);
  if (found != kept_.end()) return Kept::yes;
  // A line feed first ends one that was cut off.
  const std::string line = fmt::format("\n{} {}\n", of_id, of_key);
  const int fd =
      ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  const bool is_written =
      fd >= 0 && ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (fd >= 0) ::close(fd);
  if (!is_written)
    throw base::Fault(base::Exit::fault, fmt::format("cannot write {}", file_.string()),
                      "it keeps the keys of the people at Threema: make room on the disk");
  read_bytes_ += line.size();
  kept_.emplace(of_id, of_key);
  return Kept::yes;
}

std::optional<seal::SealingKey> ThreemaKeys::find(std::string_view id) const {
  const std::lock_guard lock{mutex_};
  const auto found = found_.find(id);
  return found == found_.end() ? std::nullopt : std::optional{found->second};
}

bool ThreemaKeys::is_kept(std::string_view id) {
  const std::lock_guard lock{mutex_};
  const std::string of_id = code("tocsin/threema/id", id, {});
  if (!kept_.contains(of_id)) read();
  return kept_.contains(of_id);
}

}  // namespace tocsin::channel
