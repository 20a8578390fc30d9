#include "journal/lease.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::journal {

namespace {

// A lease that ends later than this was taken with a wrong clock, and is ignored.
constexpr base::Milliseconds kLongestTerm = base::Minutes(10);

}  // namespace

SqliteLease::SqliteLease(Database& database, base::Random& random)
    : database_(database),
      begin_(database, "BEGIN IMMEDIATE"),
      commit_(database, "COMMIT"),
      find_(database, "SELECT owner, until FROM lease WHERE name = 'drive'"),
      put_(database, "INSERT OR REPLACE INTO lease VALUES ('drive', ?, ?)"),
      remove_(database, "DELETE FROM lease WHERE name = 'drive' AND owner = ?") {
  random.fill(owner_);
}

bool SqliteLease::take(base::Instant now, base::Milliseconds term) {
  TOCSIN_ASSERT(term <= kLongestTerm);
  const std::int64_t now_ms = now.time_since_epoch().count();
  Transaction transaction(database_, begin_);
  {
    const Use find{find_};
    if (find->step()) {
      const base::ByteView owner = find->bytes(0);
      const std::int64_t until = find->integer(1);
      const bool holds = until > now_ms && until - now_ms <= kLongestTerm.count();
      if (holds && !std::equal(owner.begin(), owner.end(), owner_.begin(), owner_.end()))
        return false;
    }
  }
  put_.bind(1, owner_).bind(2, now_ms + term.count()).run();
  transaction.commit(commit_);
  return true;
}

void SqliteLease::take_over(base::Instant now, base::Milliseconds term) {
  TOCSIN_ASSERT(term <= kLongestTerm);
  put_.bind(1, owner_).bind(2, (now + term).time_since_epoch().count()).run();
}

void SqliteLease::give_back() { remove_.bind(1, owner_).run(); }

}  // namespace tocsin::journal
