// The file beside a journal that says how far it had come (tocsin-journal(5), THE END OF THE
// JOURNAL): it finds a tail that was cut or an old copy that was put back. Written after each
// append, never ahead of the journal, not signed.
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
  // nullopt when there is none, or not one that can be read: it is a hint, not the record.
  std::optional<Head> read() const;
  // Best effort, not synced: what it would find if it were lost is found by the heads in reports.
  void write(const Head& head) noexcept;

 private:
  std::filesystem::path path_;
  int file_ = -1;  // opened by the first write
};

}  // namespace tocsin::journal
