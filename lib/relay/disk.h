// Makes what was written to one file outlive a loss of power, on a thread of its own, so that the
// relay's thread takes the next requests meanwhile. One sync at a time. A disk that has failed to
// sync once is not asked again: what the system then says of its pages is not to be believed.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>

namespace tocsin::relay {

class Disk {
 public:
  // An empty path is memory, where there is nothing to wait for. Faults when there is no such file.
  Disk(const std::filesystem::path& path, boost::asio::io_context& io);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  bool works() const noexcept { return works_; }
  bool is_busy() const noexcept { return busy_; }
  // All that was written before the call; `done` runs on the thread of `io`, before this returns
  // when the file is memory.
  void sync(std::function<void(bool is_durable)> done);

 private:
  boost::asio::io_context& io_;
  int descriptor_ = -1;
  bool busy_ = false;
  bool works_ = true;
  boost::asio::thread_pool thread_{1};
};

}  // namespace tocsin::relay
