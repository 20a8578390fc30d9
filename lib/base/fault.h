// An operating fault: something the program cannot go on without went wrong (design §11, kind 1).
// A Fault names the thing in its message and the way out in its hint; `main` turns it into an exit
// code. Outcomes (a delivery failed) and hostile input (a forged envelope) are values, never
// Faults.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace tocsin::base {

// Exit codes of every command (design §10). Stable: scripts rely on them.
enum class Exit : int {
  done = 0,         // also "already so"
  fault = 1,        // disk full, bad file, our own bug
  usage = 2,        // the command line is wrong
  invalid = 3,      // invalid playbook, roster or problem
  not_reached = 4,  // some people were not reached
  unfilled = 5,     // posts stay unfilled
  untrusted = 6,    // forged, tampered, revoked, not allowed
  unreachable = 7,  // a service is out of reach
};

class Fault : public std::runtime_error {
 public:
  // `message` must not contain secrets or personal contact points: it is printed and may be logged.
  Fault(Exit exit, const std::string& message, std::string hint = {})
      : std::runtime_error(message), exit_(exit), hint_(std::move(hint)) {}

  Exit exit() const noexcept { return exit_; }
  const std::string& hint() const noexcept { return hint_; }

 private:
  Exit exit_;
  std::string hint_;
};

// An assertion that stays on in release (design §11, kind 4): prints the place and aborts.
// Crashing is affordable, because the journal is folded again on the next start.
[[noreturn]] void bug(std::string_view what, const char* file, int line) noexcept;

}  // namespace tocsin::base

#define TOCSIN_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::tocsin::base::bug(#condition, __FILE__, __LINE__))
