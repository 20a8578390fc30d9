// How many people a gap is worth asking now, when more can still be asked later: a dynamic
// programme over review periods that weighs each person disturbed against the chance that a seat
// stays empty. Derivation: tocsin-forecast(7). Nothing here knows who the people are.
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
  // `yes_by[k]`, not empty: the chance that somebody asked now says yes, in time, within k+1
  // periods; rises with k. `price`: how many people one would disturb rather than leave a seat
  // empty for certain. `most_seats`: gaps up to this many are exact, larger ones are scaled.
  Recourse(std::span<const double> yes_by, double price, int most_seats);

  int periods() const noexcept { return static_cast<int>(yes_by_.size()); }
  std::size_t size_bytes() const noexcept { return 2 * costs_.size() * sizeof(float); }

  // With `periods` left, and the number of seats still empty spread as in `missing` (missing[m] is
  // the chance that m are): up to how many people should be outstanding, counted as if all had
  // been asked just now.
  double level(int periods, std::span<const double> missing) const;
  // The chance that a seat stays empty in the end, when `outstanding` people (counted alike) are
  // waited for and every later review asks up to its level.
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
  // Of somebody who was asked with so many periods left and did not say yes in the first of them:
  // the part that they are still worth of somebody who is asked then.
  double still_worth(int periods) const;
  void solve_period(int periods);

  std::vector<double> yes_by_;
  double price_;
  int most_;                 // seats
  std::vector<int> people_;  // [periods]: the largest number outstanding that is looked at
  // After the question was put: [periods][missing][outstanding], each period from its start on.
  // Single precision, so that twice as many fit into a vector of the processor.
  std::vector<std::size_t> starts_;
  std::vector<float> costs_;
  std::vector<float> fails_;
  std::vector<int> levels_;      // [periods][missing]
  std::vector<float> says_yes_;  // [outstanding][how many do in one period], fewer than all seats
};

// Programmes that were solved before: one night asks the same few again and again, and the next
// night many of the same. A cache, never a memory. Copies share it; for one thread at a time.
class Recourses {
 public:
  // Stands for everything that the programme is solved from.
  struct Key {
    int answers, yes, picks_up;  // numbers of the shares, however they are rounded
    int length, phone;           // minutes; phone below zero: never
    int price;                   // number of the price
    int seats;                   // as many as are exact
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
