// Kills the program at an exact point: just before its Nth system call that changes the disk. A
// write, a rename, a sync, a file made or removed each count; so do those of its threads.
#pragma once

#include <string>
#include <vector>

namespace tocsin::process {

struct Traced {
  int calls = 0;  // that changed the disk
  bool was_killed = false;
  int exit = -1;
};

// False where the machine allows no tracing.
bool can_trace();

// `before_call`: 1 is the first; 0 lets it run to its end. What it prints is dropped.
Traced run_and_kill(const std::vector<std::string>& argv, int before_call);

}  // namespace tocsin::process
