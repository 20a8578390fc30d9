// The SQLite file of a journal: its tables, and the checks that a file must pass before it is read
// (format, version, no other table). Knows nothing of keys.
#pragma once

#include <filesystem>

#include "journal/chain.h"
#include "journal/database.h"

namespace tocsin::journal {

struct File {
  Database database;
  JournalId id;
  base::Bytes proof;
  base::Bytes wrapped_key;
};

// Faults: missing, not a journal, of a newer version; damaged (untrusted).
File open_file(const std::filesystem::path& path, Database::Mode mode);

// Writes an empty journal that is durable on return. Faults when `path` exists. After a fault no
// new file is left.
void create_file(const std::filesystem::path& path, const JournalId& id, base::ByteView proof,
                 base::ByteView wrapped_key);

}  // namespace tocsin::journal
