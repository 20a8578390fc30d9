#include "callout/supply.h"

namespace tocsin::callout {

namespace {

constexpr double kForEver = 1e6;  // minutes

}  // namespace

double Supplies::planned(const Supply& s, const Gap& gap) const {
  if (s.said_yes) return 0;
  Asked asked = s.asked;
  if (gap.until_phone < 0 && asked.has_device) asked.until_phone = -1;
  return (gap.is_soon() ? s.soon : s.later) * gap.says_yes * belief_.in_time(asked, gap.left);
}

double Supplies::prospect(const Supply& s, const Gap& gap) const {
  const double share = gap.is_soon() ? s.soon : s.later;
  if (s.said_yes) {
    // Nobody is sent as a replacement who would need a fast journey to be in time.
    const Journeys& journeys = belief_.journeys();
    const bool is_sent = journeys.planned(s.said_yes->promised) - s.said_yes->said <= gap.until;
    return is_sent ? share * journeys.in_time(*s.said_yes, gap.until) : 0;
  }
  // When the post is short of people, those who said "only if you are short" are called, too.
  return share * (gap.says_yes + belief_.says_last_resort()) *
         belief_.at_the_door(s.asked, gap.until);
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
  double too_few = 0;  // the chance that fewer than m of them come in time
  for (std::size_t m = 1; m < gap.missing.size(); ++m) {
    too_few += come[m - 1];
    fails += gap.missing[m] * too_few;
  }
  return fails;
}

template <class MayCome>
void Supplies::take(std::vector<Supply>& own, std::uint32_t post, double& wanted, Chance chance,
                    const Gap& gap, MayCome may_come) {
  std::erase_if(unneeded_, [&](const Supply& s) {
    if (wanted <= 0 || !may_come(s) || !(*can_hold_[s.profile])[post]) return false;
    const double comes = (this->*chance)(s, gap);
    if (comes <= 0) return false;
    wanted -= comes;
    own.push_back(s);
    return true;
  });
}

void Supplies::borrow(std::vector<Supply>& own, std::uint32_t post, const Gap& gap, double wanted) {
  take(own, post, wanted, &Supplies::planned, gap, [](const Supply& s) { return !s.said_yes; });
}

void Supplies::borrow_last(std::vector<Supply>& own, std::uint32_t post, int rank, const Gap& gap) {
  double wanted = kStory * mean_of(gap.missing);
  for (const Supply& s : own) wanted -= prospect(s, gap);
  take(own, post, wanted, &Supplies::prospect, gap, [](const Supply& s) { return !s.said_yes; });
  take(own, post, wanted, &Supplies::prospect, gap,
       [&](const Supply& s) { return s.said_yes && s.rank > rank; });
}

void Supplies::spill(std::span<const Supply> own, const Gap& gap) {
  const double seats = mean_of(gap.missing);
  double in_the_end = 0;
  for (const Supply& s : own)
    in_the_end += s.later * (s.said_yes ? 1 : gap.says_yes * belief_.in_time(s.asked, kForEver));
  const auto rest = [&](double all) { return all > seats ? 1 - seats / all : 0; };
  const double soon = rest(expected(own, gap));
  const double later = rest(in_the_end);
  for (Supply s : own) {
    s.soon *= soon;
    s.later *= later;
    if (s.soon > 0 || s.later > 0) unneeded_.push_back(s);
  }
}

}  // namespace tocsin::callout
