// The SQLite file of a journal: its tables, and the checks that a file passes before anything in it
// is believed (format, version, no other table). Knows nothing of keys.
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

// Writes an empty journal, durable on return. Faults when `path` exists; leaves nothing behind then
// or when it fails.
void create_file(const std::filesystem::path& path, const JournalId& id, base::ByteView proof,
                 base::ByteView wrapped_key);

}  // namespace tocsin::journal
