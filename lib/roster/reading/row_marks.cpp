#include "roster/reading/row_marks.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

using Words = std::initializer_list<std::string_view>;

constexpr std::size_t kLongestMark = 24;  // bytes of a cell that is a mark

bool is_mark(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string mark_of(std::string_view cell) {
  return cell.size() > kLongestMark ? std::string{} : canonical_word(cell);
}

bool says_yes(std::string_view mark) { return is_mark(mark, {"yes", "y", "true", "t", "1", "x"}); }
bool says_no(std::string_view mark) { return is_mark(mark, {"no", "n", "false", "f", "0"}); }

// "Is Cancelled", "Shift Cancelled?" and "Cancelled" are one heading.
std::string flag_of(std::string_view heading) {
  std::string word = canonical_word(heading);
  for (const std::string_view before : {"is-", "was-", "shift-", "booking-", "duty-"})
    if (word.starts_with(before)) word.erase(0, before.size());
  return word;
}

}  // namespace

bool marks_void(std::string_view heading, std::string_view cell) {
  const std::string mark = mark_of(cell);
  if (mark.empty()) return false;
  if (is_mark(mark,
              {"cancelled",      "canceled",    "declined",      "rejected",     "withdrawn",
               "deleted",        "void",        "removed",       "superseded",   "swapped",
               "requested",      "pending",     "draft",         "proposed",     "provisional",
               "tentative",      "unconfirmed", "not-confirmed", "not-approved", "unapproved",
               "unfilled",       "vacant",      "unassigned",    "given-away",   "dna",
               "did-not-attend", "no-show"}))
    return true;
  const std::string flag = flag_of(heading);
  if (says_yes(mark))
    return is_mark(
        flag, {"cancelled", "canceled", "declined", "rejected", "withdrawn", "deleted", "void",
               "removed", "swapped", "draft", "provisional", "tentative", "vacant", "unfilled"});
  return says_no(mark) && is_mark(flag, {"approved", "confirmed", "published", "accepted", "active",
                                         "authorised", "authorized", "valid", "filled"});
}

bool marks_away(std::string_view heading, std::string_view cell) {
  const std::string mark = mark_of(cell);
  if (mark.empty()) return false;
  const std::string flag = flag_of(heading);
  if (says_yes(mark))
    return is_mark(flag, {"sick", "off-sick", "sickness", "on-leave", "annual-leave", "holiday",
                          "on-holiday", "absent", "away", "off", "day-off", "unavailable",
                          "not-available", "on-strike", "strike", "non-working"});
  return says_no(mark) && is_mark(flag, {"available", "working", "at-work", "on-duty"});
}

bool marks_half_day(std::string_view heading, std::string_view cell) {
  const std::string mark = mark_of(cell);
  if (mark.empty()) return false;
  if (is_mark(mark, {"am", "pm", "am-only", "pm-only", "morning", "afternoon", "half", "half-day",
                     "0.5", "half-day-am", "half-day-pm"}))
    return true;
  const std::string word = canonical_word(heading);
  const bool is_half = word == "half" || word.starts_with("half-") || word.ends_with("-half");
  return is_half && !says_no(mark) &&
         !is_mark(mark, {"full", "full-day", "whole-day", "all-day", "none", "na", "n/a"});
}

}  // namespace tocsin::roster
