// A night in which a decision is on its way to somebody.
#pragma once

#include <gtest/gtest.h>

#include "incident/coordinator/switchboard.h"
#include "unit/incident/night.h"

namespace tocsin::incident {

// A night in which Ana said yes over a messenger and was given a seat, so that a message to her is
// under way.
struct Sent : Night {
  explicit Sent(contact::Receipt receipt = contact::Receipt::sent) : Night(written_first()) {
    settle(0);
    for (const Message& message : state.messages) hear(0, message.id, contact::Receipt::delivered);
    replies(1, "ana", Answer::coming, 20, kThreema);
    settle(1);
    EXPECT_EQ(of("ana").status, Status::assigned);
    hear(1, decision().id, receipt);
    settle(1);
  }
  void hear(int minute, seal::MessageId id, contact::Receipt receipt) {
    happens(minute, Receipted{id, receipt, ""}, "");
  }
  // Everybody who said yes is stood down.
  void needs_nobody(int minute) {
    for (const char* post : {"resus/nurse/response", "resus/doctor/response",
                             "wards/nurse/response", "resus/nurse/relief"})
      happens(minute, NeedSet{PostId{post}, 0, at(60), "not needed"});
    settle(minute);
    EXPECT_EQ(of("ana").status, Status::stood_down);
  }
  const Message& decision(const char* id = "ana") const {
    return state.messages[of(id).decision.value()];
  }
  const Call* call(int minute, const char* id = "ana") {
    found = call_for(state, index(id), at(minute));
    return found ? &*found : nullptr;
  }
  // Gives out what waits to be said to Ana.
  Source take(int minute) {
    const TakenCall taken = hand_out(state, *call(minute), at(minute));
    all_happen(minute, taken.order.events);
    return {taken.call.value().number};
  }
  std::optional<Call> found;
};

}  // namespace tocsin::incident
