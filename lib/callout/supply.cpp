#include "callout/supply.h"

namespace tocsin::callout {

namespace {

constexpr double kForEver = 1e6;  // minutes

}  // namespace

double Supplies::planned(const Supply& s, const Gap& gap) const {
  if (s.is_certain) return 0;
  Asked asked = s.asked;
  if (gap.until_phone < 0 && asked.has_device) asked.until_phone = -1;
  return (gap.is_soon() ? s.soon : s.later) * gap.says_yes * belief_.in_time(asked, gap.left);
}

double Supplies::prospect(const Supply& s, const Gap& gap) const {
  const double share = gap.is_soon() ? s.soon : s.later;
  const Journeys& journeys = belief_.journeys();
  const double comes = s.is_certain
                           ? journeys.in_time({0, journeys.from_yes(s.asked.travel, 0)}, gap.until)
                           : gap.says_yes * belief_.at_the_door(s.asked, gap.until);
  return share * comes;
}

double Supplies::expected(std::span<const Supply> own, const Gap& gap) const {
  double sum = 0;
  for (const Supply& s : own) sum += planned(s, gap);
  return sum;
}

double Supplies::failure(std::span<const Supply> own, const Gap& gap) const {
  std::vector<double> chances;
  for (const Supply& s : own) chances.push_back(prospect(s, gap));
  const std::vector<double> come = spread_of(chances, gap.missing.size() - 1);
  double fails = 0;
  double too_few = 0;  // fewer than m of them come in time
  for (std::size_t m = 1; m < gap.missing.size(); ++m) {
    too_few += come[m - 1];
    fails += gap.missing[m] * too_few;
  }
  return fails;
}

void Supplies::take(std::vector<Supply>& own, std::uint32_t post, const Gap& gap, bool is_certain,
                    Chance chance, double& wanted) {
  std::erase_if(spare_, [&](const Supply& s) {
    if (wanted <= 0 || s.is_certain != is_certain || !(*can_hold_[s.kind])[post]) return false;
    const double comes = (this->*chance)(s, gap);
    if (comes <= 0) return false;
    wanted -= comes;
    own.push_back(s);
    return true;
  });
}

void Supplies::borrow(std::vector<Supply>& own, std::uint32_t post, const Gap& gap, double wanted) {
  take(own, post, gap, false, &Supplies::planned, wanted);  // who is certain is not planned with
}

void Supplies::borrow_last(std::vector<Supply>& own, std::uint32_t post, const Gap& gap) {
  double wanted = kStory * mean_of(gap.missing);
  for (const Supply& s : own) wanted -= prospect(s, gap);
  for (const bool certain : {false, true})
    take(own, post, gap, certain, &Supplies::prospect, wanted);
}

void Supplies::spill(std::span<const Supply> own, const Gap& gap) {
  const double seats = mean_of(gap.missing);
  double in_the_end = 0;
  for (const Supply& s : own)
    in_the_end += s.later * (s.is_certain ? 1 : gap.says_yes * belief_.in_time(s.asked, kForEver));
  const auto rest = [&](double all) { return all > seats ? 1 - seats / all : 0; };
  const double soon = rest(expected(own, gap));
  const double later = rest(in_the_end);
  for (Supply s : own) {
    s.soon *= soon;
    s.later *= later;
    if (s.soon > 0 || s.later > 0) spare_.push_back(s);
  }
}

}  // namespace tocsin::callout
