#include "callout/wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
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

double mean_of(const std::vector<double>& spread) {
  double mean = 0;
  for (std::size_t m = 1; m < spread.size(); ++m) mean += static_cast<double>(m) * spread[m];
  return mean;
}

// How many are asked in all for each who is needed, as a rule: half as many again as the need over
// the yield. (A study of separate skill groups found 1.4 to 1.85; the drill reports what it was.)
constexpr double kStory = 1.5;

constexpr double kForEver = 1e6;  // minutes

// One deadline as the planning sees it.
struct Gap {
  double left = 0;              // minutes
  double window = 0;            // minutes in which a yes is early enough
  bool is_late = false;         // it cannot be met by anybody who is asked now
  double says_yes = 0;          // of those who answer
  double until_phone = -1;      // of somebody asked now; below zero: not within the window
  int periods = 1;              // reviews that can still help
  double length = kReview;      // of a period, minutes
  double fresh = 0;             // the chance of one more person, asked now
  std::vector<double> missing;  // spread of the seats still missing
  double expected = 0;          // yeses in time to come from those who were asked

  bool is_sure() const { return missing[0] >= 1; }
  bool is_soon() const { return window <= kPeriods * kReview; }
};

// Close enough is near enough, and posts share what was solved.
double coarse(double until_phone) {
  if (until_phone < 0) return -1;
  const double grain = until_phone <= 30 ? kReview : 6 * kReview;
  return std::round(until_phone / grain) * grain;
}

class Planner {
 public:
  Planner(const Question& question, const Belief& belief, Recourses& recourses)
      : question_(question), belief_(belief), recourses_(recourses), room_(question.group_room) {}

  Wave plan();

 private:
  struct Supply {
    std::uint32_t kind;
    Asked asked;
    // The part of them that nothing more important needs: of their answer within the hour, and of
    // their answer in the end.
    double soon = 1;
    double later = 1;
  };
  struct Site {
    const Post* post;
    // The post's own, and a last one: that its seats are filled at all, as soon as may be.
    std::vector<Deadline> deadlines;
    std::vector<const Candidate*> able;  // in the order in which they would be asked
    std::vector<Supply> own;             // asked, and counted on here
    std::size_t line = 0;                // how many of `able` stand in a line for it
  };

  double aim_of(const Site& site) const;
  void list_able(Site& site) const;
  Gap gap_of(const Site& site, std::size_t deadline) const;
  void reckon_window(Gap& gap, const Post& post, double window) const;
  double chance_of(const Supply& supply, const Gap& gap) const;
  double supply(const Site& site, const Gap& gap) const;
  bool is_free(const Candidate& c) const;
  static Asked asked_now(const Candidate& c, double until_phone) {
    return {std::max(0.0, c.silent_for), c.travel, until_phone};
  }
  const Recourse& recourse(const Gap& gap, int price);
  int price_for(std::span<const Site> rank);
  void serve(Site& site, int price);
  bool ask(Site& site, Gap& gap, double wanted);
  void borrow(Site& site, const Gap& gap, double wanted);
  void spill(Site& site, const Gap& gap);
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

// The minutes left for the first seats that somebody who is asked now could still fill in time.
double Planner::aim_of(const Site& site) const {
  const double nearest = belief_.journeys().sure(0) + kReview;
  for (const Deadline& deadline : site.deadlines)
    if (deadline.left >= nearest && missing_of(deadline)[0] < 0.5) return deadline.left;
  return std::max(site.deadlines.back().left, nearest);
}

void Planner::list_able(Site& site) const {
  const Post& post = *site.post;
  const double left = aim_of(site);
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
    if (c.silent_for >= 0 && !post.takes_later) continue;
    const auto at = in_line.find(c.person);
    const std::size_t place = at == in_line.end() ? in_line.size() : at->second;
    site.line += at == in_line.end() ? 0 : 1;
    // What a yes from this person costs: disturbing them, more for those who were called of late.
    const double chance = std::max(1e-6, belief_.in_time(asked_now(c, post.until_phone), left));
    ranked.push_back({{place, c.rest_broken, !c.on_call, (1.0 + c.burden) / chance,
                       versatility_[c.kind], c.travel, c.person},
                      &c});
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return a.key < b.key; });
  for (const Ranked& r : ranked) site.able.push_back(r.candidate);
}

double Planner::chance_of(const Supply& s, const Gap& gap) const {
  Asked asked = s.asked;
  if (gap.until_phone < 0) asked.until_phone = -1;
  return (gap.is_soon() ? s.soon : s.later) * gap.says_yes * belief_.in_time(asked, gap.left);
}

double Planner::supply(const Site& site, const Gap& gap) const {
  double sum = 0;
  for (const Supply& s : site.own) sum += chance_of(s, gap);
  return sum;
}

bool Planner::is_free(const Candidate& c) const {
  return !taken_[static_cast<std::size_t>(&c - question_.candidates.data())] && room_[c.group] > 0;
}

// The window in which a yes is early enough differs with every journey. As many people as the story
// will take must still be there to be asked at its end: of so many, the nearest first, the farthest
// counts.
Gap Planner::gap_of(const Site& site, std::size_t index) const {
  const Post& post = *site.post;
  const Deadline& deadline = site.deadlines[index];
  const bool at_all = index + 1 == site.deadlines.size();
  Gap gap;
  gap.missing = missing_of(deadline);
  gap.says_yes = belief_.says_coming() + (post.takes_later ? belief_.says_later() : 0);
  double left = deadline.left;
  std::vector<double> windows;
  const auto look = [&] {
    windows.clear();
    for (const Candidate* c : site.able)
      if (const double window = left - belief_.journeys().sure(c->travel);
          is_free(*c) && window >= kReview)
        windows.push_back(window);
  };
  look();
  if (windows.empty() && at_all && !site.able.empty()) {
    // Nobody can be in time: it is late, and a quarter of an hour of answers must do.
    double nearest = kForEver;
    for (const Candidate* c : site.able)
      if (is_free(*c)) nearest = std::min(nearest, belief_.journeys().sure(c->travel));
    if (nearest < kForEver) left = nearest + kSoon;
    look();
  }
  const double yield = belief_.reach() * gap.says_yes;
  const auto wanted = static_cast<std::size_t>(std::ceil(kStory * mean_of(gap.missing) / yield));
  double window = 0;
  if (!windows.empty()) {
    const auto last =
        windows.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, windows.size() - 1));
    std::nth_element(windows.begin(), last, windows.end(), std::greater<>{});
    window = *last;
  }
  reckon_window(gap, post, window);
  // Everybody is weighed over the same whole periods.
  gap.left = gap.is_late ? left : left - window + gap.length * gap.periods;
  gap.expected = supply(site, gap);
  return gap;
}

void Planner::reckon_window(Gap& gap, const Post& post, double window) const {
  gap.window = window;
  gap.is_late = window < kReview;
  gap.until_phone = coarse(post.until_phone);
  // Beyond an hour more patience pays only as far as the telephone has not rung everyone twice.
  window = std::min(window, std::max(kPeriods * kReview, 2 * gap.until_phone + kReview));
  // Within the hour nobody counts on the switchboard: what it reaches in time comes on top.
  if (window <= kPeriods * kReview) gap.until_phone = -1;
  gap.periods = std::clamp(static_cast<int>(window / kReview), 1, kPeriods);
  // Whole reviews, so that posts share what was solved; but a short window is used to its last
  // minute.
  gap.length = kReview;
  if (gap.periods <= 2) gap.length = std::floor(window / gap.periods);
  if (window > kPeriods * kReview) gap.length = std::ceil(window / kPeriods / kReview) * kReview;
  gap.fresh = std::max(
      1e-6, gap.says_yes * belief_.answers_within(gap.length * gap.periods, gap.until_phone));
}

const Recourse& Planner::recourse(const Gap& gap, int price) {
  const auto per_mille = [](double share) { return static_cast<int>(std::lround(share * 1000)); };
  const Recourses::Key key{per_mille(belief_.reach()),        per_mille(gap.says_yes),
                           per_mille(belief_.picks_up()),     static_cast<int>(gap.length),
                           static_cast<int>(gap.until_phone), price};
  return recourses_.find_or_solve(key, [&] {
    constexpr int kExactSeats = 8;
    std::vector<double> yes_by;
    for (int k = 1; k <= kPeriods; ++k)
      yes_by.push_back(gap.says_yes * belief_.answers_within(gap.length * k, gap.until_phone));
    return std::make_unique<Recourse>(yes_by, price_number(price), kExactSeats);
  });
}

// The lowest price at which all posts of the rank would have reached their target together, had one
// known from the first minute what is believed now; the highest when none does. It is a price for
// the whole story: to demand the target anew at each moment, after bad luck as after good, would
// ask far more people for the same end.
int Planner::price_for(std::span<const Site> rank) {
  std::vector<Gap> gaps;
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
      gaps.push_back(std::move(gap));
    }
  }
  const auto reaches = [&](int number) {
    double all = 1;
    for (const Gap& gap : gaps)
      all *= 1 - recourse(gap, number).failure(gap.periods, gap.missing, 0);
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
void Planner::borrow(Site& site, const Gap& gap, double wanted) {
  for (std::size_t i = 0; i < spare_.size() && wanted > 0;) {
    const bool can = (*question_.can_hold[spare_[i].kind])[site.post->post];
    const double chance = can ? chance_of(spare_[i], gap) : 0;
    if (chance <= 0) {
      ++i;
      continue;
    }
    wanted -= chance;
    site.own.push_back(spare_[i]);
    spare_.erase(spare_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

// Of those asked more will say yes in the end than there are seats, because some of them say so too
// late: what the seats do not take is there for less important ones, a later shift above all.
void Planner::spill(Site& site, const Gap& gap) {
  const double seats = mean_of(gap.missing);
  double in_the_end = 0;
  for (const Supply& s : site.own)
    in_the_end += s.later * gap.says_yes * belief_.in_time(s.asked, kForEver);
  const auto rest = [&](double all) { return all > seats ? 1 - seats / all : 0; };
  const double soon = rest(supply(site, gap));
  const double later = rest(in_the_end);
  for (Supply& s : site.own) {
    s.soon *= soon;
    s.later *= later;
    if (s.soon > 0 || s.later > 0) spare_.push_back(s);
  }
}

// The chance that a seat stays empty when nobody is left to ask.
double Planner::without_recourse(const Site& site, const Gap& gap) const {
  Deadline all;
  all.seats = static_cast<int>(gap.missing.size()) - 1;
  for (const Supply& s : site.own) all.holders.push_back(chance_of(s, gap));
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
      if (!is_free(*c)) continue;
      chance = gap.says_yes * belief_.in_time(asked_now(*c, gap.until_phone), gap.left);
      if (chance > 0) next = c;  // otherwise too far for this deadline
    }
    if (next == nullptr) return false;
    const Asked asked = asked_now(*next, site.post->until_phone);
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
      const Recourse& table = recourse(gap, price);
      keep = table.level(gap.periods, gap.missing) * gap.fresh;
      if (gap.expected < keep) borrow(site, gap, keep - gap.expected);
      gap.expected = supply(site, gap);
      const bool enough = ask(site, gap, keep);
      if (!enough && at_all && post.open > 0) wave_.exhausted.push_back(post.post);
      fails = enough ? table.failure(gap.periods, gap.missing, gap.expected / gap.fresh)
                     : without_recourse(site, gap);
    }
    // Seats that are late for good have nobody left who could be asked.
    if (gap.is_late && at_all && post.open > 0) wave_.exhausted.push_back(post.post);
    if (!at_all) wave_.outlook.push_back({post.post, site.deadlines[d].number, 1 - fails});
    if (at_all) spill(site, gap);
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
