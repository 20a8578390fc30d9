#include "unit/relay/syncs.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace tocsin::relay {

Syncs& syncs() {
  static Syncs syncs;
  return syncs;
}

}  // namespace tocsin::relay

extern "C" int fdatasync(int descriptor) {
  tocsin::relay::Syncs& all = tocsin::relay::syncs();
  {
    std::unique_lock lock{all.mutex};
    ++all.begun;
    all.changed.notify_all();
    all.changed.wait(lock, [&] { return !all.hold; });
    if (all.fail) {
      errno = EIO;
      return -1;
    }
  }
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}
