// Somebody who said yes may come late, or not at all, when it is too late to ask anybody else. So
// for a seat of the first shift whose forecast is below its target one person more is sent: a
// spare. A spare has said yes, and gets a seat as soon as one is open (tocsin-forecast(7), SPARES).
#pragma once

#include <set>

#include "incident/state/state.h"

namespace tocsin::incident {

// Seats for which a spare is sent, by the first forecast of its time. A spare stays one until the
// time has come or everybody is there: nobody is sent back because they themselves improve the
// forecast.
std::set<SlotIndex> seats_at_risk(const State& state);

// Whether the person may be a spare: they said that they are coming, have no other seat of the
// first shift, and can be in time by their own estimate. Nobody is woken who was told to sleep or
// to stay at home.
bool may_be_spare(const State& state, PersonIndex person, SlotIndex slot);

}  // namespace tocsin::incident
