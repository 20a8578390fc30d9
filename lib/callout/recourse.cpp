#include "callout/recourse.h"

#include <algorithm>
#include <cmath>

namespace tocsin::callout {

namespace {

// Row n holds the probabilities of 0..n successes of n people.
class Binomials {
 public:
  Binomials(int people, double chance) : width_(static_cast<std::size_t>(people) + 1) {
    rows_.assign(width_ * width_, 0.0);
    rows_[0] = 1;
    for (std::size_t n = 1; n < width_; ++n)
      for (std::size_t k = 0; k <= n; ++k)
        rows_[n * width_ + k] = (k < n ? rows_[(n - 1) * width_ + k] * (1 - chance) : 0) +
                                (k > 0 ? rows_[(n - 1) * width_ + k - 1] * chance : 0);
  }
  const double* row(int people) const { return &rows_[static_cast<std::size_t>(people) * width_]; }

 private:
  std::size_t width_;
  std::vector<double> rows_;
};

// The search for a level ends here: as often as the mean need, and never more people than this for
// one gap, however small the chance of each.
constexpr double kTimesTheNeed = 3;
constexpr int kMostPeople = 160;

}  // namespace

Recourse::Recourse(std::span<const double> yes_by, double price, int most_seats)
    : yes_by_(yes_by.begin(), yes_by.end()), price_(price), most_(std::max(1, most_seats)) {
  for (std::size_t k = 0; k < yes_by_.size(); ++k)
    yes_by_[k] = std::clamp(std::max(yes_by_[k], k > 0 ? yes_by_[k - 1] : 0.0), 1e-6, 1.0);
  const double yield = yes_by_.empty() ? 1.0 : yes_by_.back();
  people_ = std::min(kMostPeople, static_cast<int>(std::ceil(kTimesTheNeed * most_ / yield)) + 8);
  const auto cells = static_cast<std::size_t>(periods() + 1) * static_cast<std::size_t>(most_ + 1) *
                     static_cast<std::size_t>(people_ + 1);
  values_.assign(cells, Value{0, 0});
  levels_.assign(static_cast<std::size_t>(periods() + 1) * static_cast<std::size_t>(most_ + 1), 0);
  for (int m = 1; m <= most_; ++m)
    for (int v = 0; v <= people_; ++v) values_[at(0, m, v)] = {price_, 1};
  for (int k = 1; k <= periods(); ++k) solve_period(k);
}

std::size_t Recourse::at(int periods, int missing, int outstanding) const noexcept {
  return (static_cast<std::size_t>(periods) * static_cast<std::size_t>(most_ + 1) +
          static_cast<std::size_t>(missing)) *
             static_cast<std::size_t>(people_ + 1) +
         static_cast<std::size_t>(outstanding);
}

// One period: each of the outstanding says yes in it, or is still worth as much as somebody asked
// at its end, or is not (a no, or a silence that has grown long). Then one may ask again.
void Recourse::solve_period(int k) {
  const double yes = yes_by_.front();
  const double rest = yes_by_[static_cast<std::size_t>(k - 1)] - yes;
  const double fresh_later = k > 1 ? yes_by_[static_cast<std::size_t>(k - 2)] : 1.0;
  const double still =
      k > 1 && yes < 1 ? std::clamp(rest / fresh_later / (1 - yes), 0.0, 1.0) : 0.0;
  const Binomials says_yes(people_, yes);
  const Binomials stays(people_, still);

  // later[m][w]: m missing and w people who did not say yes, before one may ask again.
  const auto width = static_cast<std::size_t>(people_ + 1);
  std::vector<Value> later(static_cast<std::size_t>(most_ + 1) * width, Value{0, 0});
  for (int m = 1; m <= most_; ++m) {
    const int level =
        levels_[static_cast<std::size_t>(k - 1) * static_cast<std::size_t>(most_ + 1) +
                static_cast<std::size_t>(m)];
    const Value at_level = values_[at(k - 1, m, level)];
    for (int w = 0; w <= people_; ++w) {
      Value sum{0, 0};
      const double* row = stays.row(w);
      for (int r = 0; r <= w; ++r) {
        const Value& next = r < level ? at_level : values_[at(k - 1, m, r)];
        sum.cost += row[r] * (next.cost + std::max(0, level - r));
        sum.fails += row[r] * next.fails;
      }
      later[static_cast<std::size_t>(m) * width + static_cast<std::size_t>(w)] = sum;
    }
  }
  for (int m = 1; m <= most_; ++m) {
    double least = 1e300;
    for (int v = 0; v <= people_; ++v) {
      Value sum{0, 0};
      const double* row = says_yes.row(v);
      for (int j = 0; j < std::min(m, v + 1); ++j) {
        const Value& then =
            later[static_cast<std::size_t>(m - j) * width + static_cast<std::size_t>(v - j)];
        sum.cost += row[j] * then.cost;
        sum.fails += row[j] * then.fails;
      }
      values_[at(k, m, v)] = sum;
      if (sum.cost + v < least - 1e-9) {
        least = sum.cost + v;
        levels_[static_cast<std::size_t>(k) * static_cast<std::size_t>(most_ + 1) +
                static_cast<std::size_t>(m)] = v;
      }
    }
  }
}

Recourse::Value Recourse::value(int k, int missing, double outstanding) const {
  if (missing <= 0) return {0, 0};
  // A larger gap is so many of the largest exact one, side by side.
  const double share = missing > most_ ? static_cast<double>(most_) / missing : 1.0;
  const int m = std::min(missing, most_);
  const double v = std::clamp(outstanding * share, 0.0, static_cast<double>(people_));
  const int below = static_cast<int>(v);
  const Value& a = values_[at(k, m, below)];
  const Value& b = values_[at(k, m, std::min(below + 1, people_))];
  const double part = v - below;
  return {(a.cost + part * (b.cost - a.cost)) / share, a.fails + part * (b.fails - a.fails)};
}

double Recourse::level(int k, std::span<const double> missing) const {
  double largest = 1;
  for (std::size_t m = 1; m < missing.size(); ++m)
    if (missing[m] > 0) largest = std::max(largest, static_cast<double>(m) / most_);
  double best = 0;
  double least = 1e300;
  for (int v = 0; v <= static_cast<int>(std::ceil(people_ * largest)); ++v) {
    double cost = v;
    for (std::size_t m = 1; m < missing.size(); ++m)
      if (missing[m] > 0) cost += missing[m] * value(k, static_cast<int>(m), v).cost;
    if (cost < least - 1e-9) {
      least = cost;
      best = v;
    }
  }
  return best;
}

double Recourse::failure(int k, std::span<const double> missing, double outstanding) const {
  double fails = 0;
  for (std::size_t m = 1; m < missing.size(); ++m)
    if (missing[m] > 0)
      fails += missing[m] *
               value(k, static_cast<int>(m), std::max(outstanding, level(k, missing))).fails;
  return fails;
}

const Recourse& Recourses::find_or_solve(const Key& key,
                                         const std::function<std::unique_ptr<Recourse>()>& solve) {
  std::unique_ptr<Recourse>& found = solved_[key];
  if (!found) found = solve();
  return *found;
}

}  // namespace tocsin::callout
