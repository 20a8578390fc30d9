#include "callout/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::callout {

namespace {

// Cheapest to disturb first.
auto order_of(const Candidate& c, const Demand& demand) {
  const bool too_far = demand.within && c.travel > *demand.within;
  return std::tuple{c.rest_broken, too_far, !c.on_call, c.travel, c.person};
}

std::string reason_for(const Candidate& c, std::size_t place, std::size_t able) {
  if (c.on_call) return fmt::format("on call, {} away", base::minutes_text(c.travel));
  return fmt::format("{} of {} who can hold it, {} away", place, able,
                     base::minutes_text(c.travel));
}

}  // namespace

int Demand::wanted() const noexcept {
  if (open <= 0) return 0;
  return std::max(0, static_cast<int>(std::ceil(open * over_call - 1e-9)) - outstanding);
}

Choice choose(std::span<const Demand> demands, std::span<const Candidate> candidates,
              std::span<const std::vector<bool>> can_hold, std::vector<int> group_room) {
  Choice choice;
  std::vector<const Demand*> hungry;
  for (const Demand& demand : demands)
    if (demand.wanted() > 0) hungry.push_back(&demand);
  if (hungry.empty()) return choice;

  std::map<std::uint32_t, std::vector<const Candidate*>> by_kind;
  for (const Candidate& c : candidates) by_kind[c.kind].push_back(&c);

  // How many hungry posts each kind could serve, and how many people each post could draw on.
  std::map<std::uint32_t, std::size_t> versatility;
  std::map<const Demand*, std::size_t> able;
  for (const auto& [kind, people] : by_kind)
    for (const Demand* demand : hungry)
      if (can_hold[kind][demand->post]) {
        ++versatility[kind];
        able[demand] += people.size();
      }
  std::stable_sort(hungry.begin(), hungry.end(), [&](const Demand* a, const Demand* b) {
    const auto slack = [&](const Demand* d) {
      return static_cast<double>(able[d]) / static_cast<double>(d->wanted());
    };
    return std::tuple{a->rank, slack(a), a->post} < std::tuple{b->rank, slack(b), b->post};
  });

  std::vector<bool> taken(candidates.size(), false);
  for (const Demand* demand : hungry) {
    std::vector<const Candidate*> pool;
    for (const auto& [kind, people] : by_kind)
      if (can_hold[kind][demand->post])
        for (const Candidate* c : people)
          if (!taken[static_cast<std::size_t>(c - candidates.data())] && group_room[c->group] > 0)
            pool.push_back(c);
    std::sort(pool.begin(), pool.end(), [&](const Candidate* a, const Candidate* b) {
      const auto key = [&](const Candidate* c) {
        const auto [rest, far, home, travel, person] = order_of(*c, *demand);
        return std::tuple{rest, far, home, versatility[c->kind], travel, person};
      };
      return key(a) < key(b);
    });
    int wanted = demand->wanted();
    std::size_t place = 0;
    for (const Candidate* c : pool) {
      if (wanted == 0) break;
      if (group_room[c->group] == 0) continue;
      --group_room[c->group];
      taken[static_cast<std::size_t>(c - candidates.data())] = true;
      choice.asks.push_back({c->person, demand->post, reason_for(*c, ++place, pool.size())});
      --wanted;
    }
    if (wanted > 0) choice.exhausted.push_back(demand->post);
  }
  return choice;
}

}  // namespace tocsin::callout
