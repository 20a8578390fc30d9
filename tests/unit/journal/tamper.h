// Changes a journal's file as somebody can who has the file and plain SQLite.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>

namespace tocsin::journal {

class Tamper {
 public:
  enum class Missing { fail, create };
  explicit Tamper(const std::filesystem::path& path, Missing missing = Missing::fail) {
    const int flags = SQLITE_OPEN_READWRITE | (missing == Missing::create ? SQLITE_OPEN_CREATE : 0);
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr), SQLITE_OK);
  }
  ~Tamper() { sqlite3_close(connection_); }
  Tamper(const Tamper&) = delete;
  Tamper& operator=(const Tamper&) = delete;

  void execute(const std::string& sql) {
    EXPECT_EQ(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(connection_) << " in " << sql;
  }
  std::string text(const std::string& sql) {
    std::string value;
    sqlite3_exec(
        connection_, sql.c_str(),
        [](void* out, int, char** columns, char**) {
          *static_cast<std::string*>(out) = columns[0] != nullptr ? columns[0] : "";
          return 0;
        },
        &value, nullptr);
    return value;
  }
  std::int64_t number(const std::string& sql) {
    const std::string value = text(sql);
    return value.empty() ? 0 : std::stoll(value);
  }
  // Every value of the record as text, to compare.
  std::string dump() {
    std::string all;
    const char* sql =
        "SELECT hex(id), hex(proof), '', '', '' FROM journal "
        "UNION ALL SELECT number, hex(certificate), '', '', '' FROM author "
        "UNION ALL SELECT number, hex(hash), hex(body), coalesce(author, 'null'), "
        "coalesce(hex(signature), 'null') FROM event";
    const int code = sqlite3_exec(
        connection_, sql,
        [](void* out, int count, char** columns, char**) {
          for (int i = 0; i < count; ++i)
            *static_cast<std::string*>(out) += std::string(columns[i] ? columns[i] : "-") + "|";
          return 0;
        },
        &all, nullptr);
    return code == SQLITE_OK ? all : "unreadable";
  }

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace tocsin::journal
