#include "playbook/judging/judge_posts.h"

#include <fmt/format.h>

#include <algorithm>

#include "playbook/judging/words.h"
#include "playbook/reading/need.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

constexpr int kMostSeatsOfRole = 500;

std::vector<std::string> judge_skills(Node node, Judging& judging) {
  std::vector<std::string> skills;
  for (document::NamedNode& word :
       document::read_ids(node, judging.findings, document::kWordMarks)) {
    if (judging.roster != nullptr && !judging.roster->skills.contains(SkillId{word.name})) {
      std::vector<std::string_view> known;
      if (!judging.findings.is_full())
        for (const SkillId& one : judging.roster->skills) known.push_back(one.str());
      judging.error(word.node, fmt::format("nobody on the roster has the skill \"{}\"", word.name),
                    document::meant(word.name, known));
    }
    skills.push_back(std::move(word.name));
  }
  return skills;
}

const Shift* judge_shift_key(Node key, Judging& judging) {
  const auto& shifts = judging.shifts;
  const auto found = std::find_if(shifts.begin(), shifts.end(),
                                  [&](const Shift& shift) { return shift.id.str() == key.text(); });
  if (found != shifts.end()) return &*found;
  std::vector<std::string_view> known;
  for (const Shift& shift : shifts) known.push_back(shift.id.str());
  judging.error(key, fmt::format("no shift is called \"{}\"", document::shown(key.text())),
                document::meant(key.text(), known));
  return nullptr;
}

struct Fault {
  std::string message;
  std::string hint;
};

constexpr std::string_view kExample = "say \"3 by 20min\" or \"3 by 20min then 6 by 60min\"";

std::optional<Fault> fault_of(const NeedStep& step, bool needs_time) {
  if (!step.count || *step.count < 1 || *step.count > kMostSeatsOfRole)
    return Fault{fmt::format("expected how many from 1 to {}, not \"{}\"", kMostSeatsOfRole,
                             document::shown(step.count_text)),
                 std::string{kExample}};
  if (!step.time_text && needs_time)
    return Fault{fmt::format("{} by when?", *step.count), std::string{kExample}};
  if (step.time_text && !step.by)
    return Fault{fmt::format("expected a time such as 25min, 2h or 1h30, not \"{}\"",
                             document::shown(*step.time_text)),
                 std::string{kExample}};
  return std::nullopt;
}

std::optional<Fault> fault_between(const Need& before, const Need& need) {
  if (need.count <= before.count)
    return Fault{fmt::format("{} after {}: the counts must rise", need.count, before.count),
                 "each count includes the ones before it"};
  if (need.by <= before.by)
    return Fault{fmt::format("{} after {}: the times must rise", base::minutes_text(need.by),
                             base::minutes_text(before.by)),
                 "put the earliest first"};
  return std::nullopt;
}

std::optional<Fault> fault_in_shift(const std::vector<Need>& needs, const Shift& shift) {
  for (const Need& need : needs)
    if (need.by < shift.from || need.by >= shift.until)
      return Fault{fmt::format("by {} is {} of the shift", base::minutes_text(need.by),
                               need.by < shift.from ? "before the start" : "after the end"),
                   fmt::format("shift {} is from {} to {} after the declaration", shift.id.str(),
                               base::minutes_text(shift.from), base::minutes_text(shift.until))};
  return std::nullopt;
}

// The first fault of a need. When there is none, fills `needs` with its steps.
std::optional<Fault> fault_of_need(std::string_view text, const Shift& shift,
                                   std::vector<Need>& needs) {
  constexpr std::size_t kMost = 8;
  const std::vector<NeedStep> steps = parse_need(text);
  if (steps.size() > kMost)
    return Fault{fmt::format("{} steps: at most {} are read", steps.size(), kMost), {}};
  // In a later shift people are needed when it begins. In the first nobody can be there then, so a
  // time is required.
  const bool needs_time = shift.from == Minutes{0};
  for (const NeedStep& step : steps) {
    if (auto fault = fault_of(step, needs_time)) return fault;
    const Need need{*step.count, step.by.value_or(shift.from)};
    if (!needs.empty())
      if (auto fault = fault_between(needs.back(), need)) return fault;
    needs.push_back(need);
  }
  return fault_in_shift(needs, shift);
}

// How many one shift needs.
struct ShiftNeed {
  const Shift* shift;
  int count;
};

std::optional<ShiftNeed> judge_shift_need(Node node, const Shift& shift, Judging& judging) {
  const auto text = document::read_text(node, judging.findings, {.most = 200});
  if (!text) return std::nullopt;
  std::vector<Need> needs;
  if (auto fault = fault_of_need(*text, shift, needs)) {
    judging.error(node, std::move(fault->message), std::move(fault->hint));
    return std::nullopt;
  }
  return ShiftNeed{&shift, needs.back().count};
}

// In the order of the shifts.
std::vector<ShiftNeed> judge_need(Node node, Judging& judging) {
  std::vector<ShiftNeed> out;
  if (judging.shifts.empty()) return out;  // reported where the shifts are
  if (!node.is_mapping()) {
    if (const auto need = judge_shift_need(node, judging.shifts.front(), judging))
      out.push_back(*need);
    return out;
  }
  if (node.size() == 0) judging.error(node, "a need in no shift", "say \"response: 3 by 20min\"");
  for (const document::Entry entry : node.entries())
    if (const Shift* shift = judge_shift_key(entry.key, judging))
      if (const auto need = judge_shift_need(entry.value, *shift, judging)) out.push_back(*need);
  std::stable_sort(out.begin(), out.end(),
                   [](const ShiftNeed& a, const ShiftNeed& b) { return a.shift < b.shift; });
  return out;
}

// Whether the safe number of one shift is sound.
bool judge_shift_minimum(Node value, const ShiftNeed& need, Judging& judging) {
  const auto minimum = document::read_count(value, judging.findings, 0, kMostSeatsOfRole);
  if (!minimum) return false;
  if (*minimum <= need.count) return true;
  judging.error(value,
                fmt::format("a minimum of {} where only {} are needed in shift {}", *minimum,
                            need.count, need.shift->id.str()),
                "the minimum is the least that is safe, at most the need");
  return false;
}

// One minimum for all shifts is reported once.
void judge_minimum(Node node, const std::vector<ShiftNeed>& needs, Judging& judging) {
  if (!node.is_mapping()) {
    for (const ShiftNeed& need : needs)
      if (!judge_shift_minimum(node, need, judging)) return;
    return;
  }
  for (const document::Entry entry : node.entries()) judge_shift_key(entry.key, judging);
  for (const ShiftNeed& need : needs)
    if (const auto value = node.find(need.shift->id.str()))
      judge_shift_minimum(*value, need, judging);
}

std::string judge_role(Fields& fields, AreaRoles& so_far, Judging& judging) {
  const auto node = fields.required("role");
  if (!node) return {};
  auto role = document::read_id(*node, judging.findings);
  if (!role) return {};
  if (!so_far.roles.insert(*role).second)
    judging.error(*node, fmt::format("duplicate role \"{}\" in {}", *role, so_far.area.str()),
                  "name each role of an area once and give it one need");
  return *std::move(role);
}

}  // namespace

void judge_post(Node node, AreaRoles& so_far, Judging& judging) {
  Fields fields{node, judging.findings, "a post"};
  if (!fields.is_mapping()) return;
  const std::string role = judge_role(fields, so_far, judging);
  judge_text(fields.optional("title"), 60, judging);
  if (const auto group = fields.optional("staff_group")) judge_staff_group(*group, judging);
  std::vector<std::string> skills;
  for (const std::string_view key : {"skills", "any_of"})
    if (const auto words = fields.optional(key))
      for (std::string& skill : judge_skills(*words, judging)) skills.push_back(std::move(skill));
  if (const auto priority = fields.optional("priority"))
    document::read_count(*priority, judging.findings, 1, kLeastPriority);
  const std::string name = fmt::format("{}/{}", so_far.area.str(), role);
  judging.posts.insert(name);
  std::vector<ShiftNeed> needs;
  if (const auto need = fields.required("need")) needs = judge_need(*need, judging);
  if (!needs.empty()) judging.whole_posts.push_back(name);
  for (const ShiftNeed& need : needs) {
    so_far.worked.insert(need.shift->id.str());
    if (role == so_far.lead.str()) so_far.led.insert(need.shift->id.str());
    for (const std::string& skill : skills) ++judging.skill_uses[skill];
  }
  if (const auto minimum = fields.optional("minimum")) judge_minimum(*minimum, needs, judging);
  fields.finish();
}

}  // namespace tocsin::playbook
