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
  // `yes_by[k]`: the chance that somebody asked now says yes, in time, within k+1 periods; rises
  // with k. `price`: how many people one would disturb rather than leave a seat empty for certain.
  // `most_seats`: gaps up to this many are exact, larger ones are scaled.
  Recourse(std::span<const double> yes_by, double price, int most_seats);

  int periods() const noexcept { return static_cast<int>(yes_by_.size()); }

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
  Value value(int periods, int missing, double outstanding) const;
  void solve_period(int periods);

  std::vector<double> yes_by_;
  double price_;
  int most_;                   // seats
  int people_;                 // the largest number outstanding that is looked at
  std::vector<Value> values_;  // after the question was put: [periods][missing][outstanding]
  std::vector<int> levels_;    // [periods][missing]
};

// Programmes that were solved before: one night asks the same few again and again. A cache, never a
// memory.
class Recourses {
 public:
  // `yes_within[k]` of the periods to come, under a key that stands for them.
  struct Key {
    int reach, yes, picks_up;  // parts in a thousand
    int length, phone;         // minutes; phone below zero: never
    int price;                 // number of the price
    auto operator<=>(const Key&) const = default;
  };
  const Recourse& find_or_solve(const Key& key,
                                const std::function<std::unique_ptr<Recourse>()>& solve);

 private:
  std::map<Key, std::unique_ptr<Recourse>> solved_;
};

}  // namespace tocsin::callout
