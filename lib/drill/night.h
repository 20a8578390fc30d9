// All of one person's dice for one night, thrown before anything happens: whether a message wakes
// them, what they say and when, whether they then come. Nobody's night depends on what anybody is
// asked, so two policies on one seed meet the same people.
#pragma once

#include <array>
#include <chrono>

#include "base/instant.h"
#include "base/random.h"
#include "drill/figures.h"
#include "incident/state/event.h"
#include "incident/state/state.h"

namespace tocsin::drill {

struct Night {
  bool has_device = true;                                  // a contact point that still works
  bool notices = false;                                    // a message on it, when at home
  std::array<bool, incident::kMostPhoneTries> picks_up{};  // by ring of the switchboard

  incident::Answer says = incident::Answer::no;
  std::chrono::seconds reply_delay{0};  // from the message to the answer
  base::Minutes promised{0};            // the ETA that they give, from the answer
  std::chrono::seconds journey{0};      // what it takes: never less than promised
  base::Minutes later_from{0};          // of "later", from the declaration
  bool changes_mind = false;
  std::chrono::seconds yes_lasts{0};  // from the yes until the mind is changed

  bool turns_up = true;          // when on duty and sent to a post
  std::chrono::seconds walk{0};  // from the ward to it

  double shyness = 1.0;  // offers unasked when this is less than the share that does; [0, 1)
  std::chrono::seconds offers_after{0};  // the declaration

  // Of the answer, the change of mind, and the arrival: sent again on the way.
  std::array<bool, 3> doubled{};

  friend bool operator==(const Night&, const Night&) = default;
};

// `belief` scales the share that notices a message and that picks the telephone up, to at most 1;
// 1 is as published.
Night draw_night(base::SeededRandom random, base::Minutes travel, const Figures& figures,
                 double belief);

}  // namespace tocsin::drill
