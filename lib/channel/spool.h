// A folder as a channel, for places without a network and for scripts (tocsin-channel(5)). Outgoing
// messages are files in out/; the carrier moves them to taken/; incoming ones are in in/. A file
// that is not a message goes to rejected/ and is never read again. SpoolChannel is the
// coordinator's side, SpoolBox the side of one device.
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

  // Makes the folders; faults when it cannot. From in/ it takes the messages to `answers` and
  // leaves those to other incidents.
  SpoolChannel(std::filesystem::path folder, const seal::KeyId& answers);

  std::string_view name() const noexcept override { return kName; }
  std::vector<Delivery> send(std::span<const SealedMessage> batch) override;
  // Looks every 100 ms while it waits.
  Collected collect(base::Milliseconds patience) override;
  // Deletes the collected files in in/ and taken/.
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

// Reads the files of one mailbox, which have its name, and no others.
class SpoolBox {
 public:
  // Faults when the folder has no spool; it does not make one.
  SpoolBox(std::filesystem::path folder, const seal::KeyId& mailbox);

  // As in Mailbox. `acknowledge` moves files to taken/; false when it could not.
  Mailbox::Page poll(std::chrono::seconds wait);
  bool acknowledge(std::uint64_t cursor);
  std::vector<Delivery> send(std::span<const SealedMessage> messages);

  std::size_t rejected() const noexcept { return rejected_; }

 private:
  void look(Mailbox::Page& page);

  std::filesystem::path folder_;
  std::string mailbox_;
  std::vector<std::filesystem::path> found_;  // the files of the last page; the first is cursor 1
  std::size_t rejected_ = 0;
};

}  // namespace tocsin::channel
