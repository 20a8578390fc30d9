// Compares full allocations of several sizes with LEMON, and measures one reply, withdrawal and
// change. bench_allocation [SEED]
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/allocator.h"
#include "bench/allocation/instance.h"
#include "bench/allocation/processor_time.h"
#include "bench/allocation/yardstick.h"

namespace tocsin::bench {
namespace {

using allocation::Allocator;
using allocation::Problem;
using allocation::Solution;
using base::SeededRandom;

double seconds_of(const std::function<void()>& work) {
  const ProcessorTime watch;
  work();
  return watch.seconds();
}

// The best of a few runs: other work on the machine only makes a run longer.
double best_of(int runs, const std::function<void()>& work) {
  double best = seconds_of(work);
  for (int i = 1; i < runs; ++i) best = std::min(best, seconds_of(work));
  return best;
}

void full(std::string_view name, const Size& size, std::uint64_t seed, bool with_lemon) {
  SeededRandom random{seed};
  const Problem problem = draw_problem(random, size);
  const int runs = size.responders > 20'000 ? 2 : 5;
  const double ours = best_of(runs, [&] { const Allocator allocator{problem}; });
  Solution solution;
  const double whole = seconds_of([&] { solution = allocation::solve(problem); });
  fmt::print(
      "{:<9} {:>7} responders {:>5} posts  {:>6} placed {:>3} posts short  ours {:>8.1f} ms "
      "(with the answer written out {:>8.1f} ms)",
      name, size.responders, size.posts, solution.assignments.size(), solution.unfilled.size(),
      1e3 * ours, 1e3 * whole);
  if (with_lemon) {
    auto lemon = solve_by_lemon(problem);
    if (!lemon) {
      fmt::print("  LEMON: needs more than 64 bits\n");
      return;
    }
    double run = lemon->run_seconds;
    for (int i = 1; i < runs; ++i) run = std::min(run, solve_by_lemon(problem)->run_seconds);
    const bool equal = allocation::objective_of(problem, lemon->assignments) == solution.objective;
    fmt::print("  LEMON {:>8.1f} ms on {} arcs, ratio {:.2f}, objective {}", 1e3 * run, lemon->arcs,
               ours / run, equal ? "equal" : "DIFFERS");
  }
  fmt::print("\n");
}

void print_times(std::string_view what, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return 1e6 * times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  fmt::print("  {:<26} p50 {:>7.1f} us  p90 {:>7.1f} us  p99 {:>7.1f} us  worst {:>7.1f} us\n",
             what, at(0.5), at(0.9), at(0.99), at(1.0));
}

void replies(std::string_view name, const Size& size, std::uint64_t seed) {
  SeededRandom random{seed};
  Problem problem = draw_problem(random, size);
  Allocator allocator{problem};
  std::vector<double> added;
  std::vector<double> removed;
  std::vector<double> changed;
  constexpr std::size_t kCalls = 4000;
  for (std::size_t i = 0; i < kCalls; ++i) {
    auto& responder = problem.responders[random.below(problem.responders.size())];
    removed.push_back(seconds_of([&] { allocator.remove(responder.id); }));
    responder = draw_responder(random, size, size.responders + i);
    added.push_back(seconds_of([&] { allocator.add(responder); }));
    auto& other = problem.responders[random.below(problem.responders.size())];
    other.eta += allocation::Minutes{static_cast<std::int64_t>(random.below(20))};
    changed.push_back(seconds_of([&] { allocator.change(other); }));
  }
  const bool equal = allocator.solution().objective == allocation::solve(problem).objective;
  fmt::print("{}: {} responders, {} posts, {} calls each; the end {} a fresh solve\n", name,
             size.responders, size.posts, kCalls, equal ? "equals" : "DIFFERS FROM");
  print_times("one more responder", added);
  print_times("one less", removed);
  print_times("another arrival time", changed);
}

int run(std::uint64_t seed) {
  constexpr double kPlenty = 0.3;
  constexpr double kScarce = 1.5;
  for (const std::size_t responders : {1'000U, 10'000U, 100'000U}) {
    full("plenty", {responders, 180, kPlenty}, seed, true);
    full("scarce", {responders, 180, kScarce}, seed, true);
  }
  full("plenty", {10'000, 1'000, kPlenty}, seed, true);
  full("scarce", {10'000, 1'000, kScarce}, seed, true);
  replies("plenty", {10'000, 180, kPlenty}, seed);
  replies("scarce", {10'000, 180, kScarce}, seed);
  return 0;
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  std::uint64_t seed = 1;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), seed);
  return tocsin::bench::run(seed);
}
