#include "drill/scorecard/scorecard.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "drill/people/figures.h"

namespace tocsin::drill {

namespace {

using Experiments = std::span<const Experiment>;

constexpr std::size_t kMostAtRisk = 8;

std::string spread_text(const Spread& s) {
  const auto number = [](double value) {
    return value < 10 && value != static_cast<int>(value) ? fmt::format("{:.1f}", value)
                                                          : fmt::format("{:.0f}", value);
  };
  return fmt::format("{} ({}-{})", number(s.mean), number(s.p5), number(s.p95));
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

template <class Of>
Row row(std::string what, Experiments experiments, Of of) {
  Row out{std::move(what), {}};
  for (const Experiment& e : experiments) out.values.push_back(of(e));
  return out;
}

std::string line(const Row& row) {
  std::string out = "  " + base::fit(row.what, 38);
  for (const std::string& value : row.values) out += fmt::format(" {:>18}", value);
  return out + "\n";
}

}  // namespace

std::vector<Row> score_rows(Experiments all) {
  std::vector<Row> rows;
  const auto spread = [&](std::string what, Spread Experiment::*field) {
    rows.push_back(row(std::move(what), all, [&](const auto& e) { return spread_text(e.*field); }));
  };
  const auto share = [&](std::string what, double Experiment::*field) {
    rows.push_back(row(std::move(what), all, [&](const auto& e) { return percent(e.*field); }));
  };
  spread("People asked", &Experiment::asked);
  spread("Reached", &Experiment::reached);
  spread("Said that they are coming", &Experiment::yes);
  spread("People disturbed per post filled", &Experiment::asked_per_post_filled);
  for (std::size_t p = 0; p < all.front().priorities.size(); ++p)
    rows.push_back(row(fmt::format("Every priority {} post on time", all[0].priorities[p].priority),
                       all,
                       [&](const auto& e) { return percent(e.priorities[p].share_all_on_time); }));
  share("Every post on time", &Experiment::share_all_on_time);
  spread(fmt::format("Posts on time, of {}", all.front().required), &Experiment::seats_on_time);
  spread("Came and had no post", &Experiment::surplus_arrivals);
  share("Relief shift filled", &Experiment::relief_filled_share);
  share("  where a broadcast's staff could", &Experiment::relief_filled_of_possible);
  spread("Interruptions of the coordinator", &Experiment::interruptions);
  spread("  of them in the first hour", &Experiment::interruptions_first_hour);
  return rows;
}

std::string scorecard(Experiments experiments) {
  const Experiment& first = experiments.front();
  std::string out =
      fmt::format("EXERCISES {}: {}, {} staff, seeds {} to {}\n", first.exercise, first.playbook,
                  first.staff, first.seed, first.seed + first.runs - 1);
  if (first.belief != 1)
    out += fmt::format("People are reached {} times as often as published\n", first.belief);
  out += "Mean (and what nine in ten runs lay between), or the share of all runs\n\n";
  out += line(row("", experiments, [](const auto& e) { return std::string{to_text(e.policy)}; }));
  for (const Row& r : score_rows(experiments)) out += line(r);

  for (const Experiment& e : experiments) {
    if (e.at_risk.empty()) continue;
    out += fmt::format("\nMost often short or late, {}\n", to_text(e.policy));
    for (std::size_t i = 0; i < std::min(kMostAtRisk, e.at_risk.size()); ++i)
      out += fmt::format("  {} {:>8} of runs, {:.2f} seats\n", base::fit(e.at_risk[i].post, 44),
                         percent(e.at_risk[i].share_missed), e.at_risk[i].seats_missed);
  }
  out += fmt::format("\nPeople behave after {}\n", kFiguresRow);
  return out;
}

}  // namespace tocsin::drill
