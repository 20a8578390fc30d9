#include "callout/recourse.h"

#include <algorithm>
#include <cmath>

namespace tocsin::callout {

namespace {

// The most people that a programme considers, even if each has a very small chance.
constexpr int kMostPeople = 160;
// Costs, in people, that differ by less are equal; the lower level is taken then.
constexpr double kSame = 1e-3;

// How many people to ask if one can ask only once: the number with the least people + price x
// failure. Returns the largest such number over all gaps of up to `seats` seats.
int one_shot(double yes, double price, int seats) {
  std::vector<double> exactly(static_cast<std::size_t>(seats), 0.0);  // [n]: n of them say yes
  exactly[0] = 1;
  std::vector<double> least(exactly.size(), price);  // [n]: of a gap of n + 1
  int most = 0;
  // Stop when the people alone cost more than the best cost so far of every gap.
  for (int people = 1; people < price && people < kMostPeople; ++people) {
    for (std::size_t n = exactly.size(); n-- > 0;)
      exactly[n] = exactly[n] * (1 - yes) + (n > 0 ? exactly[n - 1] * yes : 0);
    double fails = 0;
    bool may_pay = false;
    for (std::size_t n = 0; n < exactly.size(); ++n) {
      fails += exactly[n];
      if (people + price * fails < least[n]) {
        least[n] = people + price * fails;
        most = people;
      }
      may_pay = may_pay || people < least[n];
    }
    if (!may_pay) break;
  }
  return most;
}

}  // namespace

Recourse::Recourse(std::span<const double> yes_by, double price, int most_seats)
    : yes_by_(yes_by.begin(), yes_by.end()), price_(price), most_(std::max(1, most_seats)) {
  for (std::size_t k = 0; k < yes_by_.size(); ++k)
    yes_by_[k] = std::clamp(std::max(yes_by_[k], k > 0 ? yes_by_[k - 1] : 0.0), 1e-6, 1.0);
  // Bound the people to consider in each period. With more reviews to come one asks fewer people
  // than with one chance only, so that number is a bound. The programme itself counts with
  // `reckoned`, which is below yes_by where that rises late, so both are tried. Waiting never adds
  // people, so a longer period's number is enough for a shorter one.
  const double first = yes_by_.front();
  std::vector<double> reckoned{first};
  for (std::size_t k = 1; k < yes_by_.size(); ++k) {
    const double later = still_worth(static_cast<int>(k + 1)) * reckoned.back();
    reckoned.push_back(std::min(yes_by_[k], first + (1 - first) * later));
  }
  people_.assign(yes_by_.size() + 1, 0);
  for (std::size_t k = yes_by_.size(); k > 0; --k) {
    const int once =
        std::max(one_shot(yes_by_[k - 1], price_, most_), one_shot(reckoned[k - 1], price_, most_));
    people_[k - 1] = people_[k] = std::max(people_[k], std::min(kMostPeople, once + once / 4 + 4));
  }
  const auto seats = static_cast<std::size_t>(most_);
  starts_.push_back(0);
  for (const int people : people_)
    starts_.push_back(starts_.back() + (seats + 1) * static_cast<std::size_t>(people + 1));
  costs_.assign(starts_.back(), 0);
  fails_.assign(starts_.back(), 0);
  levels_.assign(people_.size() * (seats + 1), 0);
  const auto people = static_cast<std::size_t>(people_.front());
  says_yes_.assign((people + 1) * seats, 0);
  says_yes_[0] = 1;
  const double yes = yes_by_.front();
  for (std::size_t v = 1; v <= people; ++v)
    for (std::size_t j = 0; j < seats; ++j)
      says_yes_[v * seats + j] =
          static_cast<float>(says_yes_[(v - 1) * seats + j] * (1 - yes) +
                             (j > 0 ? says_yes_[(v - 1) * seats + j - 1] * yes : 0));
  for (std::size_t i = at(0, 1, 0); i < starts_[1]; ++i) {
    costs_[i] = static_cast<float>(price_);
    fails_[i] = 1;
  }
  for (int k = 1; k <= periods(); ++k) solve_period(k);
}

std::size_t Recourse::at(int periods, int missing, int outstanding) const noexcept {
  const auto k = static_cast<std::size_t>(periods);
  return starts_[k] + static_cast<std::size_t>(missing * (people_[k] + 1) + outstanding);
}

double Recourse::still_worth(int k) const {
  const double yes = yes_by_.front();
  if (k < 2 || yes >= 1) return 0;
  const double rest = yes_by_[static_cast<std::size_t>(k - 1)] - yes;
  const double fresh_later = yes_by_[static_cast<std::size_t>(k - 2)];
  return std::clamp(rest / fresh_later / (1 - yes), 0.0, 1.0);
}

// Solves one period. In it each outstanding person says yes, or stays worth as much as somebody
// asked at its end, or becomes worth nothing (a no, or a long silence). After it one may ask again.
void Recourse::solve_period(int k) {
  const auto still = static_cast<float>(still_worth(k));

  // later[m][w]: with m missing and w people who did not say yes, before asking again.
  const int people = people_[static_cast<std::size_t>(k)];
  const auto width = static_cast<std::size_t>(people + 1);
  std::vector<float> later_costs(static_cast<std::size_t>(most_ + 1) * width, 0);
  std::vector<float> later_fails(later_costs.size(), 0);
  std::vector<float> costs(width);
  std::vector<float> fails(width);
  for (int m = 1; m <= most_; ++m) {
    // By the number of people who are still worth something, after asking up to the level.
    const int level = levels_[level_at(k - 1, m)];
    for (int r = 0; r <= people; ++r) {
      const std::size_t then = at(k - 1, m, std::max(r, level));
      costs[static_cast<std::size_t>(r)] =
          costs_[then] + static_cast<float>(std::max(0, level - r));
      fails[static_cast<std::size_t>(r)] = fails_[then];
    }
    // Add people one by one; each stays worth something with chance `still`. After w people,
    // costs[i] is the mean cost of i people and those of the w who stayed.
    float* const later_cost = &later_costs[static_cast<std::size_t>(m) * width];
    float* const later_fail = &later_fails[static_cast<std::size_t>(m) * width];
    for (std::size_t w = 0; w < width; ++w) {
      later_cost[w] = costs[0];
      later_fail[w] = fails[0];
      for (std::size_t i = 0; i + 1 < width - w; ++i) {
        costs[i] += still * (costs[i + 1] - costs[i]);
        fails[i] += still * (fails[i + 1] - fails[i]);
      }
    }
  }
  for (int m = 1; m <= most_; ++m) {
    double least = 1e300;
    for (int v = 0; v <= people; ++v) {
      const float* row = &says_yes_[static_cast<std::size_t>(v * most_)];
      float cost = 0;
      float fail = 0;
      for (int j = 0; j < std::min(m, v + 1); ++j) {
        const std::size_t then =
            static_cast<std::size_t>(m - j) * width + static_cast<std::size_t>(v - j);
        cost += row[j] * later_costs[then];
        fail += row[j] * later_fails[then];
      }
      costs_[at(k, m, v)] = cost;
      fails_[at(k, m, v)] = fail;
      if (cost + static_cast<float>(v) < least - kSame) {
        least = cost + static_cast<float>(v);
        levels_[level_at(k, m)] = v;
      }
    }
  }
}

Recourse::Value Recourse::value(int k, int missing, double outstanding) const {
  if (missing <= 0) return {0, 0};
  // A larger gap counts as several of the largest exact one, side by side.
  const double share = missing > most_ ? static_cast<double>(most_) / missing : 1.0;
  const int m = std::min(missing, most_);
  const int people = people_[static_cast<std::size_t>(k)];
  const double v = std::clamp(outstanding * share, 0.0, static_cast<double>(people));
  const int below = static_cast<int>(v);
  const std::size_t a = at(k, m, below);
  const std::size_t b = at(k, m, std::min(below + 1, people));
  const double part = v - below;
  return {(costs_[a] + part * (costs_[b] - costs_[a])) / share,
          fails_[a] + part * (fails_[b] - fails_[a])};
}

double Recourse::level(int k, std::span<const double> missing) const {
  double largest = 1;
  for (std::size_t m = 1; m < missing.size(); ++m)
    if (missing[m] > 0) largest = std::max(largest, static_cast<double>(m) / most_);
  const double most = std::ceil(people_[static_cast<std::size_t>(k)] * largest);
  double best = 0;
  double least = 1e300;
  for (int v = 0; v <= static_cast<int>(most); ++v) {
    double cost = v;
    for (std::size_t m = 1; m < missing.size(); ++m)
      if (missing[m] > 0) cost += missing[m] * value(k, static_cast<int>(m), v).cost;
    if (cost < least - kSame) {
      least = cost;
      best = v;
    }
  }
  return best;
}

double Recourse::failure(int k, std::span<const double> missing, double outstanding) const {
  const double after = std::max(outstanding, level(k, missing));
  double fails = 0;
  for (std::size_t m = 1; m < missing.size(); ++m)
    if (missing[m] > 0) fails += missing[m] * value(k, static_cast<int>(m), after).fails;
  return fails;
}

std::shared_ptr<const Recourse> Recourses::find_or_solve(
    const Key& key, const std::function<std::shared_ptr<const Recourse>()>& solve) {
  // A full cache is emptied. Filling it again takes as much work as one night.
  constexpr std::size_t kMostBytes = 16U << 20;
  if (solved_->size_bytes > kMostBytes) *solved_ = {};
  std::shared_ptr<const Recourse>& found = solved_->by_key[key];
  if (!found) {
    found = solve();
    solved_->size_bytes += found->size_bytes();
  }
  return found;
}

}  // namespace tocsin::callout
