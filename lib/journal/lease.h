// The lease in a journal's file (tocsin-journal(5), lease): who drives, under which fencing number,
// and a heartbeat that is counted. What the holder says of itself is sealed. Reads no clock.
#pragma once

#include "base/random.h"
#include "journal/chain.h"
#include "journal/database.h"
#include "journal/journal.h"

namespace tocsin::journal {

class SqliteLease final : public Lease {
 public:
  // All must outlive the lease.
  SqliteLease(Database& database, const seal::StoreKey& key, const JournalId& id,
              base::Random& random);

  Holding look() override;
  std::optional<Fence> take(const Holding& seen, base::ByteView holder) override;
  bool beat(base::ByteView holder) override;
  void give_back() override;

  // For whoever compares a fence inside a transaction of its own: the column in which the number
  // is, and the number in it; 0 when there is none.
  static constexpr std::string_view kOwner = "SELECT owner FROM lease WHERE name = 'drive'";
  static std::uint64_t number_in(base::ByteView owner) noexcept;

 private:
  struct Row {
    base::Bytes owner;
    std::uint64_t beat = 0;
    std::uint64_t number() const noexcept { return number_in(owner); }
  };
  Row read();
  void write(const Row& row);
  base::Bytes owner(std::uint64_t number, base::ByteView holder);

  Database& database_;
  const seal::StoreKey& key_;
  const JournalId id_;
  base::Random& random_;
  Fence fence_;  // ours; 0 before it was taken
  Statement begin_;
  Statement commit_;
  Statement find_;
  Statement put_;
};

}  // namespace tocsin::journal
