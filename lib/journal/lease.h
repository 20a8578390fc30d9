// The lease that is kept in a journal's file (tocsin-journal(5), lease): one process drives. A
// holder that dies loses it when its term, at most ten minutes, ends, or to whoever knows of its
// death.
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
