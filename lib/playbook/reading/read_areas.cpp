// Reads shifts, areas, posts and holding areas. Those without a name or a time are left out. Of two
// with the same name the first counts.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "playbook/reading/bounds.h"
#include "playbook/reading/need.h"
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::kWordMarks;

std::vector<Node> list_of(Node node, std::string_view key) {
  const auto value = value_of(node, key);
  return value && value->is_sequence() ? as_items(*value) : std::vector<Node>{};
}

// The steps of a need that rise and are within the shift.
std::vector<Need> needs_in(Node value, const Shift& shift) {
  document::Findings unsaid;
  std::vector<Need> needs;
  const auto text = document::read_text(value, unsaid, {.most = kLongestNeed});
  if (!text) return needs;
  for (const NeedStep& step : parse_need(*text)) {
    if (!step.count || *step.count < 1 || *step.count > kMostSeats) continue;
    // In a later shift people are needed when it begins. In the first nobody can be there then.
    if (!step.by && (step.time_text || shift.from == Minutes{0})) continue;
    const Need need{*step.count, step.by.value_or(shift.from)};
    const bool rises =
        needs.empty() || (need.count > needs.back().count && need.by > needs.back().by);
    if (rises && need.by >= shift.from && need.by < shift.until && needs.size() < kMostSteps)
      needs.push_back(need);
  }
  return needs;
}

// A need without a shift is that of the first shift.
std::optional<Node> need_in(Node need, const Shift& shift, const Playbook& book) {
  if (need.is_mapping()) return value_of(need, shift.id.str());
  return &shift == &book.shifts.front() ? std::optional{need} : std::nullopt;
}

int minimum_in(Node post, const Shift& shift, int count) {
  const auto minimum = value_of(post, "minimum");
  if (!minimum) return 0;
  return count_of(minimum->is_mapping() ? *minimum : post,
                  minimum->is_mapping() ? std::string_view{shift.id.str()} : "minimum", 0, count)
      .value_or(0);
}

// One post for each shift that needs it.
void read_post(Node node, const Area& area, const std::string& role, Playbook& book) {
  const auto need = value_of(node, "need");
  if (!need) return;
  Post post;
  post.area = area.id;
  post.role = RoleId{role};
  post.title = text_of(node, "title").value_or(title_of(role));
  post.staff_group = StaffGroupId{name_of(node, "staff_group", kWordMarks).value_or("")};
  if (const auto skills = value_of(node, "skills"))
    for (std::string& skill : as_names(*skills, kWordMarks)) post.all_of.emplace_back(skill);
  if (const auto skills = value_of(node, "any_of"))
    for (std::string& skill : as_names(*skills, kWordMarks)) post.any_of.emplace_back(skill);
  post.priority = count_of(node, "priority", 1, kLeastPriority).value_or(area.priority);
  for (const Shift& shift : book.shifts) {
    const auto here = need_in(*need, shift, book);
    if (!here) continue;
    post.needs = needs_in(*here, shift);
    if (post.needs.empty()) continue;
    post.shift = shift.id;
    post.minimum = minimum_in(node, shift, post.count());
    post.id = PostId{fmt::format("{}/{}/{}", area.id.str(), role, shift.id.str())};
    book.posts.push_back(post);
  }
}

void read_area(Node node, const std::string& id, Playbook& book) {
  Area area;
  area.id = AreaId{id};
  area.title = text_of(node, "title").value_or(title_of(id));
  const Priority otherwise = book.areas.empty() ? 1 : book.areas.back().priority;
  area.priority = count_of(node, "priority", 1, kLeastPriority).value_or(otherwise);
  area.report_to = text_of(node, "report_to").value_or("");
  area.lead = RoleId{name_of(node, "lead").value_or("")};
  std::unordered_set<std::string> roles;
  for (const Node post : list_of(node, "posts"))
    if (const auto role = name_of(post, "role"))
      if (roles.insert(*role).second) read_post(post, area, *role, book);
  book.areas.push_back(std::move(area));
}

void read_holding_area(Node node, const std::string& id, Playbook& book) {
  HoldingArea area;
  area.id = AreaId{id};
  area.title = text_of(node, "title").value_or(title_of(id));
  area.report_to = text_of(node, "report_to").value_or("");
  area.capacity = count_of(node, "capacity", 1, kMostWaiting).value_or(0);
  if (const auto groups = value_of(node, "staff_groups"))
    for (const Node group : as_items(*groups))
      if (auto name = as_name(group, kWordMarks)) area.staff_groups.emplace_back(*std::move(name));
  book.holding_areas.push_back(std::move(area));
}

}  // namespace

void read_shifts(Node top, Playbook& book) {
  for (const Node node : list_of(top, "shifts")) {
    const auto id = name_of(node, "id");
    const auto from = minutes_of(node, "from", Minutes{0}, kHorizon);
    const auto until = minutes_of(node, "until", Minutes{0}, kHorizon);
    const Minutes before = book.shifts.empty() ? Minutes{0} : book.shifts.back().until;
    const bool fits = id && from && until && *from >= before && *until > *from &&
                      book.find_shift(ShiftId{*id}) == nullptr;
    if (fits && book.shifts.size() < kMostShifts)
      book.shifts.push_back(
          {ShiftId{*id}, text_of(node, "title").value_or(title_of(*id)), *from, *until});
  }
  // The fold of a journal relies on at least one shift.
  if (book.shifts.empty())
    book.shifts.push_back({ShiftId{"response"}, "Response", Minutes{0}, kHorizon});
}

void read_areas(Node top, Playbook& book) {
  std::unordered_set<std::string> ids;
  for (const Node node : list_of(top, "areas"))
    if (const auto id = name_of(node, "id"))
      if (ids.insert(*id).second) read_area(node, *id, book);
  for (const Node node : list_of(top, "holding"))
    if (const auto id = name_of(node, "id"))
      if (ids.insert(*id).second) read_holding_area(node, *id, book);
}

}  // namespace tocsin::playbook
