#include "channel/spool.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <thread>

#include "base/clock.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"

namespace tocsin::channel {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "tocsin-spool/1";
constexpr std::string_view kSuffix = ".msg";
constexpr base::Milliseconds kBetweenLooks{100};
// A limit on memory and time for a folder full of files; the others are read the next time.
constexpr std::size_t kMostFilesAtOnce = 4'096;
constexpr std::size_t kLongestLine = 300;

// An address becomes part of a file name, so only safe characters are accepted.
bool is_spool_address(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

// The messages to all devices of a person have the same id, so the name has the address, too.
std::string name_of(const seal::MessageId& id, std::string_view address) {
  return fmt::format("{}.{}{}", to_text(id), address, kSuffix);
}

// Takes the line "name: value" off the front of `left` and returns the value.
std::optional<std::string_view> take_line(std::string_view& left, std::string_view name) {
  const std::size_t end = left.find('\n');
  if (end > kLongestLine) return std::nullopt;  // or there is none
  std::string_view line = left.substr(0, end);
  left.remove_prefix(end + 1);
  if (name.empty()) return line;
  if (!line.starts_with(name) || !line.substr(name.size()).starts_with(": ")) return std::nullopt;
  return line.substr(name.size() + 2);
}

// The files whose names end with `suffix`.
std::vector<fs::path> messages_in(const fs::path& folder, std::string_view suffix = kSuffix) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.ends_with(suffix) || name.starts_with('.')) continue;
    found.push_back(at->path());
    if (found.size() == kMostFilesAtOnce) break;
  }
  if (error)
    throw base::Fault(base::Exit::fault,
                      fmt::format("cannot read {}: {}", folder.string(), error.message()));
  std::sort(found.begin(), found.end());
  return found;
}

// A link, a fifo or a folder is not a message, even with the right name.
std::optional<SpoolFile> read_spool_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error)) || error) return std::nullopt;
  try {
    return decode_spool_file(base::bytes_of(base::read_file(path, kMostSpoolBytes)));
  } catch (const base::Fault&) {  // too large, unreadable, or gone since: not a message now
    return std::nullopt;
  }
}

bool move_to(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  fs::rename(path, folder / path.filename(), error);
  return !error;
}

// Writes the whole file or nothing. A file that is there already is the same message.
Delivery put_into(const fs::path& folder, const SealedMessage& message) {
  const auto failed = [&](Receipt receipt, const char* why) {
    return Delivery{message.id, receipt, why, {}};
  };
  if (!is_spool_address(message.address) || message.content.envelope.empty())
    return failed(Receipt::failed_for_good, "the spool takes no such message");
  const base::Bytes bytes =
      encode(SpoolFile{message.address, message.id, message.expires, message.content.envelope});
  if (bytes.size() > kMostSpoolBytes)
    return failed(Receipt::failed_for_good, "the spool takes no such message");
  const fs::path path = folder / name_of(message.id, message.address);
  std::error_code ignored;
  if (fs::exists(path, ignored)) return {message.id, Receipt::queued, {}, {}};
  try {
    base::write_file(path, bytes, base::Access::owner_only);
  } catch (const base::Fault&) {
    return failed(Receipt::failed_for_now, "the spool folder cannot be written");
  }
  return {message.id, Receipt::queued, {}, {}};
}

}  // namespace

base::Bytes encode(const SpoolFile& file) {
  const std::string head =
      fmt::format("{}\nto: {}\nid: {}\nexpires: {}\nsize: {}\n\n", kMagic, file.address,
                  to_text(file.id), base::to_rfc3339(file.expires), file.content.size());
  base::Bytes out{head.begin(), head.end()};
  out.insert(out.end(), file.content.begin(), file.content.end());
  return out;
}

std::optional<SpoolFile> decode_spool_file(base::ByteView bytes) {
  if (bytes.size() > kMostSpoolBytes) return std::nullopt;
  std::string_view left = base::text_of(bytes);
  if (take_line(left, "") != kMagic) return std::nullopt;
  const auto address = take_line(left, "to");
  const auto id_text = take_line(left, "id");
  const auto expires_text = take_line(left, "expires");
  const auto size_text = take_line(left, "size");
  const auto blank = take_line(left, "");
  if (!address || !id_text || !expires_text || !size_text || !blank || !blank->empty())
    return std::nullopt;
  const auto id = seal::message_id_from_text(*id_text);
  const auto expires = base::from_rfc3339(*expires_text);
  const auto size = base::parse_count(*size_text, static_cast<std::int64_t>(kMostSpoolBytes));
  if (!is_spool_address(*address) || !id || !expires || !size || left.empty() ||
      static_cast<std::size_t>(*size) != left.size())
    return std::nullopt;
  const base::ByteView content = base::bytes_of(left);
  return SpoolFile{std::string{*address}, *id, *expires, {content.begin(), content.end()}};
}

std::unique_ptr<SpoolChannel> SpoolChannel::make(const contact::Settings& settings,
                                                 const Parts& parts) {
  return std::make_unique<SpoolChannel>(parts.home / settings.at("folder"),
                                        parts.incident.public_identity().id());
}

SpoolChannel::SpoolChannel(fs::path folder, const seal::KeyId& answers)
    : folder_(std::move(folder)), answers_(to_text(answers)) {
  for (const char* name : {"out", "taken", "in", "rejected"}) {
    std::error_code error;
    fs::create_directories(folder_ / name, error);
    if (error)
      throw base::Fault(base::Exit::fault, fmt::format("cannot make the folder {}: {}",
                                                       (folder_ / name).string(), error.message()));
  }
}

std::vector<Delivery> SpoolChannel::send(std::span<const SealedMessage> batch) {
  std::vector<Delivery> deliveries;
  deliveries.reserve(batch.size());
  for (const SealedMessage& message : batch) deliveries.push_back(put(message));
  return deliveries;
}

Delivery SpoolChannel::put(const SealedMessage& message) {
  std::error_code ignored;
  if (is_spool_address(message.address) &&
      fs::exists(folder_ / "taken" / name_of(message.id, message.address), ignored))
    return {message.id, Receipt::sent, {}, {}};
  return put_into(folder_ / "out", message);
}

Collected SpoolChannel::collect(base::Milliseconds patience) {
  Collected collected;
  look(collected);
  for (; patience.count() > 0 && collected.messages.empty() && collected.deliveries.empty();
       patience -= kBetweenLooks) {
    std::this_thread::sleep_for(std::min(patience, kBetweenLooks));
    look(collected);
  }
  return collected;
}

void SpoolChannel::look(Collected& collected) {
  ++cursor_;
  for (const char* name : {"taken", "in"}) {
    const bool brought = std::string_view{name} == "in";
    for (const fs::path& path : messages_in(folder_ / name)) {
      auto file = read_spool_file(path);
      if (!file) {
        set_aside(path);
        continue;
      }
      if (brought && file->address != answers_) continue;
      collected_[path] = cursor_;
      if (brought)
        collected.messages.push_back({std::move(file->content)});
      else
        collected.deliveries.push_back({file->id, Receipt::sent, {}, {}});
    }
  }
  collected.cursor = cursor_;
}

// A file that cannot be moved is read and rejected again the next time.
void SpoolChannel::set_aside(const fs::path& path) {
  move_to(path, folder_ / "rejected");
  ++rejected_;
}

void SpoolChannel::acknowledge(std::uint64_t cursor) {
  for (auto at = collected_.begin(); at != collected_.end();) {
    if (at->second > cursor) {
      ++at;
      continue;
    }
    std::error_code ignored;  // a file that stays is collected again
    fs::remove(at->first, ignored);
    at = collected_.erase(at);
  }
}

SpoolBox::SpoolBox(fs::path folder, const seal::KeyId& mailbox)
    : folder_(std::move(folder)), mailbox_(to_text(mailbox)) {
  for (const char* name : {"out", "in"}) {
    std::error_code error;
    if (!fs::is_directory(folder_ / name, error))
      throw base::Fault(base::Exit::fault, fmt::format("there is no spool in {}", folder_.string()),
                        "a spool folder has \"out\" and \"in\" in it: tocsin-channel(5)");
  }
  for (const char* name : {"taken", "rejected"}) {
    std::error_code ignored;  // a failure is noticed when a file cannot be moved there
    fs::create_directory(folder_ / name, ignored);
  }
}

Mailbox::Page SpoolBox::poll(std::chrono::seconds wait) {
  Mailbox::Page page;
  const base::Stopwatch watch;
  for (;;) {
    look(page);
    const base::Milliseconds left =
        wait - std::chrono::milliseconds{static_cast<std::int64_t>(watch.seconds() * 1'000)};
    if (!page.items.empty() || left.count() <= 0) return page;
    std::this_thread::sleep_for(std::min(left, kBetweenLooks));
  }
}

void SpoolBox::look(Mailbox::Page& page) {
  found_.clear();
  for (const fs::path& path :
       messages_in(folder_ / "out", fmt::format(".{}{}", mailbox_, kSuffix))) {
    auto file = read_spool_file(path);
    if (!file || file->address != mailbox_) {
      move_to(path, folder_ / "rejected");
      ++rejected_;
      continue;
    }
    found_.push_back(path);
    page.items.push_back({found_.size(), wire::ItemKind::message, file->id, file->expires,
                          std::move(file->content)});
  }
}

bool SpoolBox::acknowledge(std::uint64_t cursor) {
  bool all = true;
  for (std::size_t i = 0; i < found_.size() && i < cursor; ++i)
    all = move_to(found_[i], folder_ / "taken") && all;
  return all;
}

std::vector<Delivery> SpoolBox::send(std::span<const SealedMessage> messages) {
  std::vector<Delivery> deliveries;
  for (const SealedMessage& message : messages)
    deliveries.push_back(put_into(folder_ / "in", message));
  return deliveries;
}

}  // namespace tocsin::channel
