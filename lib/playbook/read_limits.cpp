// The limits: how sure a wave must be, rest, shares of staff, the coordinator's attention.
#include <fmt/format.h>

#include <array>

#include "playbook/reading.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

std::optional<double> read_confidence(Node node, document::Findings& findings) {
  constexpr double kLeast = 0.5;
  constexpr double kMost = 0.999;  // certainty would call everyone
  const auto share = document::read_share(node, findings);
  if (!share || (*share >= kLeast && *share <= kMost)) return share;
  findings.error(node.place(), "a confidence is from 50% to 99.9%",
                 *share > kMost ? "certainty would call everyone" : "");
  return std::nullopt;
}

void read_rest(Node node, Reading& reading) {
  Fields fields{node, reading.findings, "the rest rules"};
  Rest& rest = reading.book.limits.rest;
  const auto read = [&](std::string_view key, Minutes& into, Minutes most) {
    if (const auto value = fields.optional(key))
      into = document::read_minutes(*value, reading.findings, most).value_or(into);
  };
  constexpr Minutes kWeek{7 * 24 * 60};
  read("between_shifts", rest.between_shifts, Minutes{24 * 60});
  read("longest_shift", rest.longest_shift, Minutes{24 * 60});
  read("week", rest.week, kWeek);
  read("after_nights", rest.after_nights, kWeek);
  fields.finish();
}

void check_shift_lengths(Node at, Reading& reading) {
  if (!reading.is_sound()) return;
  const Minutes longest = reading.book.limits.rest.longest_shift;
  for (const Shift& shift : reading.book.shifts)
    if (shift.until - shift.from > longest)
      reading.warning(
          at,
          fmt::format("shift {} lasts {}, longer than the longest shift of {}", shift.id.str(),
                      base::minutes_text(shift.until - shift.from), base::minutes_text(longest)),
          "split it, or everyone in it breaches their rest");
}

// In the order of Unanswered.
constexpr std::array<std::string_view, 2> kUnanswered = {"accept", "decline"};

void read_unanswered(Node node, Reading& reading) {
  Fields fields{node, reading.findings, "what holds of unanswered prompts"};
  Limits& limits = reading.book.limits;
  const auto read = [&](std::string_view key, Unanswered& into) {
    if (const auto value = fields.optional(key))
      if (const auto word = document::read_word(*value, reading.findings, kUnanswered))
        into = static_cast<Unanswered>(*word);
  };
  read("gap", limits.unanswered_gap);
  read("lead_missing", limits.unanswered_lead_missing);
  read("rest_override", limits.unanswered_rest_override);
  fields.finish();
}

std::optional<Minutes> read_prompt_window(Node node, document::Findings& findings) {
  // Longer than the hour for which one kind is not asked again, and it would never be over.
  constexpr Minutes kLongest{60};
  const auto window = document::read_minutes(node, findings, kLongest);
  if (!window || *window >= Minutes{1}) return window;
  findings.error(node.place(), "nobody can decide in no time", "at least 1min");
  return std::nullopt;
}

// One share for all, or a mapping of names and "default" to shares.
template <class Take>
void read_shares(Node node, Reading& reading, double& otherwise, Take take) {
  if (!node.is_mapping()) {
    otherwise = document::read_share(node, reading.findings).value_or(otherwise);
    return;
  }
  for (const document::Entry entry : node.entries()) {
    const auto share = document::read_share(entry.value, reading.findings);
    if (!share) continue;
    if (entry.key.text() == "default")
      otherwise = *share;
    else
      take(entry.key, *share);
  }
}

}  // namespace

void read_limits(Node node, Reading& reading) {
  Fields fields{node, reading.findings, "the limits"};
  if (!fields.is_mapping()) return;
  Limits& limits = reading.book.limits;
  if (const auto confidence = fields.optional("confidence")) {
    const auto read = read_by_priority<double>(*confidence, reading, read_confidence);
    limits.confidence_by_priority = read.values;
    limits.confidence_default = read.otherwise;
  }
  const auto rest = fields.optional("rest");
  if (rest) read_rest(*rest, reading);
  check_shift_lengths(rest.value_or(node), reading);
  if (const auto share = fields.optional("largest_share"))
    read_shares(*share, reading, limits.largest_share_default, [&](Node key, double value) {
      const auto group = document::read_id(key, reading.findings, document::kWordMarks);
      if (!group) return;
      if (reading.roster != nullptr && !reading.roster->staff_groups.contains(StaffGroupId{*group}))
        reading.error(key,
                      fmt::format("nobody on the roster is in the staff group \"{}\"", *group));
      limits.largest_share_by_group.emplace(*group, value);
    });
  if (const auto share = fields.optional("on_duty_share"))
    read_shares(*share, reading, limits.on_duty_share_default, [&](Node key, double value) {
      const auto ward = document::read_id(key, reading.findings, document::kWordMarks);
      if (ward) limits.on_duty_share_by_ward.emplace(*ward, value);
    });
  if (const auto prompts = fields.optional("prompts_per_hour"))
    if (const auto count = document::read_count(*prompts, reading.findings, 1, 120))
      limits.prompts_per_hour = static_cast<int>(*count);
  if (const auto window = fields.optional("prompt_window"))
    limits.prompt_window =
        read_prompt_window(*window, reading.findings).value_or(limits.prompt_window);
  if (const auto unanswered = fields.optional("unanswered")) read_unanswered(*unanswered, reading);
  fields.finish();
}

}  // namespace tocsin::playbook
