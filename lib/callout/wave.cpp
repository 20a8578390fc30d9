#include "callout/wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

namespace tocsin::callout {

namespace {

// When nobody can reach a seat in time any more, the plan gives it this many minutes of answers
// more: three reviews.
constexpr double kSoon = 15;
// The prices of an empty seat that are tried, in people. Each is 1.5 times the one before, from 8
// to more people than any hospital has.
constexpr int kPrices = 22;
double price_number(int number) { return 8.0 * std::pow(1.5, number); }

class Planner {
 public:
  Planner(const Question& question, const Belief& belief, Recourses& recourses)
      : question_(question),
        belief_(belief),
        recourses_(recourses),
        room_(question.group_room),
        slow_(question.slow),
        supplies_(belief, question.can_hold) {}

  Wave plan();

 private:
  struct Opening {
    const Post* post;
    // The deadlines of the post, and a last one (at_all): that its seats are filled at any time.
    std::vector<Deadline> deadlines;
    std::vector<const Candidate*> able;  // in the order in which they would be asked
    std::vector<Supply> own;             // people who were asked and count for this post
    std::size_t line = 0;                // how many of `able` are in a Line for it
  };

  double aim_of(const Opening& opening) const;
  void list_able(Opening& opening) const;
  Gap gap_of(const Opening& opening, std::size_t deadline) const;
  bool is_free(const Candidate& c) const;
  Asked asked_now(const Candidate& c, const Post& post, double until_phone) const;
  double until_sent(const Candidate& c) const;
  // Minutes from now in which to be there takes a yes at once.
  double least(const Candidate& c) const {
    return belief_.journeys().sure(c.travel) + until_sent(c);
  }
  std::shared_ptr<const Recourse> recourse(const Gap& gap, int price);
  int price_for(std::span<const Opening> rank);
  void serve(Opening& opening, int price);
  bool ask(Opening& opening, Gap& gap, double wanted);
  bool may_be_answered(const Opening& opening, const Gap& gap) const;
  static Gap with_all_seats(const Opening& opening, std::size_t deadline, Gap gap);
  double failure_of_all(const Opening& opening, std::size_t deadline, const Gap& gap, int price);

  const Question& question_;
  const Belief& belief_;
  Recourses& recourses_;
  std::vector<int> room_;
  std::vector<SlowChannel> slow_;  // with the people asked now
  std::vector<bool> taken_;
  int to_ring_ = 0;               // people asked now whom only the telephone reaches
  std::vector<int> versatility_;  // by profile: open posts that it can hold
  Supplies supplies_;
  Wave wave_;
};

// The minutes left until the first deadline that somebody who is asked now could still meet.
double Planner::aim_of(const Opening& opening) const {
  const double nearest = belief_.journeys().sure(0) + kReview;
  for (const Deadline& deadline : opening.deadlines)
    if (deadline.left >= nearest && asked_for(deadline)[0] < 0.5) return deadline.left;
  return std::max(opening.deadlines.back().left, nearest);
}

void Planner::list_able(Opening& opening) const {
  const Post& post = *opening.post;
  const double left = aim_of(opening);
  std::map<std::uint32_t, std::size_t> in_line;
  for (const Line& line : question_.lines)
    if (line.post == post.post)
      for (std::size_t i = 0; i < line.people.size(); ++i) in_line.emplace(line.people[i], i);
  struct Ranked {
    std::tuple<std::size_t, bool, bool, bool, double, int, double, std::uint32_t> key;
    const Candidate* candidate;
  };
  std::vector<Ranked> ranked;
  for (const Candidate& c : question_.candidates) {
    if (!(*question_.can_hold[c.profile])[post.post]) continue;
    if (c.silent_for >= 0 && !post.takes_later) continue;
    const auto at = in_line.find(c.person);
    const std::size_t place = at == in_line.end() ? in_line.size() : at->second;
    opening.line += at == in_line.end() ? 0 : 1;
    // The price of a yes from this person: one disturbance, and one more for each recent call, over
    // the chance.
    const double chance =
        std::max(1e-6, belief_.in_time(asked_now(c, post, post.until_phone), left));
    ranked.push_back({{place, c.rest_broken, c.duty_unknown, !c.on_call, (1.0 + c.burden) / chance,
                       versatility_[c.profile], c.travel, c.person},
                      &c});
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return a.key < b.key; });
  for (const Ranked& r : ranked) opening.able.push_back(r.candidate);
}

bool Planner::is_free(const Candidate& c) const {
  return !taken_[static_cast<std::size_t>(&c - question_.candidates.data())] && room_[c.group] > 0;
}

// People with a device are rung when their answer window is over; the others as soon as an operator
// is free.
Asked Planner::asked_now(const Candidate& c, const Post& post, double until_phone) const {
  Asked asked{std::max(0.0, c.silent_for), c.travel, until_phone};
  asked.has_device = c.has_device;
  asked.until_sent = until_sent(c);
  asked.way = c.way;
  if (!c.has_device && post.until_ring >= 0)
    asked.until_phone = post.until_ring + to_ring_ / belief_.calls_a_minute();
  return asked;
}

double Planner::until_sent(const Candidate& c) const {
  return c.slow ? slow_[*c.slow].waiting / slow_[*c.slow].per_minute : 0;
}

// Each journey has its own window in which a yes is early enough. At the end of the gap's window
// there must still be people to ask: as many as the gap takes in all, the nearest ones. So the
// window is that of the farthest of these.
Gap Planner::gap_of(const Opening& opening, std::size_t index) const {
  const Post& post = *opening.post;
  const Deadline& deadline = opening.deadlines[index];
  const bool at_all = index + 1 == opening.deadlines.size();
  Gap gap;
  gap.until = deadline.left;
  gap.missing = asked_for(deadline);
  gap.says_yes = belief_.says_coming() + (post.takes_later ? belief_.says_later() : 0);
  double left = deadline.left;
  std::vector<double> windows;
  const auto look = [&] {
    windows.clear();
    for (const Candidate* c : opening.able)
      if (const double window = left - least(*c); is_free(*c) && window >= kReview)
        windows.push_back(window);
  };
  look();
  if (windows.empty() && at_all && !opening.able.empty()) {
    // Nobody can be in time, so the seats are late. Plan for a quarter of an hour of answers.
    std::optional<double> nearest;
    for (const Candidate* c : opening.able)
      if (const double needs = least(*c); is_free(*c) && (!nearest || needs < *nearest))
        nearest = needs;
    if (nearest) left = *nearest + kSoon;
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
  gap.set_window(window, post.until_phone, belief_);
  // Everybody is judged over the same whole periods.
  gap.left = gap.is_late ? left : left - window + gap.length * gap.periods;
  gap.expected = supplies_.expected(opening.own, gap);
  return gap;
}

// Shares are rounded to a few percent, so that posts, reviews and nights share one solution.
std::shared_ptr<const Recourse> Planner::recourse(const Gap& gap, int price) {
  const auto rounded = [](double share) {
    constexpr double kGrain = 0.03;
    const double number = std::round(std::log(share) / kGrain);
    return std::pair{static_cast<int>(number), std::exp(number * kGrain)};
  };
  const bool rings = gap.until_phone >= 0;
  // Without a telephone only the product counts: the share who answer times the share of yes.
  const auto [yield_number, yield] = rounded(belief_.reach() * gap.says_yes);
  const auto [yes_number, says_yes] = rounded(gap.says_yes);
  // With a telephone each share counts alone. The key holds everything that a programme is solved
  // from, so that no night depends on the nights before it.
  const Recourses::Key key{
      rings ? static_cast<int>(std::lround(belief_.reach() * 100)) : yield_number,
      rings ? yes_number : 0,
      rings ? static_cast<int>(std::lround(belief_.picks_up() * 100)) : 0,
      static_cast<int>(gap.length),
      static_cast<int>(gap.until_phone),
      price,
      gap.most_seats()};
  return recourses_.find_or_solve(key, [&, yield = yield, says_yes = says_yes] {
    std::vector<double> yes_by;
    for (int k = 1; k <= kPeriods; ++k)
      yes_by.push_back(rings ? says_yes * belief_.answers_within(gap.length * k, gap.until_phone)
                             : yield * belief_.delay(gap.length * k));
    return std::make_shared<Recourse>(yes_by, price_number(price), gap.most_seats());
  });
}

// The lowest price with which all posts of the rank together would have reached their target from
// the beginning, with the belief of now; the highest when none does. There is one price for the
// whole time. Demanding the target again at each moment, after bad luck as after good, would ask
// many more people for the same result.
int Planner::price_for(std::span<const Opening> rank) {
  std::vector<Gap> gaps;
  for (const Opening& opening : rank) {
    bool is_in_time = false;
    for (std::size_t d = 0; d < opening.deadlines.size(); ++d) {
      const Deadline& deadline = opening.deadlines[d];
      const bool at_all = d + 1 == opening.deadlines.size();
      if (deadline.missing_at_first <= 0 || (at_all && is_in_time)) continue;
      Gap gap = gap_of(opening, d);
      const double passed = deadline.left_at_first - deadline.left;
      if (!at_all) gap.set_window(gap.window + passed, opening.post->until_phone, belief_);
      if (gap.is_late) continue;
      is_in_time = true;
      gap.missing.assign(static_cast<std::size_t>(deadline.missing_at_first) + 1, 0.0);
      gap.missing.back() = 1;
      gaps.push_back(std::move(gap));
    }
  }
  const auto reaches = [&](int number) {
    const double target = rank.front().post->target;
    double all = 1;
    for (std::size_t g = 0; g < gaps.size() && all >= target; ++g)
      all *= 1 - recourse(gaps[g], number)->failure(gaps[g].periods, gaps[g].missing, 0);
    return all >= target;
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

// Asks people one by one until `wanted` yeses in time are expected, to the nearest whole person.
// False when nobody is left who could be there in time.
bool Planner::ask(Opening& opening, Gap& gap, double wanted) {
  std::size_t place = 0;
  while ((wanted - gap.expected) / gap.fresh >= 0.5) {
    const Candidate* next = nullptr;
    double chance = 0;
    for (; place < opening.able.size() && next == nullptr; ++place) {
      const Candidate* c = opening.able[place];
      if (!is_free(*c)) continue;
      chance =
          gap.says_yes * belief_.in_time(asked_now(*c, *opening.post, gap.until_phone), gap.left);
      if (chance > 0) next = c;  // otherwise too far for this deadline
    }
    if (next == nullptr) return false;
    const Asked asked = asked_now(*next, *opening.post, opening.post->until_phone);
    to_ring_ += next->has_device ? 0 : 1;
    if (next->slow) ++slow_[*next->slow].waiting;
    taken_[static_cast<std::size_t>(next - question_.candidates.data())] = true;
    --room_[next->group];
    wave_.asks.push_back({next->person, opening.post->post,
                          place <= opening.line ? std::string{"next in line for a key role"}
                          : next->on_call ? fmt::format("on call, {:.0f} min away", next->travel)
                                          : fmt::format("{} of {} who can hold it, {:.0f} min away",
                                                        place, opening.able.size(), next->travel)});
    opening.own.push_back({next->profile, asked});
    gap.expected += chance;
  }
  return true;
}

// Whether anybody with a device was asked or can still be asked. The programme counts only people
// with devices, so without any its result means nothing.
bool Planner::may_be_answered(const Opening& opening, const Gap& gap) const {
  return std::any_of(opening.own.begin(), opening.own.end(),
                     [](const Supply& s) { return s.asked.has_device; }) ||
         std::any_of(opening.able.begin(), opening.able.end(), [&](const Candidate* c) {
           return is_free(*c) && c->has_device && gap.left - least(*c) >= kReview;
         });
}

void Planner::serve(Opening& opening, int price) {
  const Post& post = *opening.post;
  for (std::size_t d = 0; d < opening.deadlines.size(); ++d) {
    Gap gap = gap_of(opening, d);
    const bool at_all = d + 1 == opening.deadlines.size();
    double fails = 1;
    bool enough = false;
    if (!gap.is_late && !gap.is_sure()) {
      const auto table = recourse(gap, price);
      const double keep = table->level(gap.periods, gap.missing) * gap.fresh;
      if (gap.expected < keep) supplies_.borrow(opening.own, post.post, gap, keep - gap.expected);
      gap.expected = supplies_.expected(opening.own, gap);
      enough = ask(opening, gap, keep);
      if (!enough && at_all && post.open > 0) wave_.exhausted.push_back(post.post);
      if (enough && may_be_answered(opening, gap)) fails = failure_of_all(opening, d, gap, price);
    }
    const Gap all = with_all_seats(opening, d, gap);
    if (!at_all && !all.is_sure()) {
      if (!enough && !gap.is_sure()) supplies_.borrow_last(opening.own, post.post, post.rank, all);
      // Each chance of failure is too high: one asks nobody else, the other leaves out people who
      // may come. So take the lower one.
      fails = std::min(fails, supplies_.failure(opening.own, all));
    }
    // For seats that are late for good nobody is left to ask.
    if (gap.is_late && !gap.is_sure() && at_all && post.open > 0)
      wave_.exhausted.push_back(post.post);
    if (!at_all)
      wave_.outlook.push_back(
          {post.post, opening.deadlines[d].number, all.is_sure() ? 1 : 1 - fails});
    if (at_all) supplies_.spill(opening.own, gap);
  }
}

// The same gap with the seats for which nobody is asked: they are empty all the same.
Gap Planner::with_all_seats(const Opening& opening, std::size_t deadline, Gap gap) {
  gap.missing = missing_of(opening.deadlines[deadline]);
  return gap;
}

double Planner::failure_of_all(const Opening& opening, std::size_t deadline, const Gap& gap,
                               int price) {
  const Gap all = with_all_seats(opening, deadline, gap);
  return recourse(all, price)->failure(all.periods, all.missing, gap.expected / gap.fresh);
}

Wave Planner::plan() {
  taken_.assign(question_.candidates.size(), false);
  versatility_.assign(question_.can_hold.size(), 0);
  for (std::size_t k = 0; k < question_.can_hold.size(); ++k)
    for (const Post& post : question_.posts)
      versatility_[k] += (*question_.can_hold[k])[post.post] && post.open > 0 ? 1 : 0;

  std::vector<Opening> openings;
  for (const Post& post : question_.posts) {
    Opening opening;
    opening.post = &post;
    opening.deadlines = post.deadlines;
    opening.deadlines.push_back(post.at_all);
    openings.push_back(std::move(opening));
  }
  std::map<std::uint32_t, Opening*> by_post;
  for (Opening& opening : openings) by_post[opening.post->post] = &opening;
  for (const Silent& s : question_.silent) {
    const auto at = by_post.find(s.post);
    if (at == by_post.end())
      supplies_.add({s.profile, s.asked});
    else
      at->second->own.push_back({s.profile, s.asked});
  }
  for (const Movable& m : question_.movable) supplies_.add({m.profile, {}, m.promise, m.rank});
  for (Opening& opening : openings) list_able(opening);
  // The most important posts first; among equals, those with the fewest people for each open seat.
  std::stable_sort(openings.begin(), openings.end(), [](const Opening& a, const Opening& b) {
    const auto slack = [](const Opening& s) {
      return static_cast<double>(s.able.size()) / std::max(1, s.post->open);
    };
    return std::tuple{a.post->rank, slack(a)} < std::tuple{b.post->rank, slack(b)};
  });
  for (std::size_t first = 0; first < openings.size();) {
    std::size_t last = first;
    while (last < openings.size() && openings[last].post->rank == openings[first].post->rank)
      ++last;
    const int price = price_for({&openings[first], last - first});
    for (std::size_t s = first; s < last; ++s) serve(openings[s], price);
    first = last;
  }
  return std::move(wave_);
}

}  // namespace

Wave plan_wave(const Question& question, const Belief& belief, Recourses& recourses) {
  return Planner{question, belief, recourses}.plan();
}

}  // namespace tocsin::callout
