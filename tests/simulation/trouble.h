// What goes wrong in one night, drawn from its seed: how bad the networks are, how often the clock
// is changed, how many orders there are, which channels there are, who dies or hangs when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/random.h"

namespace tocsin::simulation {

// A planted fault, which the checker must find.
enum class Plant : std::uint8_t {
  nothing,
  forgets_an_append,       // an acknowledged event is missing in the journal
  forgets_before_journal,  // the relay is told to forget an answer before the journal has it
  delivered_to_nobody,     // a messenger says "delivered" of what it lost
  told_without_saying,     // an operator writes "told" and has said nothing
  old_words,               // an operator says what stood there in an earlier call
  told_all,                // "told" closes also what was not handed out
  number_given_twice,      // two operators ring one person
  call_after_the_end,      // an operator is given somebody to ask, when nobody is needed
  reminder_too_many,       // one more than the playbook allows
  on_call_is_lost,         // the incident does not know who is on call
  sends_for_the_released,  // somebody who was released gets a post
  seat_after_the_end,      // so does somebody after the end
  answer_of_nobody,        // an answer is counted that nobody gave
  call_of_another,         // what an operator notes late is noted of the call that another has
};

struct Trouble {
  // Of a message over a written channel, each way.
  double lost = 0;
  double doubled = 0;
  double late = 0;           // by up to ten minutes
  double shuffled = 0;       // of a batch of answers
  double receipts_lost = 0;  // "delivered" never comes
  int outages = 0;           // of the relay, ten minutes each

  std::string channels = "relay, phone";  // the playbook's cascade
  bool together = false;  // those that write are tried at the same time for posts of priority 1
  int reminders = 1;
  bool home_says_channels = true;  // the journal says which channels the home has
  bool home_has_pager = true;
  double with_device = 1;  // shares of staff
  double with_messenger = 0;
  double with_number = 1;
  double with_second_number = 0;  // of those who have one
  double wrong_numbers = 0;       // share of numbers on the roster that are somebody else's
  double wrong_phones = 0;        // share of telephones whose clock is wrong, by 1 s to 10 y

  int operators = 2;
  double careless = 0;    // of what an operator does: late, mistyped, from a printed sheet
  int orders = 0;         // of the commander, in the whole night
  int restless = 0;       // answers that people give besides those that they are asked for
  int foreign = 0;        // answers to another incident that arrive here
  int second_words = 0;   // people who say one thing on their device, and another aloud
  int clock_changes = 0;  // by 1 s to 10 y
  int late_wakes = 0;     // the machine slept for a quarter of an hour
  int deaths = 0;         // at appends that are drawn
  int races = 0;          // appends before which another process came first
  bool hangs = false;     // the driver stops for ten minutes, and another drives meanwhile

  base::Minutes lasts{9 * 60};
  // The coordinator's certificate ends then; later there is another.
  std::optional<base::Minutes> certified;
  std::optional<base::Minutes> ends_at;  // the commander stands everybody down
};

// Nothing goes wrong.
Trouble calm();
Trouble trouble_of(std::uint64_t seed);

}  // namespace tocsin::simulation
