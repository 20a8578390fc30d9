// The limits: how sure a wave must be, rest, shares of staff, the coordinator's attention.
#include <fmt/format.h>

#include <array>

#include "playbook/judging/words.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

void judge_confidence(Node node, Judging& judging) {
  constexpr double kLeast = 0.5;
  constexpr double kMost = 0.999;  // certainty would call everybody
  const auto share = document::read_share(node, judging.findings);
  if (share && (*share < kLeast || *share > kMost))
    judging.error(node, "a confidence is from 50% to 99.9%",
                  *share > kMost ? "certainty would call everyone" : "");
}

void judge_rest(Node node, Judging& judging) {
  Fields fields{node, judging.findings, "the rest rules"};
  const auto judge_time = [&](std::string_view key, Minutes most) {
    if (const auto value = fields.optional(key))
      document::read_minutes(*value, judging.findings, most);
  };
  constexpr Minutes kDay{24 * 60};
  judge_time("between_shifts", kDay);
  judge_time("longest_shift", kDay);
  judge_time("week", 7 * kDay);
  judge_time("after_nights", 7 * kDay);
  fields.finish();
}

void judge_shift_lengths(Node at, Judging& judging) {
  if (!judging.is_sound()) return;
  const Minutes longest = judging.book.limits.rest.longest_shift;
  for (const Shift& shift : judging.book.shifts)
    if (shift.until - shift.from > longest)
      judging.warning(
          at,
          fmt::format("shift {} lasts {}, longer than the longest shift of {}", shift.id.str(),
                      base::minutes_text(shift.until - shift.from), base::minutes_text(longest)),
          "split it, or everyone in it breaches their rest");
}

void judge_unanswered(Node node, Judging& judging) {
  constexpr std::array<std::string_view, 2> kVerdicts = {"accept", "decline"};
  Fields fields{node, judging.findings, "what holds of unanswered prompts"};
  for (const std::string_view key : {"gap", "lead_missing", "rest_override"})
    if (const auto value = fields.optional(key))
      document::read_word(*value, judging.findings, kVerdicts);
  fields.finish();
}

void judge_prompt_window(Node node, Judging& judging) {
  // A question is not asked again for an hour. With a longer window it would always be open.
  constexpr Minutes kLongest{60};
  const auto window = document::read_minutes(node, judging.findings, kLongest);
  if (window && *window < Minutes{1})
    judging.error(node, "nobody can decide in no time", "at least 1min");
}

// One share for all, or a mapping of words of the roster and "default" to shares.
template <class JudgeWord>
void judge_shares(Node node, Judging& judging, JudgeWord judge_word) {
  if (!node.is_mapping()) document::read_share(node, judging.findings);
  for (const document::Entry entry : node.entries())
    if (document::read_share(entry.value, judging.findings) && entry.key.text() != "default")
      judge_word(entry.key);
}

void judge_shared_group(Node key, Judging& judging) {
  const auto group = document::read_id(key, judging.findings, document::kWordMarks);
  if (group && judging.roster != nullptr &&
      !judging.roster->staff_groups.contains(StaffGroupId{*group}))
    judging.error(key, fmt::format("nobody on the roster is in the staff group \"{}\"", *group));
}

}  // namespace

void judge_limits(Node node, Judging& judging) {
  Fields fields{node, judging.findings, "the limits"};
  if (!fields.is_mapping()) return;
  if (const auto confidence = fields.optional("confidence"))
    judge_by_priority(*confidence, judging, [&](Node one) { judge_confidence(one, judging); });
  const auto rest = fields.optional("rest");
  if (rest) judge_rest(*rest, judging);
  judge_shift_lengths(rest.value_or(node), judging);
  if (const auto share = fields.optional("largest_share"))
    judge_shares(*share, judging, [&](Node key) { judge_shared_group(key, judging); });
  if (const auto share = fields.optional("on_duty_share"))
    judge_shares(*share, judging,
                 [&](Node key) { document::read_id(key, judging.findings, document::kWordMarks); });
  if (const auto prompts = fields.optional("prompts_per_hour"))
    document::read_count(*prompts, judging.findings, 1, 120);
  if (const auto window = fields.optional("prompt_window")) judge_prompt_window(*window, judging);
  if (const auto unanswered = fields.optional("unanswered")) judge_unanswered(*unanswered, judging);
  fields.finish();
}

}  // namespace tocsin::playbook
