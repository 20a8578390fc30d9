#include "roster/reading/row_marks.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/text.h"
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

// The words of a heading: "deleted_at" and "Deleted At" are two.
std::string heading_of(std::string_view heading) {
  std::string word = canonical_word(heading);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == '_' || c == '.'; }, '-');
  return word;
}

bool has_word_of(std::string_view heading, Words words) {
  const std::string whole = heading_of(heading);
  const auto parts = base::split(whole, '-');
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return is_mark(part, words); });
}

// "Is Cancelled", "Shift Cancelled?" and "Cancelled" are one heading.
std::string flag_of(std::string_view heading) {
  std::string word = heading_of(heading);
  for (const std::string_view before : {"is-", "was-", "shift-", "booking-", "duty-"})
    if (word.starts_with(before)) word.erase(0, before.size());
  return word;
}

// "Cancelled At", "cancelled_by", "CancellationReason": one of `stems`, and what was noted of it.
bool notes_an_act(std::string_view heading, Words stems, Words endings) {
  std::string flag = flag_of(heading);
  std::erase(flag, '-');
  return std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) {
    return flag.starts_with(stem) && is_mark(std::string_view{flag}.substr(stem.size()), endings);
  });
}

// A heading of nothing but an absence and what was noted of it: "Sick Hours", "Absence Start", but
// not "Leave Balance".
bool is_of_absence(std::string_view heading, bool& is_bare) {
  bool names_one = false;
  is_bare = true;
  const std::string words = flag_of(heading);
  for (const std::string_view word : base::split(words, '-')) {
    if (is_mark(word, {"leave", "sick", "sickness", "absence", "absent", "holiday", "strike", "al",
                       "a/l", "toil"})) {
      names_one = true;
    } else if (is_mark(word, {"hours", "hrs", "days", "start", "end", "date", "from", "to", "until",
                              "first", "last", "time", "reason", "code", "recorded"})) {
      is_bare = false;
    } else if (!is_mark(word, {"annual", "study", "maternity", "paternity", "parental", "special",
                               "unpaid", "off", "on", "long", "term", "short", "action",
                               "industrial", "approved", "booked"})) {
      return false;
    }
  }
  return names_one;
}

}  // namespace

bool says_none(std::string_view cell) {
  const std::string mark = canonical_word(cell);  // of a dash: nothing
  const bool is_zero = cell.find_first_not_of("0/-.: ") == std::string_view::npos;
  return mark.empty() || is_zero ||
         is_mark(mark,
                 {"none", "no", "n", "nil", "null", "na", "n/a", "n.a", "not-applicable", "false",
                  "working", "work", "at-work", "present", "no-absence", "not-absent", "no-leave"});
}

bool marks_void(std::string_view heading, std::string_view cell) {
  const std::string word = canonical_word(cell);
  if (word.empty()) return false;
  if (is_mark(word.substr(0, word.find('-')),
              {"cancelled", "canceled", "declined", "rejected", "withdrawn", "deleted", "void",
               "voided", "removed", "superseded", "unfilled"}))
    return true;
  const bool is_noted =
      notes_an_act(heading,
                   {"cancelled", "canceled", "cancellation", "cancel", "deleted", "removed",
                    "withdrawn", "voided", "declined", "rejected", "superseded", "stooddown",
                    "archived", "swapped", "replaced"},
                   {"at", "on", "by", "date", "time", "datetime", "when", "reason"});
  if (is_noted) return !says_none(cell);
  const std::string mark = mark_of(cell);
  if (is_mark(mark, {"swapped", "requested", "pending", "draft", "proposed", "provisional",
                     "tentative", "unconfirmed", "not-confirmed", "not-approved", "unapproved",
                     "awaiting-approval", "vacant", "unassigned", "given-away", "dna",
                     "did-not-attend", "no-show", "stood-down"}))
    return true;
  const std::string flag = flag_of(heading);
  if (says_yes(mark))
    return is_mark(
        flag, {"cancelled",   "canceled",       "cancel",   "late-cancel", "declined",   "rejected",
               "withdrawn",   "deleted",        "void",     "removed",     "swapped",    "draft",
               "provisional", "tentative",      "vacant",   "unfilled",    "stood-down", "no-show",
               "dna",         "did-not-attend", "exclude",  "excluded",    "ignore",     "ignored",
               "archived",    "inactive",       "disabled", "expired",     "invalid"});
  return says_no(mark) &&
         is_mark(flag, {"approved", "confirmed", "published", "accepted", "active", "authorised",
                        "authorized", "valid", "filled", "live", "enabled"});
}

bool marks_given(std::string_view heading, std::string_view cell) {
  return !says_none(cell) &&
         notes_an_act(heading,
                      {"swapped", "swap", "swop", "swopped", "covered", "replaced", "given",
                       "exchanged", "traded", "reassigned", "transferred"},
                      {"with", "by", "to"});
}

bool marks_away(std::string_view heading, std::string_view cell) {
  const std::string mark = mark_of(cell);
  const std::string flag = flag_of(heading);
  if (says_yes(mark) &&
      is_mark(flag, {"sick", "off-sick", "sickness", "on-leave", "annual-leave", "holiday",
                     "on-holiday", "absent", "away", "off", "day-off", "booked-off", "unavailable",
                     "not-available", "on-strike", "strike", "non-working"}))
    return true;
  if (says_no(mark) && is_mark(flag, {"available", "working", "at-work", "on-duty"})) return true;
  if (flag.ends_with("status") &&
      is_mark(mark, {"maternity", "left", "leaver", "inactive", "terminated", "resigned", "retired",
                     "inactive-not-worked"}))
    return true;
  bool is_bare = false;
  if (says_none(cell) || !is_of_absence(heading, is_bare)) return false;
  const bool is_number = cell.find_first_not_of("0123456789.,: ") == std::string_view::npos;
  return !is_bare || is_number || says_yes(mark);
}

bool marks_on_call(std::string_view heading, std::string_view cell) {
  const std::string mark = mark_of(cell);
  const std::string flag = flag_of(heading);
  if (is_mark(flag, {"on-call-level", "on-call-tier", "on-call-rank"})) return !says_none(cell);
  // "1st" and "2" say which of them.
  const bool is_rank = !mark.empty() && mark.front() >= '1' && mark.front() <= '9';
  return (says_yes(mark) || is_rank) && is_mark(flag, {"on-call", "oncall", "on-calls"});
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

bool names_absence(std::string_view heading) {
  return has_word_of(heading, {"leave", "absence", "absent", "sick", "sickness", "holiday",
                               "unavailable", "unavailability", "vacation"});
}

bool is_of_reason(std::string_view heading) { return has_word_of(heading, {"reason", "reasons"}); }

bool is_of_return(std::string_view heading) {
  return has_word_of(heading, {"return", "returns", "returning", "back", "end", "ends", "until",
                               "finish", "resume", "resumes"});
}

bool is_of_notes(std::string_view heading) {
  return has_word_of(heading, {"note", "notes", "comment", "comments", "remark", "remarks", "info",
                               "information", "details", "description", "message", "reason"});
}

}  // namespace tocsin::roster
