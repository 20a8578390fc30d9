// An operating fault: something that the program needs has failed (lib/README.md, Faults).
// The message names the thing, the hint says what to do, and `main` turns it into an exit code.
// Outcomes (a delivery failed) and hostile input (a forged envelope) are values, never Faults.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace tocsin::base {

// Exit codes of every command (tocsin(1)). They never change, because scripts rely on them.
enum class Exit : int {
  done = 0,         // also "already so"
  fault = 1,        // disk full, bad file, our own bug
  usage = 2,        // the command line is wrong
  invalid = 3,      // invalid playbook, roster or problem
  not_reached = 4,  // some people were not reached
  unfilled = 5,     // posts stay unfilled
  untrusted = 6,    // forged, tampered, revoked, not allowed
  unreachable = 7,  // a service is out of reach
  driven = 9,       // another process drives the incident
};

class Fault : public std::runtime_error {
 public:
  // `message` is printed and may be logged, so it must not contain secrets or contact points.
  Fault(Exit exit, const std::string& message, std::string hint = {})
      : std::runtime_error(message), exit_(exit), hint_(std::move(hint)) {}

  Exit exit() const noexcept { return exit_; }
  const std::string& hint() const noexcept { return hint_; }

 private:
  Exit exit_;
  std::string hint_;
};

// Ends an assertion that failed: prints file and line, and aborts. Assertions stay on in release
// (lib/README.md, Faults): a crash loses nothing, because the next start folds the journal again.
[[noreturn]] void bug(std::string_view what, const char* file, int line) noexcept;

}  // namespace tocsin::base

#define TOCSIN_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::tocsin::base::bug(#condition, __FILE__, __LINE__))
