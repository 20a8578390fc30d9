#include "control/drive.h"

#include <fmt/format.h>

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

}  // namespace

void drive_until_quiet(Driving& driving) {
  for (int turns = 0; turns < kMostTurns && driving.turn(); ++turns) {
  }
}

Ending drive_until_over(Session& session, Driving& driving, Onlooker& onlooker,
                        const base::Clock& clock, Serves serves) {
  base::Pace words(kSayAgain);
  for (;;) {
    base::Milliseconds pause = kPause;
    bool active = false;
    try {
      active = driving.turn();
      if (active) pause = base::Milliseconds{0};
    } catch (const Fault& fault) {
      if (fault.exit() != Exit::fault) throw;
      if (words.take(clock.now())) onlooker.say(fmt::format("{}; trying again", fault.what()));
      driving.start_over();
      pause = kPauseAfterFault;
    }
    const bool over = !active && session.is_over();
    if (over && serves == Serves::nothing) {
      onlooker.show(Onlooker::Change::some, driving.trouble());
      return Ending::over;
    }
    onlooker.show(
        active ? Onlooker::Change::some : Onlooker::Change::none,
        over ? "the incident is over; the relay serves on until you leave" : driving.trouble());
    if (onlooker.wait(pause)) return over ? Ending::over : Ending::left;
  }
}

}  // namespace tocsin::control
