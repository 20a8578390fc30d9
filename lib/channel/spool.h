// A folder as a channel, for air gaps and scripts (tocsin-channel(5)): messages go out as files in
// out/, whoever carries one away moves it to taken/, and what is brought lies in in/. A file is
// there whole or not at all. A file that is not a message goes to rejected/ and is never read
// again.
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "channel/channel.h"

namespace tocsin::channel {

struct SpoolFile {
  std::string address;
  seal::MessageId id;
  base::Instant expires;
  base::Bytes content;
};
inline constexpr std::size_t kMostSpoolBytes = 64 * 1024;
base::Bytes encode(const SpoolFile& file);
std::optional<SpoolFile> decode_spool_file(base::ByteView bytes);

class SpoolChannel final : public Channel {
 public:
  // Makes the folders; faults when it cannot.
  explicit SpoolChannel(std::filesystem::path folder);

  std::string_view name() const noexcept override { return "spool"; }
  Class channel_class() const noexcept override { return Class::sealed; }
  std::vector<Delivery> send(std::span<const Outgoing> batch) override;
  // Looks every 100 ms while it waits.
  Collected collect(base::Milliseconds patience) override;
  // Deletes what was collected, in in/ and in taken/.
  void acknowledge(std::uint64_t cursor) override;

  std::size_t rejected() const noexcept { return rejected_; }

 private:
  Delivery put(const Outgoing& message);
  void look(Collected& collected);

  std::filesystem::path folder_;
  std::map<std::filesystem::path, std::uint64_t> collected_;  // with the cursor that covers each
  std::uint64_t cursor_ = 0;
  std::size_t rejected_ = 0;
};

}  // namespace tocsin::channel
