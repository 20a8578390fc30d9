// Reports of runs that nobody played, with numbers from a seed, for what counts reports. Their
// playbook has two areas, and seven posts of two shifts and three priorities.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "base/random.h"
#include "drill/report/report.h"

namespace tocsin::drill {

inline constexpr std::size_t kMadeUpStaff = 51;

inline int up_to(base::SeededRandom& random, int most) {
  return static_cast<int>(random.below(static_cast<std::uint64_t>(most) + 1));
}

inline void make_up_posts(Report& report, base::SeededRandom& random) {
  report.areas = {{"resus", "Resus <&>", {}}, {"wards", "Wards", {}}};
  for (int p = 0; p < 7; ++p) {
    PostResult post;
    post.id = "post-" + std::to_string(p);
    post.area = p % 2 == 0 ? "resus" : "wards";
    post.priority = 1 + p % 3;
    post.relief = p >= 5;
    post.by = base::Minutes{p % 2 == 0 ? 45 : 90};
    post.seats = {2 + p, up_to(random, 2 + p), std::max(0, 2 + p - up_to(random, 1))};
    post.held = 2 + p - up_to(random, 1);
    post.from_off_duty = up_to(random, 2 + p);
    post.asked = up_to(random, 9);
    report.post_results.push_back(post);
    for (Filled* sum : {post.relief ? &report.relief : &report.posts,
                        post.relief ? nullptr : &report.areas[p % 2 == 0 ? 0 : 1].posts}) {
      if (sum == nullptr) continue;
      sum->required += post.seats.required;
      sum->filled += post.seats.filled;
      sum->on_time += post.seats.on_time;
    }
  }
  if (random.chance(0.4)) report.relief.filled = report.relief.required;
}

inline Report make_up(std::uint64_t seed) {
  base::SeededRandom random{seed};
  Report report;
  report.exercise = "EX-" + std::to_string(seed);
  report.playbook = "made-up";
  report.seed = seed;
  report.staff = kMadeUpStaff;
  make_up_posts(report, random);
  for (incident::PersonIndex p = 0; p < kMadeUpStaff; ++p)
    if (random.chance(0.02 * p)) report.asked.push_back(p);
  report.people.called = static_cast<int>(report.asked.size());
  report.people.reached = up_to(random, report.people.called);
  report.people.replied = up_to(random, report.people.reached);
  report.people.yes = up_to(random, report.people.replied);
  report.surplus_arrivals = up_to(random, 9);
  report.interruptions = random.below(20);
  report.yield_sooner = {20 + up_to(random, 5), 5 + up_to(random, 9)};
  report.yield_later = {20 + up_to(random, 5), 5 + up_to(random, 9)};
  report.hindsight = {random.chance(0.7), random.chance(0.6)};
  int replies = 0;
  for (int minute = 0; minute <= 180; minute += 5) {
    Look look;
    look.at = base::Minutes{minute};
    look.replies = replies += up_to(random, 3);
    for (int p = 0; p < 7; ++p) look.present.push_back(up_to(random, 12));
    report.looks.push_back(std::move(look));
  }
  for (int i = 0; i < 20; ++i) report.forecasts.add({random.uniform(), random.chance(0.5)});
  return report;
}

inline std::vector<Report> made_up(std::uint64_t runs, Policy policy = Policy::measured) {
  std::vector<Report> reports;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    reports.push_back(make_up(seed));
    reports.back().policy = policy;
  }
  return reports;
}

}  // namespace tocsin::drill
