#include "channel/sent_names.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostFileBytes = std::size_t{4} << 20;
// A longer one loses its older half when a process begins.
constexpr std::size_t kLongFileBytes = std::size_t{1} << 20;
constexpr std::size_t kMostEarly = 1'000;

}  // namespace

SentNames::SentNames(std::filesystem::path file) : file_(std::move(file)) {
  const std::string text = read();
  if (text.size() <= kLongFileBytes) return;
  const std::string_view newer =
      std::string_view{text}.substr(text.find('\n', text.size() / 2) + 1);
  try {
    base::write_file(file_, base::bytes_of(newer), base::Access::owner_only);
    read_bytes_ = newer.size();
  } catch (const base::Fault&) {  // it stays long
  }
}

std::string SentNames::read() {
  std::string text;
  try {
    text = base::read_file(file_, kMostFileBytes);
  } catch (const base::Fault&) {
    return {};
  }
  if (text.size() == read_bytes_) return text;
  read_bytes_ = text.size();
  for (const std::string_view line : base::split(text, '\n')) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank == 0) continue;
    if (const auto id = seal::message_id_from_text(line.substr(blank + 1)))
      known_.try_emplace(std::string{line.substr(0, blank)}, Sent{*id, {}, true});
  }
  return text;
}

// A line is written at once, so that several processes may append.
void SentNames::append(std::string_view name, const seal::MessageId& id) {
  const int fd =
      ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return;
  const std::string line = fmt::format("{} {}\n", name, seal::to_text(id));
  if (::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()))
    read_bytes_ += line.size();
  ::close(fd);
}

std::vector<Delivery> SentNames::record(std::string_view name, Sent sent) {
  const std::lock_guard lock{mutex_};
  if (sent.asks) append(name, sent.id);
  std::vector<Delivery> said;
  for (const Early& early : early_)
    if (early.name == name && early.from == sent.to)
      said.push_back({sent.id, early.receipt, {}, {}});
  std::erase_if(early_, [&](const Early& early) { return early.name == name; });
  known_.insert_or_assign(std::string{name}, std::move(sent));
  return said;
}

std::optional<seal::MessageId> SentNames::asked(std::string_view name) {
  const std::lock_guard lock{mutex_};
  auto found = known_.find(name);
  if (found == known_.end()) {
    read();  // another process may have sent it
    found = known_.find(name);
  }
  if (found == known_.end() || !found->second.asks) return std::nullopt;
  return found->second.id;
}

std::optional<Delivery> SentNames::receipt(std::string_view name, std::string_view from,
                                           Receipt receipt) {
  const std::lock_guard lock{mutex_};
  const auto found = known_.find(name);
  if (found == known_.end()) {
    if (early_.size() >= kMostEarly) early_.erase(early_.begin());
    early_.push_back({std::string{name}, std::string{from}, receipt});
    return std::nullopt;
  }
  if (from.empty() || found->second.to != from) return std::nullopt;
  return Delivery{found->second.id, receipt, {}, {}};
}

}  // namespace tocsin::channel
