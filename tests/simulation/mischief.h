// Planted faults that are events which should not be there, as a program with that fault would
// append them.
#pragma once

#include "simulation/desk.h"
#include "simulation/diary.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

// Does it once the state allows it; nothing for other plants.
void misbehave(Plant plant, Desk& desk, const Diary& diary, base::Instant machine_now);

}  // namespace tocsin::simulation
