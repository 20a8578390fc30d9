// How many people to ask now for a gap, when more can be asked later. A dynamic programme over
// review periods weighs each person disturbed against the chance that a seat stays empty
// (tocsin-forecast(7) derives it). Knows numbers of people only.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace tocsin::callout {

class Recourse {
 public:
  // `yes_by[k]` is the chance that somebody asked now says yes in time within k+1 periods; it rises
  // with k and is not empty. `price` is the number of people to disturb rather than leave a seat
  // empty. Gaps of up to `most_seats` are solved exactly, larger ones are scaled.
  Recourse(std::span<const double> yes_by, double price, int most_seats);

  int periods() const noexcept { return static_cast<int>(yes_by_.size()); }
  std::size_t size_bytes() const noexcept { return 2 * costs_.size() * sizeof(float); }

  // The level up to which to ask: how many people should be outstanding, in units of people asked
  // just now, with `periods` left. missing[m] is the chance that m seats are still empty.
  double level(int periods, std::span<const double> missing) const;
  // The chance that a seat stays empty in the end, when `outstanding` people (in the same units)
  // may still answer and every later review asks up to its level.
  double failure(int periods, std::span<const double> missing, double outstanding) const;

 private:
  struct Value {
    double cost;
    double fails;
  };
  std::size_t at(int periods, int missing, int outstanding) const noexcept;
  std::size_t level_at(int periods, int missing) const noexcept {
    return static_cast<std::size_t>(periods * (most_ + 1) + missing);
  }
  Value value(int periods, int missing, double outstanding) const;
  // Somebody was asked with `periods` left and did not say yes in the first of them. Returns what
  // they are worth now, as a part of somebody who is asked now.
  double still_worth(int periods) const;
  void solve_period(int periods);

  std::vector<double> yes_by_;
  double price_;
  int most_;                 // seats
  std::vector<int> people_;  // [periods]: the largest number outstanding that is solved
  // Just after people were asked: [periods][missing][outstanding]; a period begins at starts_.
  // Single precision, so that twice as many fit into a vector register.
  std::vector<std::size_t> starts_;
  std::vector<float> costs_;
  std::vector<float> fails_;
  std::vector<int> levels_;      // [periods][missing]
  std::vector<float> says_yes_;  // [outstanding][yeses in one period, fewer than all seats]: chance
};

// A cache of solved programmes: a night needs a few of them again and again, and the next night
// many of the same. It never changes a result. Copies share it; for one thread at a time.
class Recourses {
 public:
  // Holds everything that a programme is solved from.
  struct Key {
    int answers, yes, picks_up;  // numbers of the rounded shares
    int length, phone;           // minutes; phone below 0: never
    int price;                   // number of the price
    int seats;                   // most_seats
    auto operator<=>(const Key&) const = default;
  };
  std::shared_ptr<const Recourse> find_or_solve(
      const Key& key, const std::function<std::shared_ptr<const Recourse>()>& solve);

 private:
  struct Solved {
    std::map<Key, std::shared_ptr<const Recourse>> by_key;
    std::size_t size_bytes = 0;
  };
  std::shared_ptr<Solved> solved_ = std::make_shared<Solved>();
};

}  // namespace tocsin::callout
