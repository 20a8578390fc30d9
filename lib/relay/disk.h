// Syncs one file to the disk on a thread of its own, so that the relay's thread can take the next
// requests meanwhile. One sync at a time. After one failed sync it never tries again: a later sync
// can succeed although the kernel has dropped the pages that the first one failed to write.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>

namespace tocsin::relay {

class Disk {
 public:
  // An empty path is a store in memory: a sync does nothing. Faults when there is no such file.
  Disk(const std::filesystem::path& path, boost::asio::io_context& io);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  bool works() const noexcept { return works_; }
  bool is_busy() const noexcept { return busy_; }
  // Syncs all that was written before the call. `done` runs on the thread of `io`; for a store in
  // memory it runs before this returns.
  void sync(std::function<void(bool is_durable)> done);

 private:
  boost::asio::io_context& io_;
  int descriptor_ = -1;
  bool busy_ = false;
  bool works_ = true;
  boost::asio::thread_pool thread_{1};
};

}  // namespace tocsin::relay
