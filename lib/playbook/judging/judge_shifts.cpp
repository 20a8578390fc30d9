// Judges whether the shifts follow each other.
#include <fmt/format.h>

#include <algorithm>

#include "playbook/judging/words.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

constexpr Minutes kLatestEnd{7 * 24 * 60};

struct Times {
  std::optional<Node> from_node;
  std::optional<Node> until_node;
  std::optional<Minutes> from;
  std::optional<Minutes> until;
};

Times times_of(Fields& fields, Judging& judging) {
  Times times{fields.required("from"), fields.required("until"), {}, {}};
  if (times.from_node)
    times.from = document::read_minutes(*times.from_node, judging.findings, kLatestEnd);
  if (times.until_node)
    times.until = document::read_minutes(*times.until_node, judging.findings, kLatestEnd);
  return times;
}

// Judges a shift against the one before. A time that cannot be read is replaced by the widest one,
// so that it causes no other faults.
void judge_times(const Times& times, Shift& shift, Judging& judging) {
  const auto& shifts = judging.shifts;
  const Minutes before = shifts.empty() ? Minutes{0} : shifts.back().until;
  const bool is_after_fault = before == kLatestEnd;
  shift.from = times.from.value_or(std::min(before, kLatestEnd - Minutes{1}));
  shift.until = times.until.value_or(kLatestEnd);
  if (shift.until <= shift.from) {
    if (times.from && times.until)
      judging.error(*times.until_node, "the shift ends before it begins",
                    "both count from the declaration: \"from: 8h\", \"until: 16h\"");
    shift.until = kLatestEnd;
  }
  if (shifts.empty() && shift.from != Minutes{0})
    judging.error(*times.from_node, "the first shift begins with the declaration",
                  "write \"from: 0\"");
  if (!shifts.empty() && shift.from < before && !is_after_fault)
    judging.error(
        *times.from_node,
        fmt::format("shift {} begins before {} ends", shift.id.str(), shifts.back().id.str()),
        "shifts stand in order of time and do not overlap");
  if (!shifts.empty() && shift.from > before)
    judging.warning(*times.from_node,
                    fmt::format("no shift between {} and {}", base::minutes_text(before),
                                base::minutes_text(shift.from)));
}

}  // namespace

void judge_shifts(Node list, Judging& judging) {
  constexpr std::size_t kMost = 16;
  if (!is_list(list, judging, "shifts")) return;
  if (list.size() > kMost) {
    judging.error(list, fmt::format("{} shifts: at most {} are read", list.size(), kMost));
    return;
  }
  UniqueIds ids;
  for (const Node item : list.items()) {
    Fields fields{item, judging.findings, "a shift"};
    if (!fields.is_mapping()) continue;
    Shift shift;
    shift.id = ShiftId{ids.judge(fields, "id", judging)};
    judge_text(fields.optional("title"), 60, judging);
    const Times times = times_of(fields, judging);
    fields.finish();
    judge_times(times, shift, judging);
    judging.shifts.push_back(std::move(shift));
  }
}

}  // namespace tocsin::playbook
