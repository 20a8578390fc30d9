#include "roster/rota/difference.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace tocsin::roster {

namespace {

base::Milliseconds apart(const Stint& a, const Stint& b) {
  return a.from < b.from ? b.from - a.from : a.from - b.from;
}

bool is_alike(const Stint& a, const Stint& b) {
  return a.person == b.person && a.duty == b.duty && a.role == b.role && a.ward == b.ward &&
         apart(a, b) < kSameStint;
}

// Takes what was moved out of the two lists.
void find_moved(PlanDifference& difference) {
  std::vector<Stint> removed;
  for (Stint& gone : difference.removed) {
    auto nearest = difference.added.end();
    for (auto at = difference.added.begin(); at != difference.added.end(); ++at)
      if (is_alike(gone, *at) &&
          (nearest == difference.added.end() || apart(gone, *at) < apart(gone, *nearest)))
        nearest = at;
    if (nearest == difference.added.end()) {
      removed.push_back(std::move(gone));
      continue;
    }
    difference.moved.push_back({std::move(gone), std::move(*nearest)});
    difference.added.erase(nearest);
  }
  difference.removed = std::move(removed);
}

}  // namespace

std::vector<PlanDifference> differences(const Rota& before, const Rota& after) {
  std::vector<Stint> removed;
  std::vector<Stint> added;
  std::set_difference(before.planned().begin(), before.planned().end(), after.planned().begin(),
                      after.planned().end(), std::back_inserter(removed));
  std::set_difference(after.planned().begin(), after.planned().end(), before.planned().begin(),
                      before.planned().end(), std::back_inserter(added));
  std::vector<PlanDifference> out;
  auto gone = removed.begin();
  auto come = added.begin();
  while (gone != removed.end() || come != added.end()) {
    PlanDifference one;
    one.person = gone == removed.end() ? come->person
                 : come == added.end() ? gone->person
                                       : std::min(gone->person, come->person);
    for (; gone != removed.end() && gone->person == one.person; ++gone)
      one.removed.push_back(std::move(*gone));
    for (; come != added.end() && come->person == one.person; ++come)
      one.added.push_back(std::move(*come));
    find_moved(one);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace tocsin::roster
