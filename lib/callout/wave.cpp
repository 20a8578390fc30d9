#include "callout/wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

namespace tocsin::callout {

namespace {

// An hour of reviews: nineteen of twenty who will answer by device have done so by then.
constexpr int kPeriods = 12;
// A seat that nobody can reach in time any more is planned for as if it were needed so many minutes
// of answers later: three reviews.
constexpr double kSoon = 15;
// The prices tried for an empty seat, each half as much again as the last: from a handful of people
// to more than any hospital has.
constexpr int kPrices = 22;
double price_number(int number) { return 8.0 * std::pow(1.5, number); }

// How many of the holders will not be there: [m] is the chance that m seats are missing.
std::vector<double> missing_of(const Deadline& deadline) {
  const auto seats = static_cast<std::size_t>(std::max(0, deadline.seats));
  // present[n]: n of the holders looked at so far are there; more than the seats count as the
  // seats.
  std::vector<double> present(seats + 1, 0.0);
  present[0] = 1;
  for (const double chance : deadline.holders)
    for (std::size_t n = seats + 1; n-- > 0;) {
      const double comes = n > 0 ? present[n - 1] * chance : 0;
      present[n] = (n == seats ? present[n] : present[n] * (1 - chance)) + comes;
    }
  std::vector<double> missing(seats + 1);
  for (std::size_t n = 0; n <= seats; ++n) missing[seats - n] = present[n];
  return missing;
}

// One deadline as the planning sees it.
struct Gap {
  double left = 0;              // minutes
  double window = 0;            // minutes in which a yes is early enough
  bool is_late = false;         // it cannot be met by anybody who is asked now
  int periods = 1;              // reviews that can still help
  double length = kReview;      // of a period, minutes
  double fresh = 0;             // the chance of one more person, asked now
  std::vector<double> missing;  // spread of the seats still missing
  double expected = 0;          // yeses in time to come from those who were asked

  bool is_sure() const { return missing[0] >= 1; }
};

class Planner {
 public:
  Planner(const Question& question, const Belief& belief, Recourses& recourses)
      : question_(question), belief_(belief), recourses_(recourses), room_(question.group_room) {}

  Wave plan();

 private:
  struct Supply {
    std::uint32_t kind;
    Asked asked;
  };
  struct Site {
    const Post* post;
    // The post's own, and a last one: that its seats are filled at all, as soon as may be.
    std::vector<Deadline> deadlines;
    std::vector<const Candidate*> able;  // in the order in which they would be asked
    std::vector<Supply> own;             // asked, and counted on here
    std::size_t line = 0;                // how many of `able` stand in a line for it
  };

  void list_able(Site& site) const;
  Gap gap_of(const Site& site, std::size_t deadline) const;
  void reckon_window(Gap& gap, const Post& post, double window) const;
  double supply(const Site& site, double left) const;
  const Recourse& recourse(const Post& post, const Gap& gap, int price);
  int price_for(std::span<const Site> rank);
  void serve(Site& site, int price);
  bool ask(Site& site, Gap& gap, double wanted);
  void borrow(Site& site, double left, double wanted);
  void spill(Site& site, double left, double keep);
  double without_recourse(const Site& site, const Gap& gap) const;

  const Question& question_;
  const Belief& belief_;
  Recourses& recourses_;
  std::vector<int> room_;
  std::vector<bool> taken_;
  std::vector<int> versatility_;  // by kind: open posts that it can hold
  std::vector<Supply> spare_;     // asked, and not needed where they were asked for
  Wave wave_;
};

void Planner::list_able(Site& site) const {
  const Post& post = *site.post;
  const double left = gap_of(site, 0).left;
  std::map<std::uint32_t, std::size_t> in_line;
  for (const Line& line : question_.lines)
    if (line.post == post.post)
      for (std::size_t i = 0; i < line.people.size(); ++i) in_line.emplace(line.people[i], i);
  struct Ranked {
    std::tuple<std::size_t, bool, bool, double, int, double, std::uint32_t> key;
    const Candidate* candidate;
  };
  std::vector<Ranked> ranked;
  for (const Candidate& c : question_.candidates) {
    if (!(*question_.can_hold[c.kind])[post.post]) continue;
    const auto at = in_line.find(c.person);
    const std::size_t place = at == in_line.end() ? in_line.size() : at->second;
    site.line += at == in_line.end() ? 0 : 1;
    // What a yes from this person costs: disturbing them, more for those who were called of late.
    const double chance =
        std::max(1e-6, belief_.in_time(Asked{0, c.travel, post.until_phone}, left));
    ranked.push_back({{place, c.rest_broken, !c.on_call, (1.0 + c.burden) / chance,
                       versatility_[c.kind], c.travel, c.person},
                      &c});
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return a.key < b.key; });
  for (const Ranked& r : ranked) site.able.push_back(r.candidate);
}

double Planner::supply(const Site& site, double left) const {
  double sum = 0;
  for (const Supply& s : site.own) sum += belief_.in_time(s.asked, left);
  return sum;
}

Gap Planner::gap_of(const Site& site, std::size_t index) const {
  const Post& post = *site.post;
  const Deadline& deadline = site.deadlines[index];
  Gap gap;
  gap.missing = missing_of(deadline);
  // The journey of those who would be asked: of as many as the gap could want, the nearest first.
  double travel = 0;
  int counted = 0;
  const int most = 2 * std::max(1, deadline.seats);
  for (const Candidate* c : site.able) {
    if (counted == most) break;
    if (taken_[static_cast<std::size_t>(c - question_.candidates.data())]) continue;
    travel += c->travel;
    ++counted;
  }
  if (counted == 0)
    for (const Supply& s : site.own) travel += s.asked.travel, ++counted;
  const double journey = belief_.journeys().sure(counted > 0 ? travel / counted : 0);
  const bool at_all = index + 1 == site.deadlines.size();
  const double left = at_all ? std::max(deadline.left, journey + kSoon) : deadline.left;
  reckon_window(gap, post, left - journey);
  // Everybody is weighed over the same whole periods.
  gap.left = gap.is_late ? left : journey + gap.length * gap.periods;
  gap.expected = supply(site, gap.left);
  return gap;
}

void Planner::reckon_window(Gap& gap, const Post& post, double window) const {
  gap.window = window;
  gap.is_late = window < kReview;
  // Beyond an hour more patience pays only as far as the telephone has not rung everyone twice.
  window = std::min(window, std::max(kPeriods * kReview, 2 * post.until_phone + kReview));
  gap.periods = std::clamp(static_cast<int>(window / kReview), 1, kPeriods);
  // Whole reviews, so that posts share tables; but a short window is used to its last minute.
  gap.length =
      window > kPeriods * kReview || gap.periods <= 2 ? std::floor(window / gap.periods) : kReview;
  gap.fresh = std::max(1e-6, belief_.yes_within(gap.length * gap.periods, post.until_phone));
}

const Recourse& Planner::recourse(const Post& post, const Gap& gap, int price) {
  const auto per_mille = [](double share) { return static_cast<int>(std::lround(share * 1000)); };
  // Close enough is near enough, and shares what was solved among posts.
  const int phone = post.until_phone < 0
                        ? -1
                        : static_cast<int>(std::round(post.until_phone / kReview) * kReview);
  const Recourses::Key key{per_mille(belief_.reach()),
                           per_mille(belief_.says_coming()),
                           per_mille(belief_.picks_up()),
                           static_cast<int>(gap.length),
                           phone,
                           price};
  return recourses_.find_or_solve(key, [&] {
    constexpr int kExactSeats = 8;
    std::vector<double> yes_by;
    for (int k = 1; k <= kPeriods; ++k) yes_by.push_back(belief_.yes_within(gap.length * k, phone));
    return std::make_unique<Recourse>(yes_by, price_number(price), kExactSeats);
  });
}

// The lowest price at which all posts of the rank would have reached their target together, had one
// known from the first minute what is believed now; the highest when none does. It is a price for
// the whole story: to demand the target anew at each moment, after bad luck as after good, would
// ask far more people for the same end.
int Planner::price_for(std::span<const Site> rank) {
  std::vector<std::pair<const Post*, Gap>> gaps;
  for (const Site& site : rank) {
    bool is_in_time = false;
    for (std::size_t d = 0; d < site.deadlines.size(); ++d) {
      const Deadline& deadline = site.deadlines[d];
      const bool at_all = d + 1 == site.deadlines.size();
      if (deadline.missing_at_first <= 0 || (at_all && is_in_time)) continue;
      Gap gap = gap_of(site, d);
      const double passed = deadline.left_at_first - deadline.left;
      if (!at_all) reckon_window(gap, *site.post, gap.window + passed);
      if (gap.is_late) continue;
      is_in_time = true;
      gap.missing.assign(static_cast<std::size_t>(deadline.missing_at_first) + 1, 0.0);
      gap.missing.back() = 1;
      gaps.emplace_back(site.post, std::move(gap));
    }
  }
  const auto reaches = [&](int number) {
    double all = 1;
    for (const auto& [post, gap] : gaps)
      all *= 1 - recourse(*post, gap, number).failure(gap.periods, gap.missing, 0);
    return all >= rank.front().post->target;
  };
  int low = 0;
  for (int high = kPrices - 1; low < high;) {
    const int middle = (low + high) / 2;
    if (reaches(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

// People who were asked for another post that will do without them.
void Planner::borrow(Site& site, double left, double wanted) {
  for (std::size_t i = 0; i < spare_.size() && wanted > 0;) {
    const double chance = (*question_.can_hold[spare_[i].kind])[site.post->post]
                              ? belief_.in_time(spare_[i].asked, left)
                              : 0;
    if (chance <= 0) {
      ++i;
      continue;
    }
    wanted -= chance;
    site.own.push_back(spare_[i]);
    spare_.erase(spare_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void Planner::spill(Site& site, double left, double keep) {
  double expected = supply(site, left);
  while (!site.own.empty()) {
    const double chance = belief_.in_time(site.own.back().asked, left);
    if (expected - chance < keep) break;
    expected -= chance;
    spare_.push_back(site.own.back());
    site.own.pop_back();
  }
}

// The chance that a seat stays empty when nobody is left to ask.
double Planner::without_recourse(const Site& site, const Gap& gap) const {
  Deadline all;
  all.seats = static_cast<int>(gap.missing.size()) - 1;
  for (const Supply& s : site.own) all.holders.push_back(belief_.in_time(s.asked, gap.left));
  const std::vector<double> short_of = missing_of(all);
  double fails = 0;
  for (std::size_t m = 1; m < gap.missing.size(); ++m) {
    double too_few = 0;  // fewer than m of those outstanding say yes in time
    for (std::size_t n = 0; n < m; ++n) too_few += short_of[short_of.size() - 1 - n];
    fails += gap.missing[m] * too_few;
  }
  return fails;
}

// Asks one after the other until that many yeses in time are to be expected, to the nearest whole
// person. False when nobody is left who could be there in time.
bool Planner::ask(Site& site, Gap& gap, double wanted) {
  std::size_t place = 0;
  while ((wanted - gap.expected) / gap.fresh >= 0.5) {
    const Candidate* next = nullptr;
    double chance = 0;
    for (; place < site.able.size() && next == nullptr; ++place) {
      const Candidate* c = site.able[place];
      if (taken_[static_cast<std::size_t>(c - question_.candidates.data())] || room_[c->group] <= 0)
        continue;
      chance = belief_.in_time(Asked{0, c->travel, site.post->until_phone}, gap.left);
      if (chance > 0) next = c;  // otherwise too far for this deadline
    }
    if (next == nullptr) return false;
    const Asked asked{0, next->travel, site.post->until_phone};
    taken_[static_cast<std::size_t>(next - question_.candidates.data())] = true;
    --room_[next->group];
    wave_.asks.push_back({next->person, site.post->post,
                          place <= site.line ? std::string{"next in line for a key role"}
                          : next->on_call    ? fmt::format("on call, {:.0f} min away", next->travel)
                                          : fmt::format("{} of {} who can hold it, {:.0f} min away",
                                                        place, site.able.size(), next->travel)});
    site.own.push_back({next->kind, asked});
    gap.expected += chance;
  }
  return true;
}

void Planner::serve(Site& site, int price) {
  const Post& post = *site.post;
  for (std::size_t d = 0; d < site.deadlines.size(); ++d) {
    Gap gap = gap_of(site, d);
    const bool at_all = d + 1 == site.deadlines.size();
    double fails = without_recourse(site, gap);
    double keep = 0;
    if (!gap.is_late && !gap.is_sure()) {
      const Recourse& table = recourse(post, gap, price);
      keep = table.level(gap.periods, gap.missing) * gap.fresh;
      if (gap.expected < keep) borrow(site, gap.left, keep - gap.expected);
      gap.expected = supply(site, gap.left);
      const bool enough = ask(site, gap, keep);
      if (!enough && at_all && post.open > 0) wave_.exhausted.push_back(post.post);
      fails = enough ? table.failure(gap.periods, gap.missing, gap.expected / gap.fresh)
                     : without_recourse(site, gap);
    }
    if (!at_all) wave_.outlook.push_back({post.post, static_cast<std::uint32_t>(d), 1 - fails});
    if (at_all) spill(site, gap.left, keep);
  }
}

Wave Planner::plan() {
  taken_.assign(question_.candidates.size(), false);
  versatility_.assign(question_.can_hold.size(), 0);
  for (std::size_t k = 0; k < question_.can_hold.size(); ++k)
    for (const Post& post : question_.posts)
      versatility_[k] += (*question_.can_hold[k])[post.post] && post.open > 0 ? 1 : 0;

  std::vector<Site> sites;
  for (const Post& post : question_.posts) {
    Site site;
    site.post = &post;
    site.deadlines = post.deadlines;
    site.deadlines.push_back(post.at_all);
    sites.push_back(std::move(site));
  }
  std::map<std::uint32_t, Site*> by_post;
  for (Site& site : sites) by_post[site.post->post] = &site;
  for (const Silent& s : question_.silent) {
    const auto at = by_post.find(s.post);
    (at == by_post.end() ? spare_ : at->second->own).push_back({s.kind, s.asked});
  }
  for (Site& site : sites) list_able(site);
  // The most important first; among equals, whoever has the fewest to draw on.
  std::stable_sort(sites.begin(), sites.end(), [](const Site& a, const Site& b) {
    const auto slack = [](const Site& s) {
      return static_cast<double>(s.able.size()) / std::max(1, s.post->open);
    };
    return std::tuple{a.post->rank, slack(a)} < std::tuple{b.post->rank, slack(b)};
  });
  for (std::size_t first = 0; first < sites.size();) {
    std::size_t last = first;
    while (last < sites.size() && sites[last].post->rank == sites[first].post->rank) ++last;
    const int price = price_for({&sites[first], last - first});
    for (std::size_t s = first; s < last; ++s) serve(sites[s], price);
    first = last;
  }
  return std::move(wave_);
}

}  // namespace

Wave plan_wave(const Question& question, const Belief& belief, Recourses& recourses) {
  return Planner{question, belief, recourses}.plan();
}

}  // namespace tocsin::callout
