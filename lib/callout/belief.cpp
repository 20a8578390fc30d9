#include "callout/belief.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::callout {

namespace {

double normal(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// The weight of the published figures, in people: that of the beta distribution with the mean and
// the variance of the published drills (method of moments: m(1-m)/variance - 1).
double weight_of_prior() {
  double mean = 0;
  for (const double share : kReachedInDrills) mean += share;
  mean /= kReachedInDrills.size();
  double variance = 0;
  for (const double share : kReachedInDrills) variance += (share - mean) * (share - mean);
  variance /= kReachedInDrills.size() - 1;
  return mean * (1 - mean) / variance - 1;
}

// Journeys are spread evenly between the fastest and the slowest. A plan takes the time that 19 of
// 20 journeys do not exceed.
constexpr double kSure = 0.95;

// The posterior mean of a share. The prior counts as `weight` people with its mean. The likelihood
// has `hits` answers, `misses` refusals and, for each silent person, the factor
// 1 - share x (part of the answers that would have come by now).
double posterior_mean(double mean, double weight, double hits, double misses,
                      std::span<const std::pair<double, int>> waiting) {
  constexpr int kGrid = 200;
  const double a = mean * weight;
  const double b = (1 - mean) * weight;
  std::array<double, kGrid> logs{};
  double most = -1e300;
  for (int i = 0; i < kGrid; ++i) {
    const double share = (i + 0.5) / kGrid;
    double sum = (a - 1 + hits) * std::log(share) + (b - 1 + misses) * std::log1p(-share);
    for (const auto& [part, people] : waiting) sum += people * std::log1p(-share * part);
    logs[static_cast<std::size_t>(i)] = sum;
    most = std::max(most, sum);
  }
  double total = 0;
  double moment = 0;
  for (int i = 0; i < kGrid; ++i) {
    const double w = std::exp(logs[static_cast<std::size_t>(i)] - most);
    total += w;
    moment += w * (i + 0.5) / kGrid;
  }
  return moment / total;
}

// Rounds to 1/50. One night does not tell a share more precisely, and equal beliefs share what was
// solved for them.
double rounded(double share) { return std::clamp(std::round(share * 50) / 50, 0.02, 0.98); }

}  // namespace

Heard& Evidence::by(Way way) noexcept { return const_cast<Heard&>(std::as_const(*this).by(way)); }

const Heard& Evidence::by(Way way) const noexcept {
  if (way == Way::device) return *this;
  return way == Way::text ? text : voice;
}

void Heard::add_silent(double minutes) {
  const auto at = static_cast<std::size_t>(std::max(0.0, minutes));
  constexpr std::size_t kNeverMore = 6 * 60;  // minutes after which nobody answers any more
  if (at >= kNeverMore) {
    ++silent_for_good;
    return;
  }
  if (silent_by_minute.size() <= at) silent_by_minute.resize(at + 1);
  ++silent_by_minute[at];
}

Belief::Belief(const Evidence& tonight, const Evidence& before, const Figures& figures)
    : figures_(figures), journeys_(figures) {
  const double weight = weight_of_prior();
  // Nights differ more than the people within one. So earlier nights change the mean of the prior
  // but do not add to its weight.
  const auto moved = [weight](double mean, double hits, double misses) {
    return (mean * weight + hits) / (weight + hits + misses);
  };
  // People who were silent when a night ended had only the time until then, as waiting_for says.
  const double rung = moved(figures.reached_by_phone, before.picked_up, before.not_picked_up);

  const std::array<double, kWays> published{figures.reached, figures.reached_by_text,
                                            figures.reached_by_phone};
  for (std::size_t w = 0; w < kWays; ++w) {
    const Heard& then = before.by(static_cast<Way>(w));
    const Heard& now = tonight.by(static_cast<Way>(w));
    const double reached = posterior_mean(published[w] * (1 - figures.stale_contact), weight,
                                          then.answered, then.silent_for_good, waiting_for(then));
    reach_[w] = rounded(
        posterior_mean(reached, weight, now.answered, now.silent_for_good, waiting_for(now)));
  }
  picks_up_ = rounded(posterior_mean(rung, weight, tonight.picked_up, tonight.not_picked_up, {}));

  const double said = tonight.coming + tonight.later + tonight.last_resort + tonight.no +
                      before.coming + before.later + before.last_resort + before.no;
  const auto share = [&](double figure, double counted) {
    return (figure * weight + counted) / (weight + said);
  };
  coming_ = rounded(share(figures.says_coming, tonight.coming + before.coming));
  later_ = rounded(share(figures.says_later, tonight.later + before.later));
  last_resort_ = rounded(share(figures.says_last_resort, tonight.last_resort + before.last_resort));
}

std::vector<std::pair<double, int>> Belief::waiting_for(const Heard& heard) const {
  std::vector<std::pair<double, int>> waiting;
  for (std::size_t m = 0; m < heard.silent_by_minute.size(); ++m)
    if (heard.silent_by_minute[m] > 0)
      waiting.emplace_back(delay(static_cast<double>(m)), heard.silent_by_minute[m]);
  return waiting;
}

double Belief::delay(double minutes) const {
  if (minutes <= 0) return 0;
  return normal((std::log(minutes) - figures_.reply_delay.mu) / figures_.reply_delay.sigma);
}

double Belief::silent_answers_within(const Asked& person, double minutes) const {
  if (minutes <= 0) return 0;
  const double reach = this->reach(person.way);
  const double silent = 1 - reach * delay(person.minutes);
  const double had = std::max(0.0, minutes - person.until_sent);  // with the message
  const double device = person.has_device
                            ? reach * (delay(person.minutes + had) - delay(person.minutes)) / silent
                            : 0;
  double silent_still = 1 - device;
  for (int ring = 1; ring <= person.rings; ++ring)
    if (person.until_phone >= 0 && minutes >= ring * person.until_phone)
      silent_still *= 1 - picks_up_;
  return 1 - silent_still;
}

double Belief::answers_within(double minutes, double until_phone) const {
  return silent_answers_within({0, 0, until_phone}, minutes);
}

double Belief::in_time(const Asked& person, double left) const {
  return silent_answers_within(person, left - journeys_.sure(person.travel));
}

double Belief::at_the_door(const Asked& person, double left) const {
  // Journeys are spread evenly, so a few of them stand for all.
  constexpr int kParts = 5;
  double sum = 0;
  for (int i = 0; i < kParts; ++i)
    sum +=
        silent_answers_within(person, left - journeys_.from_yes(person.travel, (i + 0.5) / kParts));
  return sum / kParts;
}

double Journeys::in_time(const Promised& person, double left) const {
  const double stays =
      1 - figures_.changes_mind * std::max(0.0, 1 - person.said / figures_.changes_mind_within);
  if (person.promised <= 0) return stays;
  // The share of journeys that end in time, among those that are not over yet.
  const double least = std::max(person.promised * figures_.late_least, person.said);
  const double most = person.promised * figures_.late_most;
  if (least >= most) return 0;  // the longest journey is over
  return stays * std::clamp((person.said + left - least) / (most - least), 0.0, 1.0);
}

double Journeys::walks_in_time(double told, double left) const {
  const auto there = [&](double minutes) {
    return std::clamp((minutes - figures_.least_walk) / (figures_.most_walk - figures_.least_walk),
                      0.0, 1.0);
  };
  const double still = 1 - figures_.on_duty_turns_up * there(told);
  return figures_.on_duty_turns_up * (there(told + left) - there(told)) / still;
}

double Journeys::sure(double travel) const { return from_yes(travel, kSure); }

double Journeys::from_yes(double travel, double luck) const {
  return (travel + (figures_.least_to_leave + figures_.most_to_leave) / 2) *
         (figures_.late_least + (figures_.late_most - figures_.late_least) * luck);
}

double Journeys::planned(double promised) const {
  return promised * (figures_.late_least + (figures_.late_most - figures_.late_least) * kSure);
}

}  // namespace tocsin::callout
