// A plain file with durable appends, to compare a journal with.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "base/bytes.h"
#include "base/fault.h"

namespace tocsin::bench {

class PlainFile {
 public:
  explicit PlainFile(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {}
  ~PlainFile() { ::close(file_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  void append(base::ByteView bytes) const {
    const bool done = ::write(file_, bytes.data(), bytes.size()) >= 0 && ::fdatasync(file_) == 0;
    if (!done) throw base::Fault(base::Exit::fault, "cannot write to the plain file");
  }

 private:
  int file_;
};

}  // namespace tocsin::bench
