// All random numbers of one person for one night, drawn before anything happens: whether a message
// wakes them, what they say and when, whether they come. They do not depend on who is asked, so two
// policies with one seed meet the same people.
#pragma once

#include <array>
#include <chrono>

#include "base/instant.h"
#include "base/random.h"
#include "drill/people/figures.h"
#include "incident/state/event.h"
#include "incident/state/state.h"

namespace tocsin::drill {

struct Night {
  bool has_device = true;                                  // their contact point still works
  bool notices = false;                                    // they notice a message on it at home
  std::array<bool, incident::kMostPhoneTries> picks_up{};  // for each call of the switchboard

  incident::Answer says = incident::Answer::no;
  std::chrono::seconds reply_delay{0};  // from the message to the answer
  base::Minutes promised{0};            // the ETA that they give, from the answer
  std::chrono::seconds journey{0};      // how long it takes: at least as promised
  base::Minutes later_from{0};          // for "later": when they can come, from the declaration
  bool changes_mind = false;
  std::chrono::seconds yes_lasts{0};  // from the yes until they change their mind

  bool turns_up = true;          // when on duty and sent to a post
  std::chrono::seconds walk{0};  // from the ward to it

  double shyness = 1.0;  // [0, 1): they offer unasked when this is below the share of people who do
  std::chrono::seconds offers_after{0};  // when they offer, after the declaration

  // Whether the network doubles the message of the answer, the change of mind, and the arrival.
  std::array<bool, 3> doubled{};

  friend bool operator==(const Night&, const Night&) = default;
};

// `belief` multiplies the shares of people who notice a message, and who pick up the telephone, up
// to
// 1. With 1 they are as published.
Night draw_night(base::SeededRandom random, base::Minutes travel, const Figures& figures,
                 double belief);

}  // namespace tocsin::drill
