// A folder as a channel, for air gaps and scripts (tocsin-channel(5)): messages go out as files in
// out/, whoever carries one away moves it to taken/, and what is brought lies in in/. A file is
// there whole or not at all. A file that is not a message goes to rejected/ and is never read
// again. SpoolChannel is the coordinator's side, SpoolBox the side of one device.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "channel/channel.h"
#include "channel/mailbox.h"
#include "channel/parts.h"

namespace tocsin::channel {

struct SpoolFile {
  std::string address;  // of letters, digits, "-" and "_"
  seal::MessageId id;
  base::Instant expires;
  base::Bytes content;
};
inline constexpr std::size_t kMostSpoolBytes = 64 * 1024;
base::Bytes encode(const SpoolFile& file);
std::optional<SpoolFile> decode_spool_file(base::ByteView bytes);

class SpoolChannel final : public Carrier<Class::sealed> {
 public:
  static constexpr std::string_view kName = "spool";
  static std::unique_ptr<SpoolChannel> make(const contact::Settings& settings, const Parts& parts);

  // Makes the folders; faults when it cannot. Of in/ it takes what is addressed to `answers`, and
  // leaves what another incident waits for.
  SpoolChannel(std::filesystem::path folder, const seal::KeyId& answers);

  std::string_view name() const noexcept override { return kName; }
  std::vector<Delivery> send(std::span<const SealedMessage> batch) override;
  // Looks every 100 ms while it waits.
  Collected collect(base::Milliseconds patience) override;
  // Deletes what was collected, in in/ and in taken/.
  void acknowledge(std::uint64_t cursor) override;

  std::size_t rejected() const noexcept { return rejected_; }

 private:
  Delivery put(const SealedMessage& message);
  void look(Collected& collected);
  void set_aside(const std::filesystem::path& path);

  std::filesystem::path folder_;
  std::string answers_;
  std::map<std::filesystem::path, std::uint64_t> collected_;  // with the cursor that covers each
  std::uint64_t cursor_ = 0;
  std::size_t rejected_ = 0;
};

// Reads what lies for one mailbox, whose files bear its name, and looks at no others.
class SpoolBox {
 public:
  // Faults when there is no spool in the folder: it makes none.
  SpoolBox(std::filesystem::path folder, const seal::KeyId& mailbox);

  // As Mailbox has them. What was acknowledged is moved to taken/; false when it could not be.
  Mailbox::Page poll(std::chrono::seconds wait);
  bool acknowledge(std::uint64_t cursor);
  std::vector<Delivery> send(std::span<const SealedMessage> messages);

  std::size_t rejected() const noexcept { return rejected_; }

 private:
  void look(Mailbox::Page& page);

  std::filesystem::path folder_;
  std::string mailbox_;
  std::vector<std::filesystem::path> found_;  // of the last page: cursor 1 is the first
  std::size_t rejected_ = 0;
};

}  // namespace tocsin::channel
