#include "faulty_disk.h"

#include <fstream>
#include <iterator>
#include <new>

namespace tocsin::journal {

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

// SQLite provides the memory: this struct, followed by the real file's.
struct FaultyDisk::File {
  sqlite3_file base;
  FaultyDisk* disk;
  Track* track;  // null for temporary files
  std::string* path;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
};

FaultyDisk::FaultyDisk() : real_(sqlite3_vfs_find(nullptr)), shim_(*real_) {
  shim_.zName = "faulty";
  shim_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  shim_.pAppData = this;
  shim_.xOpen = open;
  // The other functions of a unix VFS do not use their first argument, or only its szOsFile and
  // name.
  sqlite3_vfs_register(&shim_, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_register(real_, 1);
  sqlite3_vfs_unregister(&shim_);
}

void FaultyDisk::fail_after(int operations, int code) {
  left_ = operations;
  code_ = code;
  failed_ = false;
}

int FaultyDisk::operate() {
  if (look_) look_();
  if (code_ == SQLITE_OK || left_-- > 0) return SQLITE_OK;
  failed_ = true;
  return code_;
}

int FaultyDisk::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags,
                     int* out_flags) {
  auto* disk = static_cast<FaultyDisk*>(vfs->pAppData);
  File& file = *new (out) File{{nullptr}, disk, nullptr, nullptr};
  if (name != nullptr) {
    const auto [entry, is_new] = disk->tracks_.try_emplace(name);
    if (is_new) entry->second.durable = content_of(name);
    file.track = &entry->second;
    file.path = const_cast<std::string*>(&entry->first);
  }
  const int code = disk->real_->xOpen(disk->real_, name, file.real(), flags, out_flags);
  if (code == SQLITE_OK) file.base.pMethods = &methods();
  return code;
}

// What only looks, locks or shares is passed on to the real file.
sqlite3_io_methods FaultyDisk::passed_on() {
  sqlite3_io_methods m{};
  m.iVersion = 2;
  m.xClose = [](sqlite3_file* f) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xClose(real);
  };
  m.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
    if (const int code = File::of(f).disk->read_code_; code != SQLITE_OK) return code;
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xRead(real, to, size, at);
  };
  m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xFileSize(real, size);
  };
  m.xLock = [](sqlite3_file* f, int level) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xLock(real, level);
  };
  m.xUnlock = [](sqlite3_file* f, int level) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xUnlock(real, level);
  };
  m.xCheckReservedLock = [](sqlite3_file* f, int* result) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xCheckReservedLock(real, result);
  };
  m.xFileControl = [](sqlite3_file* f, int what, void* argument) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xFileControl(real, what, argument);
  };
  m.xSectorSize = [](sqlite3_file* f) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xSectorSize(real);
  };
  m.xDeviceCharacteristics = [](sqlite3_file* f) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xDeviceCharacteristics(real);
  };
  m.xShmMap = [](sqlite3_file* f, int region, int size, int extend, void volatile** out) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xShmMap(real, region, size, extend, out);
  };
  m.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xShmLock(real, offset, count, flags);
  };
  m.xShmBarrier = [](sqlite3_file* f) {
    sqlite3_file* real = File::of(f).real();
    real->pMethods->xShmBarrier(real);
  };
  m.xShmUnmap = [](sqlite3_file* f, int remove) {
    sqlite3_file* real = File::of(f).real();
    return real->pMethods->xShmUnmap(real, remove);
  };
  return m;
}

const sqlite3_io_methods& FaultyDisk::methods() {
  static const sqlite3_io_methods all = [] {
    sqlite3_io_methods m = passed_on();
    m.xWrite = [](sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
      File& file = File::of(f);
      if (const int code = file.disk->operate(); code != SQLITE_OK) return code;
      if (file.track != nullptr)
        file.track->pending.push_back(
            {static_cast<std::size_t>(at),
             std::string(static_cast<const char*>(from), static_cast<std::size_t>(size))});
      return file.real()->pMethods->xWrite(file.real(), from, size, at);
    };
    m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
      File& file = File::of(f);
      if (const int code = file.disk->operate(); code != SQLITE_OK) return code;
      return file.real()->pMethods->xTruncate(file.real(), size);
    };
    m.xSync = [](sqlite3_file* f, int flags) {
      File& file = File::of(f);
      if (const int code = file.disk->operate(); code != SQLITE_OK) return code;
      const int code = file.real()->pMethods->xSync(file.real(), flags);
      if (code == SQLITE_OK && file.track != nullptr) {
        file.track->durable = content_of(*file.path);
        file.track->pending.clear();
      }
      return code;
    };
    return m;
  }();
  return all;
}

std::map<std::string, std::string> FaultyDisk::after_power_cut(base::SeededRandom& dice) const {
  std::map<std::string, std::string> left;
  for (const auto& [path, track] : tracks_) {
    std::string content = track.durable;
    for (const Write& write : track.pending) {
      if (dice.chance(0.5)) continue;
      const std::size_t size =
          dice.chance(0.3) ? dice.below(write.bytes.size() + 1) : write.bytes.size();
      if (content.size() < write.offset + size) content.resize(write.offset + size);
      content.replace(write.offset, size, write.bytes, 0, size);
    }
    left[path] = std::move(content);
  }
  return left;
}

}  // namespace tocsin::journal
