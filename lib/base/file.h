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

// Writes a new file beside the target, fsyncs it, renames it and fsyncs the folder. The new file's
// name is always the same, so the next writer takes over what a killed one left; two at a time wait
// for each other. Faults name the path and the reason.
void write_file(const std::filesystem::path& path, ByteView content, Access access);

// After a rename in it, so that the rename survives a power cut.
void sync_folder(const std::filesystem::path& folder);

}  // namespace tocsin::base
