#include "relay/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "base/fault.h"

namespace tocsin::relay {

namespace asio = boost::asio;

Disk::Disk(const std::filesystem::path& path, asio::io_context& io) : io_(io) {
  if (path.empty()) return;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor_ < 0)
    throw base::Fault(base::Exit::fault, fmt::format("cannot open {}", path.string()));
}

Disk::~Disk() {
  thread_.join();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Disk::sync(std::function<void(bool)> done) {
  if (descriptor_ < 0 || !works_) return done(works_);
  busy_ = true;
  asio::post(thread_, [this, done = std::move(done)]() mutable {
    const bool synced = ::fdatasync(descriptor_) == 0;
    asio::post(io_, [this, synced, done = std::move(done)] {
      busy_ = false;
      works_ = works_ && synced;
      done(works_);
    });
  });
}

}  // namespace tocsin::relay
