// The lease in a journal's file (tocsin-journal(5), lease): its holder is the one process that
// drives. A holder that dies keeps it until the term ends, at most ten minutes, unless a process
// that knows of the death takes it over.
#pragma once

#include <array>

#include "base/random.h"
#include "journal/database.h"
#include "journal/journal.h"

namespace tocsin::journal {

class SqliteLease final : public Lease {
 public:
  // `database` must outlive the lease.
  SqliteLease(Database& database, base::Random& random);

  bool take(base::Instant now, base::Milliseconds term) override;
  void take_over(base::Instant now, base::Milliseconds term) override;
  void give_back() override;

 private:
  Database& database_;
  std::array<std::uint8_t, 16> owner_{};
  Statement begin_;
  Statement commit_;
  Statement find_;
  Statement put_;
  Statement remove_;
};

}  // namespace tocsin::journal
