#include "control/drive.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;

constexpr int kMostTurns = 1'000;
constexpr base::Milliseconds kPause{100};
// A full disk or a missing folder may be repaired. Meanwhile the fault is printed once a minute.
constexpr base::Milliseconds kPauseAfterFault{1'000};
constexpr base::Milliseconds kSayAgain{60'000};

// Whatever shows it may fail as the turn did, and that has been said.
void show_fault(Onlooker& onlooker, const Driving& driving) {
  try {
    onlooker.show(Onlooker::Change::none, driving.trouble());
  } catch (const Fault&) {
  }
}

Ending turn_until_over(Session& session, Driving& driving, Onlooker& onlooker,
                       const base::Clock& clock, Serves serves) {
  base::Pace words(kSayAgain);
  bool is_broken = false;   // by a fault: what was not durable is to be decided again
  bool is_doubted = false;  // wrong bytes were read, and no turn has gone well since
  for (;;) {
    base::Milliseconds pause = kPause;
    bool over = false;
    try {
      if (std::exchange(is_broken, false)) driving.start_over();
      const bool active = driving.turn();
      is_doubted = false;
      if (active) pause = base::Milliseconds{0};
      over = !active && session.is_over();
      const bool leaves = over && serves == Serves::nothing;
      onlooker.show(active || leaves ? Onlooker::Change::some : Onlooker::Change::none,
                    over && !leaves ? "the incident is over; the relay serves on until you leave"
                                    : driving.trouble());
      if (leaves) return Ending::over;
    } catch (const Fault& fault) {
      // A disk that fails may give wrong bytes for a moment. Only what is wrong again, when all of
      // it is read and hashed anew, is damage.
      const bool is_wrong = fault.exit() == Exit::untrusted;
      if ((fault.exit() != Exit::fault && !is_wrong) || (is_wrong && is_doubted)) throw;
      is_doubted = is_doubted || is_wrong;
      is_broken = true;
      if (words.take(clock.now())) onlooker.say(fmt::format("{}; trying again", fault.what()));
      pause = kPauseAfterFault;
      show_fault(onlooker, driving);
    }
    if (onlooker.wait(pause)) return over ? Ending::over : Ending::left;
  }
}

}  // namespace

Ending drive_until_quiet(Driving& driving) {
  try {
    for (int turns = 0; turns < kMostTurns && driving.turn(); ++turns) {
    }
    driving.settle();
    return Ending::left;
  } catch (const journal::Superseded&) {
    return Ending::superseded;
  }
}

Ending drive_until_over(Session& session, Driving& driving, Onlooker& onlooker,
                        const base::Clock& clock, Serves serves) {
  try {
    const Ending ending = turn_until_over(session, driving, onlooker, clock, serves);
    driving.settle();
    return ending;
  } catch (const journal::Superseded&) {
    return Ending::superseded;
  }
}

}  // namespace tocsin::control
