// Somebody who said yes may come late, or not at all, when it is too late to ask anybody else. So
// for a seat of the first shift whose forecast is below its target one person more is sent than sit
// in it: a spare, who has said yes, is at hand, and is given a seat as soon as one wants them.
#pragma once

#include <set>

#include "incident/state/state.h"

namespace tocsin::incident {

// Seats that a spare is sent for, by the last forecast. Whoever is one already stays it until the
// time has come or everybody is there: nobody is turned round for a forecast that they improve.
std::set<SlotIndex> seats_at_risk(const State& state);

// Whoever has said that they are coming and has no other seat of the first shift, if they can be in
// time by their own word. Nobody is woken for it who was told to sleep or to stay at home.
bool may_be_spare(const State& state, PersonIndex person, SlotIndex slot);

}  // namespace tocsin::incident
