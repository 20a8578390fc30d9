#include "drill/people/night.h"

#include <algorithm>
#include <cmath>

namespace tocsin::drill {

namespace {

using incident::Answer;
using std::chrono::seconds;

constexpr double kLongestReply = 6 * 60.0;  // minutes; a later reply is too late for the night

seconds minutes_of(double minutes) { return seconds{std::llround(minutes * 60)}; }

Answer answer_at(double dice, const Figures& figures) {
  if ((dice -= figures.says_coming) < 0) return Answer::coming;
  if ((dice -= figures.says_later) < 0) return Answer::later;
  if ((dice -= figures.says_last_resort) < 0) return Answer::last_resort;
  return Answer::no;
}

}  // namespace

// Do not change the order of the draws: a seed must keep its meaning.
Night draw_night(base::SeededRandom random, base::Minutes travel, const Figures& figures,
                 double belief) {
  Night night;
  night.has_device = !random.chance(figures.stale_contact);
  night.notices = random.uniform() < std::min(1.0, figures.reached * belief) && night.has_device;
  for (bool& ring : night.picks_up)
    ring = random.uniform() < std::min(1.0, figures.reached_by_phone * belief);
  night.says = answer_at(random.uniform(), figures);
  night.reply_delay = minutes_of(std::min(
      random.log_normal(figures.reply_delay.mu, figures.reply_delay.sigma), kLongestReply));
  // They promise the roster's travel time plus the time to get ready.
  night.promised = travel + base::Minutes{2 + static_cast<int>(random.below(6))};
  const double lateness =
      figures.late_least + (figures.late_most - figures.late_least) * random.uniform();
  night.journey = minutes_of(static_cast<double>(night.promised.count()) * lateness);
  night.later_from = base::Minutes{6 * 60 + static_cast<int>(random.below(120))};
  night.changes_mind = random.chance(figures.changes_mind);
  night.yes_lasts = minutes_of(2.0 + 18.0 * random.uniform());
  night.turns_up = random.chance(figures.on_duty_turns_up);
  night.walk = minutes_of(2.0 + 6.0 * random.uniform());
  night.shyness = random.uniform();
  night.offers_after = minutes_of(60.0 * random.uniform());
  for (bool& twice : night.doubled) twice = random.chance(figures.replies_twice);
  return night;
}

}  // namespace tocsin::drill
