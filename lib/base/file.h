// Whole files, read with a cap and written so that a crash leaves the old one or the new one, never
// half.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::base {

// Faults (Exit::fault) name the path and say why: missing, a directory, unreadable, larger than the
// cap. Fifos and devices are read up to the cap; "-" is not special here.
std::string read_file(const std::filesystem::path& path, std::size_t cap_bytes);

enum class Access { everyone, owner_only };  // 0644 or 0600 before umask

// Writes beside the target, fsyncs, renames, fsyncs the folder. Faults name the path and the
// reason.
void write_file(const std::filesystem::path& path, ByteView content, Access access);

}  // namespace tocsin::base
