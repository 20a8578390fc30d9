#include "incident/answer/times.h"

#include <string>

namespace tocsin::incident {

namespace {

using Kind = SaidTime::Kind;

int number_of(const Item& item) {
  constexpr std::size_t kMostDigits = 6;
  if (item.digits.empty()) return item.value;
  if (item.digits.size() > kMostDigits) return 1'000'000;  // more than any time
  int value = 0;
  for (const char c : item.digits) value = value * 10 + (c - '0');
  return value;
}

// Whether a clock shows "730" or "2315".
bool is_clock_face(int number) noexcept { return number / 100 < 24 && number % 100 < 60; }

class TimeReader {
 public:
  TimeReader(std::span<const Item> items, SaidTime& time) : items_(items), time_(time) {}

  std::size_t read() {
    before();
    if (!value()) return 0;
    behind();
    return at_;
  }

 private:
  Meaning peek(std::size_t ahead = 0) const {
    return at_ + ahead < items_.size() ? items_[at_ + ahead].meaning : Meaning::unknown;
  }
  bool is_mark(char mark, std::size_t ahead) const {
    return at_ + ahead < items_.size() && items_[at_ + ahead].mark == mark;
  }
  // Digits that are joined to what is before.
  const std::string* digits(std::size_t ahead) const {
    if (at_ + ahead >= items_.size() || items_[at_ + ahead].digits.empty()) return nullptr;
    return &items_[at_ + ahead].digits;
  }

  static bool is_role(Meaning meaning) {
    using enum Meaning;
    return meaning == in || meaning == eta || meaning == at || meaning == by || meaning == from ||
           meaning == after || meaning == not_before || meaning == until || meaning == lasting;
  }

  void before() {
    for (; at_ < items_.size(); ++at_) {
      const Meaning meaning = peek();
      if (is_role(meaning)) {
        // The first says most: "not before about", "eta in".
        if (time_.role == Meaning::filler || time_.role == Meaning::eta ||
            (time_.role == Meaning::by && meaning == Meaning::lasting))
          time_.role = meaning;
      } else if (meaning == Meaning::at_least) {
        time_.is_vague = true;
      } else if (!day(items_[at_]) && meaning != Meaning::about) {
        return;
      }
    }
  }

  // Whether the item only says which day, or which part of it.
  bool day(const Item& item) {
    using enum Meaning;
    if (item.meaning == tomorrow)
      time_.is_tomorrow = true;
    else if (item.meaning == weekday)
      time_.weekday = item.value;
    else if (item.meaning == morning || item.meaning == am)
      part_ = am;
    else if (item.meaning == evening || item.meaning == pm)
      part_ = item.meaning;
    else
      return false;
    return true;
  }

  bool value() {
    using enum Meaning;
    switch (peek()) {
      case duration:
        return set_duration(items_[at_].value, 1) && more_minutes();
      case half:
        if (peek(1) == hours) return set_duration(30, 2);
        if (peek(1) == past && peek(2) == number)
          return set_clock(number_of(items_[at_ + 2]), 30, 3);
        return peek(1) == number && set_clock(number_of(items_[at_ + 1]), 30, 2);
      case half_to:
        return peek(1) == number && set_before(30, 1);
      case quarter:
        if (peek(1) == hours) return set_duration(15, 2);
        return beside_hour(15);
      case midday:
        return set_clock(12, 0, 1) && sure();
      case midnight:
        return set_clock(0, 0, 1) && sure();
      case number:
        return number_first();
      default:
        return false;
    }
  }

  // "quarter past 11", "ten to 3", "5 past midnight"
  bool beside_hour(int part) {
    using enum Meaning;
    const bool is_hour = peek(2) == midnight || peek(2) == midday ||
                         (peek(2) == number && number_of(items_[at_ + 2]) <= 12);
    if (!is_hour || peek(3) == minutes) return false;
    if (peek(1) == to) return set_before(part, 2);
    return peek(1) == past && set_clock(hour_at(2), part, 3) && (peek(2) == number || sure());
  }

  int hour_at(std::size_t ahead) const {
    if (peek(ahead) == Meaning::midnight) return 0;
    return peek(ahead) == Meaning::midday ? 12 : number_of(items_[at_ + ahead]);
  }

  bool set_before(int part, std::size_t ahead) {
    const int hour = hour_at(ahead);
    const bool is_named = peek(ahead) != Meaning::number;
    const int before = hour == 1 && !is_named ? 12 : (hour + 23) % 24;
    return set_clock(before, 60 - part, ahead + 1) && (time_.is_sure = is_named, true);
  }

  bool number_first() {
    using enum Meaning;
    const Item& item = items_[at_];
    if (item.digits.size() > 4) return false;
    const int n = number_of(item);
    if (with_marks(n)) return true;
    const bool is_part = n == 5 || n == 10 || n == 20 || n == 25;
    const bool is_range = peek(1) == to && peek(2) == number && number_of(items_[at_ + 2]) > n;
    if (is_part && !is_range && beside_hour(n)) return true;
    if (peek(1) == hours && item.digits.size() == 4 && is_clock_face(n))  // 0700h
      return set_clock(n / 100, n % 100, 2) && sure();
    if (peek(1) == hours || (peek(1) == both && peek(2) == half && peek(3) == hours))
      return hours_first(n);
    if (peek(1) == half && peek(2) == hours) return set_duration(n * 60 + 30, 3);
    if (peek(1) == minutes) return set_duration(n, 2);
    const bool has_part = peek(1) == am || peek(1) == pm || peek(1) == oclock;
    const bool has_face = item.digits.size() >= 3 && is_clock_face(n);
    if (item.digits.size() == 4) return has_face && set_clock(n / 100, n % 100, 1);
    if (has_face && (has_part || is_clock_role())) return set_clock(n / 100, n % 100, 1);
    if (item.digits.size() <= 2 && (has_part || (is_clock_role() && n <= 23)))
      return set_clock(n, 0, 1) &&
             (n <= 12 || has_part || time_.role == at || time_.role == from || bare(n));
    return bare(n);
  }

  bool is_clock_role() const {
    using enum Meaning;
    return time_.role == at || time_.role == by || time_.role == from || time_.role == after ||
           time_.role == not_before || time_.role == until || part_ == am || part_ == pm ||
           part_ == evening;
  }

  bool bare(int n) {
    time_.kind = Kind::bare;
    time_.minutes = n;
    has_zero_ = false;
    at_used_ = 1;
    return true;
  }

  // 23:15, 7.30pm, 1.5h, 1/2 h
  bool with_marks(int n) {
    const std::string* second = digits(2);
    if (second == nullptr || !items_[at_ + 1].is_joined || !items_[at_ + 2].is_joined) return false;
    const int m = number_of(items_[at_ + 2]);
    const Meaning next = peek(3);
    const bool is_point = is_mark('.', 1) || is_mark(',', 1);
    if (is_point && next == Meaning::hours && second->size() == 1)
      return set_duration(n * 60 + m * 6, 4);
    if (is_mark('/', 1) && next == Meaning::hours && n == 1 && (m == 2 || m == 4))
      return set_duration(60 / m, 4);
    const bool is_face = second->size() == 2 && (is_mark(':', 1) || is_mark('.', 1));
    time_.is_digital = is_face;
    return is_face && set_clock(n, m, 3);
  }

  bool hours_first(int n) {
    using enum Meaning;
    if (peek(1) == both) return set_duration(n * 60 + 30, 4);
    const std::string* rest = digits(2);
    const bool is_joined = rest != nullptr && rest->size() <= 2 && items_[at_ + 2].is_joined;
    if (is_joined && n > 12) return set_clock(n, number_of(items_[at_ + 2]), 3);  // 23h15
    if (is_joined && peek(3) != minutes)
      return set_duration(n * 60 + number_of(items_[at_ + 2]), 3);  // 1h30
    return set_duration(n * 60, 2) && more_minutes();
  }

  // "1 hour 20 min", "an hour and 20", "2 hours and a half"
  bool more_minutes() {
    using enum Meaning;
    std::size_t skip = 0;
    while (at_ + at_used_ + skip < items_.size() &&
           (peek(at_used_ + skip) == both || is_article(items_[at_ + at_used_ + skip])))
      ++skip;
    const std::size_t next = at_used_ + skip;
    if (peek(next) == half && peek(next + 1) != past && skip > 0) {
      time_.minutes += 30;
      at_used_ = next + 1;
    } else if (peek(next) == number && number_of(items_[at_ + next]) < 60 &&
               items_[at_ + next].digits.size() <= 2) {
      if (peek(next + 1) == minutes)
        at_used_ = next + 2;
      else if (!is_mark(':', next + 1) && peek(next + 1) != am && peek(next + 1) != pm)
        at_used_ = next + 1;
      else
        return true;
      time_.minutes += number_of(items_[at_ + next]);
    }
    return true;
  }

  static bool is_article(const Item& item) {
    return item.meaning == Meaning::filler && item.value == 0 && item.mark == '\0';
  }

  bool set_duration(int minutes, std::size_t items) {
    time_.kind = Kind::duration;
    time_.minutes = minutes;
    at_used_ = items;
    return true;
  }

  bool set_clock(int hour, int minute, std::size_t items) {
    if (hour > 24 || minute > 59) return false;
    const std::string* text = digits(0);
    has_zero_ = text != nullptr && text->front() == '0';
    time_.kind = Kind::clock;
    time_.hour = hour % 24;
    time_.minute = minute;
    time_.is_sure = has_zero_ || hour > 12 || hour == 0;
    at_used_ = items;
    return true;
  }

  bool sure() {
    time_.is_sure = true;
    return true;
  }

  void behind() {
    using enum Meaning;
    at_ += at_used_;
    for (; at_ < items_.size(); ++at_) {
      const Item& item = items_[at_];
      if (item.meaning == ago)
        time_.is_past = true;
      else if (item.meaning == onwards)
        time_.role = from;
      else if (item.meaning == at_least || item.mark == '+')
        time_.is_vague = true;
      else if (item.meaning == oclock)
        time_.role = item.value == 1 ? by : time_.role;
      else if (item.meaning == hours && time_.kind == Kind::clock)
        time_.is_sure = true;  // 11:15 hrs
      else if (is_range())
        take_range();
      else if (item.meaning == by && peek(1) != number)
        time_.role = by;  // "baje tak"
      else if (!day(item) && item.meaning != about)
        break;
    }
    if (time_.kind == Kind::clock) settle_half_of_day();
    const bool is_part_of_nothing = time_.kind == Kind::duration && (part_ == pm || part_ == am);
    if (is_part_of_nothing) time_.is_vague = true;
  }

  // "20-30 min": a promise is kept by its longer end.
  void take_range() {
    const std::size_t second = at_ + 1;
    const int end = number_of(items_[second]);
    const Meaning unit = peek(2);
    const bool is_plain = time_.kind == Kind::bare && items_[second].meaning == Meaning::number &&
                          items_[second].digits.size() <= 2 && time_.minutes < end;
    if (!is_plain) {
      time_.is_vague = true;
      return;
    }
    time_.minutes = unit == Meaning::hours ? end * 60 : end;
    const bool has_unit = unit == Meaning::hours || unit == Meaning::minutes;
    if (has_unit) time_.kind = Kind::duration;
    at_ += has_unit ? 2 : 1;
  }

  // "20-30", "20 to 30"
  bool is_range() const {
    return (is_mark('-', 0) || is_mark('/', 0) || peek() == Meaning::to) &&
           (peek(1) == Meaning::number || peek(1) == Meaning::duration);
  }

  void settle_half_of_day() {
    const int hour = time_.hour;
    if (part_ == Meaning::am && hour <= 12) {
      time_.hour = hour % 12;
      time_.is_sure = true;
    } else if (part_ == Meaning::pm && hour >= 1 && hour <= 12) {
      time_.hour = hour % 12 + 12;
      time_.is_sure = true;
    } else if (part_ == Meaning::evening && !has_zero_ && hour >= 5 && hour < 12) {
      time_.hour = hour + 12;
      time_.is_sure = true;
    } else if (part_ == Meaning::am && hour > 12) {
      time_.is_vague = true;
    }
  }

  std::span<const Item> items_;
  SaidTime& time_;
  std::size_t at_ = 0;
  std::size_t at_used_ = 0;  // of the value itself
  Meaning part_ = Meaning::filler;
  bool has_zero_ = false;
};

}  // namespace

std::size_t read_time(std::span<const Item> items, SaidTime& time) {
  return TimeReader{items, time}.read();
}

}  // namespace tocsin::incident
