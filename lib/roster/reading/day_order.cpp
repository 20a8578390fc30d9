#include "roster/reading/day_order.h"

#include "base/text.h"
#include "roster/people/dates.h"

namespace tocsin::roster {

namespace {

using std::chrono::days;

constexpr std::size_t kLeastDates = 3;
constexpr std::size_t kLeastSpans = 2;

}  // namespace

std::optional<DayOrder::Both> DayOrder::take(std::string_view text) {
  text = base::trim(text);
  // With its day of the week before it there is no other reading.
  if (const auto end = text.find_first_of(" ,."); end != std::string_view::npos)
    if (weekday_named(text.substr(0, end)) && parse_moment(text)) {
      is_sure_ = true;
      return std::nullopt;
    }
  text = text.substr(0, text.find_first_of(" T"));
  const auto mark = text.find_first_of("/.-");
  if (mark > 2) return std::nullopt;  // none, or the year stands first
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  const std::chrono::year_month_day civil{*date};
  const auto day = static_cast<unsigned>(civil.day());
  const auto month = static_cast<unsigned>(civil.month());
  const bool has_name = text.find_first_not_of("0123456789/.-") != std::string_view::npos;
  constexpr unsigned kLastMonth = 12;
  if (day > kLastMonth || has_name) is_sure_ = true;
  if (day > kLastMonth || has_name || day == month) return std::nullopt;
  const Days day_first{*date};
  dates_.insert(day_first);
  days_of_month_.insert(day);
  return Both{day_first, Days{civil.year() / std::chrono::month{day} / std::chrono::day{month}}};
}

void DayOrder::add(std::string_view begin, std::string_view end) {
  const auto from = take(begin);
  const auto until = take(end);
  if (!from || !until) return;
  constexpr days kWholeMonth{28};
  constexpr days kFewDays{14};
  ++spans_;
  const days otherwise = until->month_first - from->month_first;
  const bool is_short = days{0} <= otherwise && otherwise <= kFewDays;
  const days length = until->day_first - from->day_first;
  if (is_short && (length >= kWholeMonth || length < days{0})) ++months_;
}

std::optional<std::string> DayOrder::sign() const {
  if (is_sure_) return std::nullopt;
  if (dates_.size() >= kLeastDates && days_of_month_.size() == 1)
    return "the dates are months apart, as days with the month first would be";
  if (spans_ >= (has_half_days_ ? 1 : kLeastSpans) && months_ == spans_)
    return "each row goes on for a month or more, as days with the month first would";
  return std::nullopt;
}

}  // namespace tocsin::roster
