#include "drill/scorecard/experiment.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/fault.h"

namespace tocsin::drill {

namespace {

using Reports = std::span<const Report>;

template <class Of>
std::vector<double> each(Reports reports, Of of) {
  std::vector<double> out;
  out.reserve(reports.size());
  for (const Report& report : reports) out.push_back(static_cast<double>(of(report)));
  return out;
}

template <class Of>
Spread spread(Reports reports, Of of) {
  return spread_of(each(reports, of));
}

template <class Of>
double share(Reports reports, Of holds) {
  const auto n = std::count_if(reports.begin(), reports.end(), holds);
  return static_cast<double>(n) / static_cast<double>(reports.size());
}

double ratio(double above, double below) { return below > 0 ? above / below : 0; }

std::vector<PriorityResult> priorities_of(Reports reports) {
  struct Sums {
    int all_on_time = 0;
    double seats = 0;
  };
  std::map<playbook::Priority, Sums> sums;
  for (const Report& report : reports) {
    std::map<playbook::Priority, Filled> filled;
    for (const PostResult& post : report.post_results) {
      if (post.relief) continue;
      filled[post.priority].required += post.seats.required;
      filled[post.priority].on_time += post.seats.on_time;
    }
    for (const auto& [priority, f] : filled) {
      sums[priority].all_on_time += f.all_on_time() ? 1 : 0;
      sums[priority].seats += ratio(f.on_time, f.required);
    }
  }
  std::vector<PriorityResult> out;
  const auto runs = static_cast<double>(reports.size());
  for (const auto& [priority, s] : sums)
    out.push_back({priority, s.all_on_time / runs, s.seats / runs});
  return out;
}

bool is_relief_held(const Report& report) {
  return std::all_of(report.post_results.begin(), report.post_results.end(), [](const auto& post) {
    return !post.relief || post.held >= post.seats.required;
  });
}

// Seats of all shifts that were filled in the end.
int filled_seats(const Report& report) { return report.posts.filled + report.relief.filled; }

enum class Due : std::uint8_t { sooner, later };

AskedPerNeed asked_per_need(Reports reports, Due due) {
  std::vector<double> need;
  std::vector<double> asked;
  double able = 0;
  double would_come = 0;
  double ideal = 0;
  for (const Report& report : reports) {
    need.push_back(0);
    asked.push_back(0);
    for (const PostResult& post : report.post_results) {
      if (post.relief || (post.by < Report::kSoon) != (due == Due::sooner)) continue;
      need.back() += post.from_off_duty;
      asked.back() += post.asked;
    }
    const Yield& yield = due == Due::sooner ? report.yield_sooner : report.yield_later;
    able += yield.able;
    would_come += yield.would_come;
    ideal += ratio(need.back() * yield.able, yield.would_come);
  }
  AskedPerNeed out{spread_of(need), ratio(would_come, able), spread_of(asked), 0};
  out.ratio = ratio(out.asked.mean * static_cast<double>(reports.size()), ideal);
  return out;
}

std::vector<AtRisk> at_risk_in(Reports reports) {
  std::vector<AtRisk> out;
  const auto runs = static_cast<double>(reports.size());
  for (const PostResult& post : reports.front().post_results)
    out.push_back({post.id, post.priority, 0, 0});
  for (const Report& report : reports)
    for (std::size_t p = 0; p < out.size(); ++p) {
      const Filled& seats = report.post_results[p].seats;
      out[p].share_missed += seats.all_on_time() ? 0 : 1 / runs;
      out[p].seats_missed += (seats.required - seats.on_time) / runs;
    }
  std::size_t p = 0;
  std::erase_if(out, [&](const AtRisk& post) {
    return reports.front().post_results[p++].relief || post.seats_missed <= 0;
  });
  std::stable_sort(out.begin(), out.end(), [](const AtRisk& a, const AtRisk& b) {
    return a.share_missed > b.share_missed;
  });
  return out;
}

template <class Of>
Curve curve_of(Reports reports, Of of) {
  Curve curve;
  for (const Look& look : reports.front().looks) {
    const std::size_t i = curve.at.size();
    std::vector<double> values = each(reports, [&](const Report& r) { return of(r, r.looks[i]); });
    std::sort(values.begin(), values.end());
    curve.at.push_back(look.at);
    curve.median.push_back(quantile(values, 0.5));
    curve.p5.push_back(quantile(values, 0.05));
    curve.p95.push_back(quantile(values, 0.95));
  }
  return curve;
}

std::vector<Curve> area_curves(Reports reports) {
  std::vector<Curve> out;
  for (const AreaResult& area : reports.front().areas) {
    const auto seats = [&](const Report& report, const Look& look) {
      int sum = 0;
      for (std::size_t p = 0; p < look.present.size(); ++p) {
        const PostResult& post = report.post_results[p];
        if (!post.relief && post.area == area.id)
          sum += std::min(look.present[p], post.seats.required);
      }
      return sum;
    };
    out.push_back(curve_of(reports, seats));
    out.back().id = area.id;
    out.back().title = area.title;
    out.back().required = area.posts.required;
  }
  return out;
}

nlohmann::json json_of(const AskedPerNeed& a) {
  return {{"need", to_json(a.need)},
          {"yield", rounded(a.yield)},
          {"asked", to_json(a.asked)},
          {"ratio", rounded(a.ratio)}};
}

// How many were asked, and what came of it.
void spread_people(Experiment& e, const Reports& reports) {
  e.asked_by_run = each(reports, [](const Report& r) { return r.people.called; });
  e.asked = spread_of(e.asked_by_run);
  e.reached = spread(reports, [](const Report& r) { return r.people.reached; });
  e.replied = spread(reports, [](const Report& r) { return r.people.replied; });
  e.yes = spread(reports, [](const Report& r) { return r.people.yes; });
  e.offers = spread(reports, [](const Report& r) { return r.people.offers; });
}

void spread_seats(Experiment& e, const Reports& reports) {
  const Report& first = reports.front();
  e.surplus_arrivals = spread(reports, [](const Report& r) { return r.surplus_arrivals; });
  e.interruptions = spread(reports, [](const Report& r) { return r.interruptions; });
  e.interruptions_first_hour =
      spread(reports, [](const Report& r) { return r.interruptions_first_hour; });
  e.seats_on_time = spread(reports, [](const Report& r) { return r.posts.on_time; });
  e.seats_filled = spread(reports, [](const Report& r) { return r.posts.filled; });
  e.asked_per_post_filled =
      spread(reports, [](const Report& r) { return ratio(r.people.called, filled_seats(r)); });
  e.surplus_per_seat = ratio(e.surplus_arrivals.mean, first.posts.required + first.relief.required);
  e.need_from_off_duty = spread(reports, [](const Report& r) {
    int sum = 0;
    for (const PostResult& post : r.post_results) sum += post.relief ? 0 : post.from_off_duty;
    return sum;
  });
  e.sooner = asked_per_need(reports, Due::sooner);
  e.later = asked_per_need(reports, Due::later);
  e.asked_for_relief = spread(reports, [](const Report& r) {
    int sum = 0;
    for (const PostResult& post : r.post_results) sum += post.relief ? post.asked : 0;
    return sum;
  });
}

// How often one person is asked over all runs.
void burden(Experiment& e, const Reports& reports) {
  std::vector<double> times_asked(reports.front().staff, 0);
  for (const Report& report : reports)
    for (const incident::PersonIndex person : report.asked) times_asked[person] += 1;
  std::sort(times_asked.begin(), times_asked.end());
  e.burden_p50 = quantile(times_asked, 0.5);
  e.burden_p95 = quantile(times_asked, 0.95);
  e.burden_most = times_asked.back();
}

}  // namespace

Experiment summarise(Reports reports) {
  TOCSIN_ASSERT(!reports.empty());
  const Report& first = reports.front();
  Experiment e;
  e.exercise = first.exercise;
  e.playbook = first.playbook;
  e.seed = first.seed;
  e.staff = first.staff;
  e.runs = reports.size();
  e.policy = first.policy;
  e.belief = first.belief;

  e.priorities = priorities_of(reports);
  e.share_all_on_time = share(reports, [](const Report& r) { return r.posts.all_on_time(); });
  e.relief_filled_share =
      share(reports, [](const Report& r) { return r.relief.filled == r.relief.required; });
  e.relief_held_share = share(reports, is_relief_held);
  e.first_possible_share =
      share(reports, [](const Report& r) { return r.hindsight.first_on_time; });
  e.relief_possible_share =
      share(reports, [](const Report& r) { return r.hindsight.relief_filled; });
  e.relief_filled_of_possible =
      ratio(share(reports,
                  [](const Report& r) {
                    return r.hindsight.relief_filled && r.relief.filled == r.relief.required;
                  }),
            e.relief_possible_share);
  e.required = first.posts.required;
  spread_people(e, reports);
  spread_seats(e, reports);
  burden(e, reports);
  e.at_risk = at_risk_in(reports);
  Calibrating calibrating;
  for (const Report& report : reports) calibrating.add(report.forecasts);
  e.forecast = calibrating.result();
  e.replies = curve_of(reports, [](const Report&, const Look& look) { return look.replies; });
  e.areas = area_curves(reports);
  return e;
}

nlohmann::json to_json(const Experiment& e) {
  nlohmann::json priorities = nlohmann::json::array();
  double first_on_time = 0;
  for (const PriorityResult& p : e.priorities) {
    priorities.push_back({{"priority", p.priority},
                          {"share_all_on_time", rounded(p.share_all_on_time)},
                          {"seats_on_time", rounded(p.seats_on_time)}});
    if (p.priority == 1) first_on_time = p.share_all_on_time;
  }
  nlohmann::json at_risk = nlohmann::json::array();
  for (const AtRisk& post : e.at_risk)
    at_risk.push_back({{"post", post.post},
                       {"priority", post.priority},
                       {"share_missed", rounded(post.share_missed)},
                       {"seats_missed", rounded(post.seats_missed)}});
  return {{"exercise", e.exercise},
          {"playbook", e.playbook},
          {"seed", e.seed},
          {"staff", e.staff},
          {"runs", e.runs},
          {"policy", to_text(e.policy)},
          {"belief", e.belief},
          {"share_all_priority1_on_time", rounded(first_on_time)},
          {"share_all_on_time", rounded(e.share_all_on_time)},
          {"priorities", std::move(priorities)},
          {"posts",
           {{"required", e.required},
            {"filled", to_json(e.seats_filled)},
            {"on_time", to_json(e.seats_on_time)}}},
          {"asked", to_json(e.asked)},
          {"reached", to_json(e.reached)},
          {"replied", to_json(e.replied)},
          {"yes", to_json(e.yes)},
          {"offers", to_json(e.offers)},
          {"asked_per_post_filled", to_json(e.asked_per_post_filled)},
          {"surplus_arrivals", to_json(e.surplus_arrivals)},
          {"surplus_per_post", rounded(e.surplus_per_seat)},
          {"interruptions", to_json(e.interruptions)},
          {"interruptions_first_hour", to_json(e.interruptions_first_hour)},
          {"relief_filled_share", rounded(e.relief_filled_share)},
          {"relief_held_share", rounded(e.relief_held_share)},
          {"possible",
           {{"priority1_on_time", rounded(e.first_possible_share)},
            {"relief_filled", rounded(e.relief_possible_share)},
            {"relief_filled_of_possible", rounded(e.relief_filled_of_possible)}}},
          {"need_from_off_duty", to_json(e.need_from_off_duty)},
          {"asked_per_need", {{"sooner", json_of(e.sooner)}, {"later", json_of(e.later)}}},
          {"asked_for_relief", to_json(e.asked_for_relief)},
          {"burden", {{"p50", e.burden_p50}, {"p95", e.burden_p95}, {"most", e.burden_most}}},
          {"posts_at_risk", std::move(at_risk)},
          {"forecast", to_json(e.forecast)}};
}

}  // namespace tocsin::drill
