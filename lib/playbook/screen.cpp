#include "playbook/screen.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"

namespace tocsin::playbook {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_word(char c) noexcept { return is_digit(c) || is_letter(c) || c == '_'; }

// Groups of digits with one space, hyphen or full stop between them, as people write numbers.
struct DigitRun {
  std::size_t offset = 0;
  std::size_t end = 0;
  std::string digits;
  std::vector<std::size_t> groups;  // lengths: 943 476 5919 is {3, 3, 4}
  char separator = '\0';            // the first one
};

bool is_separator(char c) noexcept { return c == ' ' || c == '-' || c == '.' || c == '/'; }

DigitRun digits_at(std::string_view text, std::size_t at) {
  DigitRun run;
  run.offset = at;
  std::size_t group = 0;
  while (at < text.size()) {
    if (is_digit(text[at])) {
      run.digits += text[at++];
      ++group;
      run.end = at;
    } else if (is_separator(text[at]) && at + 1 < text.size() && is_digit(text[at + 1])) {
      if (run.separator == '\0') run.separator = text[at];
      run.groups.push_back(group);
      group = 0;
      ++at;
    } else {
      break;
    }
  }
  run.groups.push_back(group);
  return run;
}

int number(std::string_view digits) noexcept {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_day_and_month(int day, int month) noexcept {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

bool is_nhs_or_chi_number(std::string_view ten_digits) {
  // A number with a leading 0 is a telephone number, unless it may be a CHI number: DDMMYY and four
  // digits.
  return is_nhs_number(ten_digits) &&
         (ten_digits.front() != '0' ||
          is_day_and_month(number(ten_digits.substr(0, 2)), number(ten_digits.substr(2, 2))));
}

// Also behind or before another number ("20 943 476 5919").
bool looks_like_nhs_number(const DigitRun& run) {
  const std::string_view digits = run.digits;
  const std::span<const std::size_t> groups{run.groups};
  std::size_t begin = 0;
  for (std::size_t i = 0; i < groups.size(); begin += groups[i++]) {
    const auto has_groups = [&](std::initializer_list<std::size_t> sizes) {
      return groups.size() - i >= sizes.size() &&
             std::equal(sizes.begin(), sizes.end(),
                        groups.begin() + static_cast<std::ptrdiff_t>(i));
    };
    const bool grouped = has_groups({10}) || has_groups({3, 3, 4}) || has_groups({6, 4});
    if (grouped && is_nhs_or_chi_number(digits.substr(begin, 10))) return true;
  }
  return false;
}

// 12/03/1957, 12.3.57, 1957-03-12.
bool looks_like_date(const DigitRun& run) {
  if (run.groups.size() != 3 || run.separator == ' ') return false;
  const auto& sizes = run.groups;
  const std::string_view digits = run.digits;
  const int first = number(digits.substr(0, std::min<std::size_t>(sizes[0], 4)));
  const int second = number(digits.substr(sizes[0], std::min<std::size_t>(sizes[1], 4)));
  const int third = number(digits.substr(sizes[0] + sizes[1], std::min<std::size_t>(sizes[2], 4)));
  const auto is_year = [](int year) { return year >= 1900 && year <= 2099; };
  if (sizes[0] <= 2 && sizes[1] <= 2 && sizes[2] == 4)
    return is_day_and_month(first, second) && is_year(third);
  if (sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2)
    return is_year(first) && is_day_and_month(third, second);
  // Years of two digits count only with slashes: "8.15.30" is a time of day, "2-4-6" a count.
  return sizes[0] <= 2 && sizes[1] <= 2 && sizes[2] == 2 && run.separator == '/' &&
         is_day_and_month(first, second);
}

// Finds "12 March 1957" and "12th Mar 57", whose day begins at `offset`.
bool begins_written_date(std::string_view text, std::size_t offset) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  std::size_t at = offset;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at - offset > 2) return false;
  const std::string rest = base::to_lower(text.substr(at, 20));
  std::string_view left = rest;
  for (const std::string_view suffix : {"st", "nd", "rd", "th"})
    if (left.starts_with(suffix)) {
      left.remove_prefix(2);
      break;
    }
  left = base::trim(left);
  const bool month = std::any_of(kMonths.begin(), kMonths.end(),
                                 [&](std::string_view m) { return left.starts_with(m); });
  if (!month) return false;
  const auto year = left.find_first_not_of("abcdefghijklmnopqrstuvwxyz., ");
  return year != std::string_view::npos && year + 1 < left.size() && is_digit(left[year]) &&
         is_digit(left[year + 1]);
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  return (begin == 0 || !is_word(text[begin - 1])) && (end >= text.size() || !is_word(text[end]));
}

// Whether one of `names` is shortly before `offset`. The text must be lower case.
bool is_called(std::string_view lower, std::size_t offset,
               std::initializer_list<std::string_view> names) {
  constexpr std::size_t kNear = 24;
  const std::size_t from = offset > kNear ? offset - kNear : 0;
  const std::string_view before = lower.substr(from, offset - from);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    const auto at = before.rfind(name);
    return at != std::string_view::npos && stands_alone(before, at, at + name.size());
  });
}

// Finds the beginning of a number like K1234567: one to three letters and six to eight digits, as
// patient systems use.
std::optional<std::size_t> hospital_number_at(std::string_view text, const DigitRun& run) {
  const std::size_t digits = run.groups.front();
  const std::size_t end = run.offset + digits;
  if (digits < 6 || digits > 8 || (end < text.size() && is_word(text[end]))) return std::nullopt;
  std::size_t begin = run.offset;
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  const std::size_t letters = run.offset - begin;
  if (letters < 1 || letters > 3 || (begin > 0 && is_word(text[begin - 1]))) return std::nullopt;
  return begin;
}

}  // namespace

std::string_view to_text(Suspicion suspicion) {
  switch (suspicion) {
    case Suspicion::nhs_number:
      return "an NHS number";
    case Suspicion::date_of_birth:
      return "a date of birth";
    case Suspicion::hospital_number:
      return "a hospital number";
  }
  return "";
}

bool is_nhs_number(std::string_view ten_digits) noexcept {
  if (ten_digits.size() != 10 || !std::all_of(ten_digits.begin(), ten_digits.end(), is_digit))
    return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (10 - i) * (ten_digits[static_cast<std::size_t>(i)] - '0');
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == ten_digits[9] - '0';
}

std::vector<Sighting> find_patient_details(std::string_view text, Screen screen) {
  const std::string lower = base::to_lower(text);
  std::vector<Sighting> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const DigitRun run = digits_at(text, at);
    const bool contact_point = at > 0 && text[at - 1] == '+';
    const bool alone = stands_alone(text, run.offset, run.end);
    const auto birth = {std::string_view{"dob"}, std::string_view{"d.o.b"},
                        std::string_view{"d.o.b."}, std::string_view{"birth"},
                        std::string_view{"born"}};
    const auto hospital = {std::string_view{"hospital number"},
                           std::string_view{"hospital no"},
                           std::string_view{"hospital no."},
                           std::string_view{"hosp no"},
                           std::string_view{"mrn"},
                           std::string_view{"patient"},
                           std::string_view{"patient id"},
                           std::string_view{"pas number"}};
    std::optional<Suspicion> found;
    std::size_t begin = at;
    if (contact_point) {
      // A telephone number in E.164 form.
    } else if (alone && looks_like_nhs_number(run)) {
      found = Suspicion::nhs_number;
    } else if ((alone && looks_like_date(run)) || begins_written_date(text, at)) {
      if (screen == Screen::text || is_called(lower, at, birth)) found = Suspicion::date_of_birth;
    } else if (const auto number_at = hospital_number_at(text, run)) {
      found = Suspicion::hospital_number;
      begin = *number_at;
    } else if (run.groups.front() >= 5 && is_called(lower, at, hospital)) {
      found = Suspicion::hospital_number;
    }
    if (found) out.push_back({*found, begin});
    at = run.end;
  }
  return out;
}

}  // namespace tocsin::playbook
