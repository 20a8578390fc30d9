// The result of many runs of one playbook with one policy: shares, means and distributions, for
// scripts and for the scorecard. The same reports give the same result.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "drill/report/calibration.h"
#include "drill/report/report.h"
#include "drill/report/spread.h"

namespace tocsin::drill {

// Compares the people asked with those whom a caller would ask who hears every answer at once: the
// seats that staff on duty do not hold, divided by the share of people who would come.
struct AskedPerNeed {
  Spread need;       // seats of the first shift to fill with people off duty
  double yield = 0;  // among people who can hold the posts, the share who would say "coming"
  Spread asked;      // people asked for these posts
  double ratio = 0;  // mean asked ÷ mean (need ÷ yield of that run); 0 when nothing was needed
};

// A post of the first shift that was short or late in some of the runs.
struct AtRisk {
  std::string post;
  playbook::Priority priority = 1;
  double share_missed = 0;  // runs in which one of its seats was empty when it was needed
  double seats_missed = 0;  // mean
};

struct Curve {
  std::string id;
  std::string title;
  int required = 0;
  std::vector<base::Minutes> at;
  std::vector<double> median, p5, p95;
};

struct PriorityResult {
  playbook::Priority priority = 1;
  double share_all_on_time = 0;  // runs in which all its seats were filled when needed
  double seats_on_time = 0;      // mean share of its seats
};

struct Experiment {
  std::string exercise, playbook;  // of the first run
  std::uint64_t seed = 0;
  std::size_t staff = 0;
  std::size_t runs = 0;
  Policy policy = Policy::measured;
  double belief = 1;

  std::vector<PriorityResult> priorities;  // of the first shift
  double share_all_on_time = 0;            // the whole first shift
  double relief_filled_share = 0;          // runs in which every later seat had its holder there
  double relief_held_share = 0;            // runs in which every later seat had a holder
  // The share of runs in which it was possible (hindsight.h), and of those, in which it happened.
  double first_possible_share = 0;
  double relief_possible_share = 0;
  double relief_filled_of_possible = 0;
  int required = 0;  // seats of the first shift
  Spread asked, reached, replied, yes, surplus_arrivals, interruptions, interruptions_first_hour;
  Spread offers, seats_on_time, seats_filled;
  Spread asked_per_post_filled;  // people disturbed per filled seat of all shifts
  double surplus_per_seat = 0;   // mean surplus arrivals ÷ seats of all shifts
  Spread need_from_off_duty;
  AskedPerNeed sooner, later;  // posts due within Report::kSoon, and all others
  Spread asked_for_relief;     // people whose request named a post of a later shift

  // How often the person with the same number was asked, over all runs.
  double burden_p50 = 0, burden_p95 = 0, burden_most = 0;
  std::vector<AtRisk> at_risk;  // most often missed first
  Calibration forecast;
  Curve replies;             // people who have answered
  std::vector<Curve> areas;  // seats filled; first shift
  std::vector<double> asked_by_run;
};

// Takes at least one report; all must be of one playbook and policy.
Experiment summarise(std::span<const Report> reports);

// tocsin-drill(1), OUTPUT OF MANY SEEDS.
nlohmann::json to_json(const Experiment& experiment);

}  // namespace tocsin::drill
