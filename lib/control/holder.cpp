#include "control/holder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/text.h"

namespace tocsin::control {

namespace {

constexpr std::uint8_t kVersion = 1;
// The years that a time of day can be written for.
constexpr base::Instant kLatest{std::chrono::seconds{253'402'300'799}};

bool is_plausible(base::Instant at) { return at >= base::Instant{} && at <= kLatest; }

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string{name.data()}
                                                          : std::string{};
}

std::string terminal_name() {
  for (const int stream : {STDERR_FILENO, STDOUT_FILENO, STDIN_FILENO}) {
    std::array<char, 256> name{};
    if (::ttyname_r(stream, name.data(), name.size()) != 0) continue;
    const std::string path{name.data()};
    return path.starts_with("/dev/") ? path.substr(5) : path;
  }
  return {};
}

}  // namespace

Holder this_process(std::string name) {
  return {std::move(name),
          host_name(),
          terminal_name(),
          static_cast<std::uint64_t>(::getpid()),
          {},
          {}};
}

base::Bytes encode(const Holder& holder) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.text(holder.name);
  out.text(holder.host);
  out.text(holder.terminal);
  out.u64(holder.process);
  out.i64(holder.since.time_since_epoch().count());
  out.i64(holder.heard_at.time_since_epoch().count());
  return out.take();
}

std::optional<Holder> decode_holder(base::ByteView bytes) {
  base::ByteReader in{bytes};
  const bool is_known = in.u8() == kVersion;
  Holder holder;
  holder.name = in.text();
  holder.host = in.text();
  holder.terminal = in.text();
  holder.process = in.u64();
  holder.since = base::Instant{base::Milliseconds{in.i64()}};
  holder.heard_at = base::Instant{base::Milliseconds{in.i64()}};
  if (!is_known || !in.done()) return std::nullopt;
  if (!is_plausible(holder.since) || !is_plausible(holder.heard_at)) return std::nullopt;
  return holder;
}

std::string place_of(const Holder& holder) {
  std::string place = holder.host;
  if (!holder.terminal.empty()) place += (place.empty() ? "" : ", ") + holder.terminal;
  if (holder.process != 0)
    place += fmt::format("{}process {}", place.empty() ? "" : ", ", holder.process);
  return base::printable(place);
}

std::string words_of(const Holder& holder) {
  const std::string place = place_of(holder);
  const std::string name =
      holder.name.empty() ? std::string{"another process"} : base::printable(holder.name);
  return place.empty() ? name : fmt::format("{} ({})", name, place);
}

}  // namespace tocsin::control
