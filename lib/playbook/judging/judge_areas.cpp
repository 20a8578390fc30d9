// Judges areas: their order, their leads, and the spelling of skills. Also judges holding areas.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "playbook/judging/judge_posts.h"
#include "playbook/judging/words.h"

namespace tocsin::playbook {

namespace {

constexpr std::size_t kLongestTitle = 60;
constexpr std::size_t kLongestReportTo = 120;

// An area's lead must be one of its own roles, in every shift in which the area has posts.
void judge_lead(Node lead, const AreaRoles& posts, bool has_faults, Judging& judging) {
  if (posts.lead.empty() || posts.roles.empty()) return;
  if (!posts.roles.contains(posts.lead.str())) {
    std::vector<std::string_view> sorted{posts.roles.begin(), posts.roles.end()};
    std::sort(sorted.begin(), sorted.end());
    judging.error(lead, fmt::format("{} has no role \"{}\"", posts.area.str(), posts.lead.str()),
                  document::meant(posts.lead.str(), sorted));
    return;
  }
  if (has_faults) return;  // the shifts of the area's posts are not known
  for (const std::string& shift : posts.worked)
    if (!posts.led.contains(shift))
      judging.warning(lead, fmt::format("nobody leads {} in shift {}", posts.area.str(), shift),
                      fmt::format("give {} a need in that shift", posts.lead.str()));
}

// `highest` is the priority of the area before; it becomes that of this area.
void judge_priority(Node node, Priority& highest, Judging& judging) {
  const auto value = document::read_count(node, judging.findings, 1, kLeastPriority);
  const auto priority = static_cast<Priority>(value.value_or(1));
  if (value && priority < highest)
    judging.error(node, fmt::format("priority {} below priority {}", priority, highest),
                  "areas stand in order of priority: move this one up");
  highest = priority;
}

void judge_area(Node node, UniqueIds& ids, Priority& highest, Judging& judging) {
  Fields fields{node, judging.findings, "an area"};
  if (!fields.is_mapping()) return;
  const AreaId id{ids.judge(fields, "id", judging)};
  judge_text(fields.optional("title"), kLongestTitle, judging);
  if (const auto priority = fields.required("priority"))
    judge_priority(*priority, highest, judging);
  else
    highest = 1;
  judge_text(fields.required("report_to"), kLongestReportTo, judging);
  const auto lead_node = fields.optional("lead");
  RoleId lead;
  if (lead_node) lead = RoleId{document::read_id(*lead_node, judging.findings).value_or("")};
  const std::size_t errors_before = judging.findings.errors();
  AreaRoles so_far{id, lead};
  if (const auto posts = fields.required("posts"); posts && is_list(*posts, judging, "posts"))
    for (const Node post : posts->items()) judge_post(post, so_far, judging);
  if (lead_node)
    judge_lead(*lead_node, so_far, judging.findings.errors() > errors_before, judging);
  else
    judging.warning(node, fmt::format("nobody leads {}", id.str()),
                    "add \"lead: …\" with one of its roles");
  fields.finish();
}

// A skill that is used once and spelt almost like another is probably a typing mistake.
void judge_odd_skills(Node areas, Judging& judging) {
  const auto& uses = judging.skill_uses;
  constexpr std::size_t kMostCompared = 300;  // the comparison is quadratic
  if (uses.size() > kMostCompared) return;
  const auto judge_skill = [&](Node skill) {
    const auto of_this = uses.find(skill.text());
    if (of_this == uses.end() || of_this->second > 1 || skill.text().size() < 4) return;
    for (const auto& [other, count] : uses)
      if (count > 2 && base::edit_distance(skill.text(), other) == 1)
        judging.warning(skill, fmt::format("the skill \"{}\" is used once", skill.text()),
                        fmt::format("did you mean \"{}\", used {} times?", other, count));
  };
  for (const Node area : areas.items())
    if (const auto posts = area.find("posts"))
      for (const Node post : posts->items())
        for (const std::string_view key : {"skills", "any_of"})
          if (const auto skills = post.find(key)) {
            if (skills->is_scalar()) judge_skill(*skills);
            for (const Node skill : skills->items()) judge_skill(skill);
          }
}

}  // namespace

void judge_areas(Node list, Judging& judging) {
  if (!is_list(list, judging, "areas")) return;
  UniqueIds ids;
  Priority highest = 1;
  for (const Node item : list.items()) judge_area(item, ids, highest, judging);
  judge_odd_skills(list, judging);
}

void judge_holding_areas(Node list, Judging& judging) {
  if (!is_list(list, judging, "holding areas")) return;
  UniqueIds ids;
  for (const Node item : list.items()) {
    Fields fields{item, judging.findings, "a holding area"};
    if (!fields.is_mapping()) continue;
    const AreaId id{ids.judge(fields, "id", judging)};
    if (!id.empty() && judging.book.find_area(id) != nullptr)
      judging.error(*item.find("id"),
                    fmt::format("\"{}\" is the name of an area already", id.str()));
    judge_text(fields.optional("title"), kLongestTitle, judging);
    judge_text(fields.required("report_to"), kLongestReportTo, judging);
    if (const auto capacity = fields.optional("capacity"))
      document::read_count(*capacity, judging.findings, 1, 10000);
    if (const auto groups = fields.optional("staff_groups")) {
      if (!groups->is_sequence()) judge_staff_group(*groups, judging);
      for (const Node group : groups->items()) judge_staff_group(group, judging);
    }
    fields.finish();
  }
}

}  // namespace tocsin::playbook
