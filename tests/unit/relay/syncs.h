// What the syncs of this process do. The program of these tests defines its own fdatasync before
// the system's, which delays or fails when a test says so.
#pragma once

#include <condition_variable>
#include <mutex>

namespace tocsin::relay {

struct Syncs {
  std::mutex mutex;
  std::condition_variable changed;
  bool hold = false;
  bool fail = false;
  int begun = 0;
};
Syncs& syncs();

template <class Change>
void let_syncs(Change change) {
  const std::lock_guard lock{syncs().mutex};
  change(syncs());
  syncs().changed.notify_all();
}

}  // namespace tocsin::relay
