// Whole files. Reading has a size limit; after a crash during writing, the old file or the new one
// is there, never half of one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::base {

// Faults (Exit::fault) name the path and the reason: missing, a directory, unreadable, larger than
// the cap. Fifos and devices are read, too. "-" has no special meaning here.
std::string read_file(const std::filesystem::path& path, std::size_t cap_bytes);

enum class Access { everyone, owner_only };  // 0644 or 0600 before umask

// Writes a new file beside the target, fsyncs it, renames it and fsyncs the folder. Faults name the
// path and the reason.
void write_file(const std::filesystem::path& path, ByteView content, Access access);

}  // namespace tocsin::base
