// A prepared SQL statement: bind its values in order, step it, and use it again after `restart`.
// Only for the store.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/instant.h"

namespace tocsin::relay {

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK)
      throw base::Fault(base::Exit::fault, sqlite3_errmsg(database));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& restart() noexcept {
    sqlite3_reset(statement_);
    next_ = 1;
    return *this;
  }
  Statement& integer(std::int64_t value) noexcept {
    sqlite3_bind_int64(statement_, next_++, value);
    return *this;
  }
  // The bytes must stay valid until `restart`. An empty value is not NULL.
  Statement& blob(base::ByteView bytes) noexcept {
    static constexpr std::uint8_t kNothing = 0;
    sqlite3_bind_blob64(statement_, next_++, bytes.empty() ? &kNothing : bytes.data(), bytes.size(),
                        SQLITE_STATIC);
    return *this;
  }
  Statement& null() noexcept {
    sqlite3_bind_null(statement_, next_++);
    return *this;
  }
  int step() noexcept { return sqlite3_step(statement_); }

  std::int64_t column_integer(int column) noexcept {
    return sqlite3_column_int64(statement_, column);
  }
  base::ByteView column_blob(int column) noexcept {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return {static_cast<const std::uint8_t*>(data), data == nullptr ? 0 : std::size_t(size)};
  }
  template <class Named>  // KeyId, MessageId
  Named column_name(int column) noexcept {
    Named named;
    const base::ByteView bytes = column_blob(column);
    if (bytes.size() == named.bytes.size())
      std::copy(bytes.begin(), bytes.end(), named.bytes.begin());
    return named;
  }
  base::Instant column_instant(int column) noexcept {
    return base::Instant{base::Milliseconds{column_integer(column)}};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

}  // namespace tocsin::relay
