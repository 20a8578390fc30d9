// A file beside a journal that holds the journal's last head (tocsin-journal(5), THE END OF THE
// JOURNAL). It reveals that events were cut from the end, or that an old copy was put back. It is
// written after each append, so it is never ahead of the journal. It is not signed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "seal/at_rest.h"

namespace tocsin::journal {

struct Head {
  std::uint64_t number = 0;
  seal::Hash hash{};
  friend bool operator==(const Head&, const Head&) = default;
};

class RememberedHead {
 public:
  explicit RememberedHead(const std::filesystem::path& journal);
  ~RememberedHead();
  RememberedHead(const RememberedHead&) = delete;
  RememberedHead& operator=(const RememberedHead&) = delete;

  const std::filesystem::path& path() const noexcept { return path_; }
  // nullopt when there is none, or it is another user's who lets nobody read it. Faults when there
  // is one that cannot be read (fault) or holds no head (untrusted): it must not be possible to
  // switch the check off by a stray byte.
  std::optional<Head> read() const;
  // The first one is made whole; after that a line takes the place of a line. Later ones are not
  // synced, and a failure is ignored: the heads that printed reports quote serve the same check.
  void write(const Head& head) noexcept;

 private:
  std::filesystem::path path_;
  int file_ = -1;  // opened by the first write
};

}  // namespace tocsin::journal
