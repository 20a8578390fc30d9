// The public keys of the people to whom we write by Threema. A key that the Gateway gave once is
// the only one that counts afterwards: a file of the home keeps a code of each, which names nobody
// (tocsin-home(5)). May be used by several threads.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "seal/key.h"

namespace tocsin::channel {

class ThreemaKeys {
 public:
  // `own` is the secret half of the Gateway ID, under which the codes are made. What of the file
  // cannot be read is a fault: whoever damages it would have every key taken for new.
  ThreemaKeys(std::filesystem::path file, const seal::OpeningKey& own);

  enum class Kept : std::uint8_t {
    yes,      // it is the one that was kept, or the first one
    changed,  // another was kept
  };
  // What the Gateway says now. Faults when a first one cannot be written.
  Kept keep(std::string_view id, const seal::SealingKey& key);
  // That of this process; nullopt when the Gateway was not asked yet.
  std::optional<seal::SealingKey> find(std::string_view id) const;
  // Whether a key was kept at any time, so that somebody wrote to them.
  bool is_kept(std::string_view id);

 private:
  void read();
  std::string code(std::string_view what, std::string_view id, base::ByteView key) const;

  std::filesystem::path file_;
  seal::SecretBytes<32> own_;
  mutable std::mutex mutex_;                 // of what follows
  std::map<std::string, std::string> kept_;  // the code of an ID, and that of its key
  std::map<std::string, seal::SealingKey, std::less<>> found_;
  std::size_t read_bytes_ = 0;  // of the file
};

}  // namespace tocsin::channel
