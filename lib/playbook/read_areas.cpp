// Shifts, areas, posts and holding areas.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "playbook/need.h"
#include "playbook/reading.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::NamedNode;
using document::read_count;
using document::read_id;
using document::read_text;

constexpr Minutes kHorizon{7 * 24 * 60};

// The list behind a key that must hold something.
bool is_list(Node node, Reading& reading, std::string_view what) {
  if (node.is_sequence() && node.size() > 0) return true;
  reading.error(node, fmt::format("expected a list of {}", what), "begin each with a dash");
  return false;
}

// Reads a required id and reports one that was used before.
class UniqueIds {
 public:
  std::string read(Fields& fields, std::string_view key, Reading& reading) {
    const auto node = fields.required(key);
    if (!node) return {};
    auto id = read_id(*node, reading.findings);
    if (!id) return {};
    const auto [first, fresh] = lines_.emplace(*id, node->line());
    if (!fresh)
      reading.error(*node, fmt::format("duplicate {} \"{}\"", key, *id),
                    fmt::format("it stands on line {} already", first->second));
    return *std::move(id);
  }

 private:
  std::unordered_map<std::string, int> lines_;
};

std::string read_title(Fields& fields, std::string_view otherwise, Reading& reading) {
  const auto node = fields.optional("title");
  if (!node) return title_of(otherwise);
  return read_text(*node, reading.findings, {.most = 60}).value_or("");
}

std::string read_report_to(Fields& fields, Reading& reading) {
  const auto node = fields.required("report_to");
  if (!node) return {};
  return read_text(*node, reading.findings, {.most = 120}).value_or("");
}

StaffGroupId read_staff_group(Node node, Reading& reading) {
  const auto word = read_id(node, reading.findings, document::kWordMarks);
  if (!word) return {};
  const StaffGroupId group{*word};
  if (reading.roster != nullptr && !reading.roster->staff_groups.contains(group)) {
    std::vector<std::string_view> known;
    for (const StaffGroupId& one : reading.roster->staff_groups) known.push_back(one.str());
    reading.error(node, fmt::format("nobody on the roster is in the staff group \"{}\"", *word),
                  document::meant(*word, known));
  }
  return group;
}

std::vector<SkillId> read_skills(Node node, Reading& reading) {
  std::vector<SkillId> skills;
  for (const NamedNode& word : document::read_ids(node, reading.findings, document::kWordMarks)) {
    skills.emplace_back(word.name);
    if (reading.roster == nullptr || reading.roster->skills.contains(skills.back())) continue;
    std::vector<std::string_view> known;
    if (!reading.findings.is_full())
      for (const SkillId& one : reading.roster->skills) known.push_back(one.str());
    reading.error(word.node, fmt::format("nobody on the roster has the skill \"{}\"", word.name),
                  document::meant(word.name, known));
  }
  return skills;
}

// The needs of one role, by shift in the order of the shifts.
struct ShiftNeeds {
  const Shift* shift;
  std::vector<Need> needs;
};

const Shift* read_shift_key(Node key, Reading& reading) {
  const auto& shifts = reading.book.shifts;
  if (const Shift* shift = reading.book.find_shift(ShiftId{key.text()})) return shift;
  std::vector<std::string_view> known;
  for (const Shift& shift : shifts) known.push_back(shift.id.str());
  reading.error(key, fmt::format("no shift is called \"{}\"", document::shown(key.text())),
                document::meant(key.text(), known));
  return nullptr;
}

std::optional<ShiftNeeds> read_shift_needs(Node node, const Shift& shift, Reading& reading) {
  const auto text = read_text(node, reading.findings, {.most = 200});
  if (!text) return std::nullopt;
  // Whoever relieves is needed when the shift begins; at the declaration nobody can be.
  const auto parsed = parse_needs(*text, shift.from > Minutes{0} ? &shift.from : nullptr);
  if (const auto* fault = std::get_if<NeedFault>(&parsed)) {
    reading.error(node, fault->message, fault->hint);
    return std::nullopt;
  }
  const auto& needs = std::get<std::vector<Need>>(parsed);
  const auto span = fmt::format("shift {} is from {} to {} after the declaration", shift.id.str(),
                                base::minutes_text(shift.from), base::minutes_text(shift.until));
  for (const Need& need : needs) {
    if (need.by >= shift.from && need.by < shift.until) continue;
    reading.error(node,
                  fmt::format("by {} is {} of the shift", base::minutes_text(need.by),
                              need.by < shift.from ? "before the start" : "after the end"),
                  span);
    return std::nullopt;
  }
  return ShiftNeeds{&shift, needs};
}

std::vector<ShiftNeeds> read_needs(Node node, Reading& reading) {
  std::vector<ShiftNeeds> out;
  const auto& shifts = reading.book.shifts;
  if (shifts.empty()) return out;  // reported where the shifts are
  if (!node.is_mapping()) {
    if (auto needs = read_shift_needs(node, shifts.front(), reading))
      out.push_back(*std::move(needs));
    return out;
  }
  if (node.size() == 0) reading.error(node, "a need in no shift", "say \"response: 3 by 20min\"");
  for (const document::Entry entry : node.entries())
    if (const Shift* shift = read_shift_key(entry.key, reading))
      if (auto needs = read_shift_needs(entry.value, *shift, reading))
        out.push_back(*std::move(needs));
  std::stable_sort(out.begin(), out.end(),
                   [](const ShiftNeeds& a, const ShiftNeeds& b) { return a.shift < b.shift; });
  return out;
}

// The safe number of each shift: one for all of them, or by shift. 0 where nothing is said.
void read_minimum(Node node, const std::vector<ShiftNeeds>& needs, std::vector<Post>& posts,
                  Reading& reading) {
  const auto read = [&](Node value, const ShiftNeeds& of, Post& post) {
    const auto minimum = read_count(value, reading.findings, 0, kMostSeats);
    if (!minimum) return false;
    if (*minimum <= post.count()) {
      post.minimum = static_cast<int>(*minimum);
      return true;
    }
    reading.error(value,
                  fmt::format("a minimum of {} where only {} are needed in shift {}", *minimum,
                              post.count(), of.shift->id.str()),
                  "the minimum is the least that is safe, at most the need");
    return false;
  };
  if (node.is_mapping())
    for (const document::Entry entry : node.entries()) read_shift_key(entry.key, reading);
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const auto value =
        node.is_mapping() ? node.find(needs[i].shift->id.str()) : std::optional{node};
    if (value && !read(*value, needs[i], posts[i]) && !node.is_mapping()) return;
  }
}

struct AreaContext {
  const Area& area;
  std::unordered_set<std::string>& roles;
};

void read_post(Node node, AreaContext context, Reading& reading) {
  Fields fields{node, reading.findings, "a post"};
  if (!fields.is_mapping()) return;
  Post post;
  post.area = context.area.id;
  post.priority = context.area.priority;
  if (const auto role = fields.required("role"))
    if (auto id = read_id(*role, reading.findings)) {
      if (!context.roles.insert(*id).second)
        reading.error(*role, fmt::format("duplicate role \"{}\" in {}", *id, context.area.id.str()),
                      "name each role of an area once and give it one need");
      post.role = RoleId{*std::move(id)};
    }
  post.title = read_title(fields, post.role.str(), reading);
  if (const auto group = fields.optional("staff_group"))
    post.staff_group = read_staff_group(*group, reading);
  if (const auto skills = fields.optional("skills")) post.all_of = read_skills(*skills, reading);
  if (const auto skills = fields.optional("any_of")) post.any_of = read_skills(*skills, reading);
  if (const auto priority = fields.optional("priority"))
    if (const auto value = read_count(*priority, reading.findings, 1, kLeastPriority))
      post.priority = static_cast<Priority>(*value);
  reading.named_posts.insert(fmt::format("{}/{}", post.area.str(), post.role.str()));
  std::vector<ShiftNeeds> needs;
  if (const auto need = fields.required("need")) needs = read_needs(*need, reading);
  std::vector<Post> posts(needs.size(), post);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    posts[i].shift = needs[i].shift->id;
    posts[i].needs = needs[i].needs;
    posts[i].id =
        PostId{fmt::format("{}/{}/{}", post.area.str(), post.role.str(), posts[i].shift.str())};
  }
  if (const auto minimum = fields.optional("minimum"))
    read_minimum(*minimum, needs, posts, reading);
  std::move(posts.begin(), posts.end(), std::back_inserter(reading.book.posts));
  fields.finish();
}

// An area's lead is one of its own roles, and somebody must lead in every shift that the area
// works.
void check_lead(const Area& area, const std::optional<Node>& lead, std::size_t first_post,
                const std::unordered_set<std::string>& roles, Node at, bool has_faults,
                Reading& reading) {
  if (!lead) {
    reading.warning(at, fmt::format("nobody leads {}", area.id.str()),
                    "add \"lead: …\" with one of its roles");
    return;
  }
  if (area.lead.empty() || roles.empty()) return;
  if (!roles.contains(area.lead.str())) {
    const std::vector<std::string_view> known{roles.begin(), roles.end()};
    std::vector<std::string_view> sorted = known;
    std::sort(sorted.begin(), sorted.end());
    reading.error(*lead, fmt::format("{} has no role \"{}\"", area.id.str(), area.lead.str()),
                  document::meant(area.lead.str(), sorted));
    return;
  }
  if (has_faults) return;  // which shifts are worked is not known
  std::set<std::string_view> worked;
  std::set<std::string_view> led;
  for (std::size_t i = first_post; i < reading.book.posts.size(); ++i) {
    const Post& post = reading.book.posts[i];
    worked.insert(post.shift.str());
    if (post.role == area.lead) led.insert(post.shift.str());
  }
  for (const std::string_view shift : worked)
    if (!led.contains(shift))
      reading.warning(*lead, fmt::format("nobody leads {} in shift {}", area.id.str(), shift),
                      fmt::format("give {} a need in that shift", area.lead.str()));
}

void read_area(Node node, UniqueIds& ids, Reading& reading) {
  Fields fields{node, reading.findings, "an area"};
  if (!fields.is_mapping()) return;
  auto& areas = reading.book.areas;
  Area area;
  area.id = AreaId{ids.read(fields, "id", reading)};
  area.title = read_title(fields, area.id.str(), reading);
  if (const auto priority = fields.required("priority"))
    if (const auto value = read_count(*priority, reading.findings, 1, kLeastPriority)) {
      area.priority = static_cast<Priority>(*value);
      if (!areas.empty() && area.priority < areas.back().priority)
        reading.error(
            *priority,
            fmt::format("priority {} below priority {}", area.priority, areas.back().priority),
            "areas stand in order of priority: move this one up");
    }
  area.report_to = read_report_to(fields, reading);
  const auto lead = fields.optional("lead");
  if (lead)
    if (auto id = read_id(*lead, reading.findings)) area.lead = RoleId{*std::move(id)};
  const std::size_t first_post = reading.book.posts.size();
  const std::size_t errors_before = reading.findings.errors();
  std::unordered_set<std::string> roles;
  if (const auto posts = fields.required("posts"); posts && is_list(*posts, reading, "posts"))
    for (const Node post : posts->items()) read_post(post, {area, roles}, reading);
  check_lead(area, lead, first_post, roles, node, reading.findings.errors() > errors_before,
             reading);
  fields.finish();
  areas.push_back(std::move(area));
}

// A skill that is used once and spelt almost like another is more likely a slip than a skill.
void warn_of_odd_skills(Node areas, Reading& reading) {
  std::unordered_map<std::string_view, int> uses;
  for (const Post& post : reading.book.posts) {
    for (const SkillId& skill : post.all_of) ++uses[skill.str()];
    for (const SkillId& skill : post.any_of) ++uses[skill.str()];
  }
  constexpr std::size_t kMostCompared = 300;  // the comparison is quadratic
  if (uses.size() > kMostCompared) return;
  const auto warn = [&](Node skill) {
    const auto of_this = uses.find(skill.text());
    if (of_this == uses.end() || of_this->second > 1 || skill.text().size() < 4) return;
    for (const auto& [other, count] : uses)
      if (count > 2 && base::edit_distance(skill.text(), other) == 1)
        reading.warning(skill, fmt::format("the skill \"{}\" is used once", skill.text()),
                        fmt::format("did you mean \"{}\", used {} times?", other, count));
  };
  for (const Node area : areas.items())
    if (const auto posts = area.find("posts"))
      for (const Node post : posts->items())
        for (const std::string_view key : {"skills", "any_of"})
          if (const auto skills = post.find(key)) {
            if (skills->is_scalar()) warn(*skills);
            for (const Node skill : skills->items()) warn(skill);
          }
}

}  // namespace

void read_shifts(Node node, Reading& reading) {
  if (!is_list(node, reading, "shifts")) return;
  constexpr std::size_t kMostShifts = 16;
  if (node.size() > kMostShifts) {
    reading.error(node, fmt::format("{} shifts: at most {} are read", node.size(), kMostShifts));
    return;
  }
  auto& shifts = reading.book.shifts;
  UniqueIds ids;
  for (const Node item : node.items()) {
    Fields fields{item, reading.findings, "a shift"};
    if (!fields.is_mapping()) continue;
    Shift shift;
    shift.id = ShiftId{ids.read(fields, "id", reading)};
    shift.title = read_title(fields, shift.id.str(), reading);
    const auto from_node = fields.required("from");
    const auto until_node = fields.required("until");
    const auto from =
        from_node ? document::read_minutes(*from_node, reading.findings, kHorizon) : std::nullopt;
    const auto until =
        until_node ? document::read_minutes(*until_node, reading.findings, kHorizon) : std::nullopt;
    fields.finish();
    const Minutes before = shifts.empty() ? Minutes{0} : shifts.back().until;
    const bool is_after_fault = before == kHorizon;
    // A time that cannot be read becomes the widest, so that nothing below is at fault because of
    // it.
    shift.from = from.value_or(std::min(before, kHorizon - Minutes{1}));
    shift.until = until.value_or(kHorizon);
    if (shift.until <= shift.from) {
      if (from && until)
        reading.error(*until_node, "the shift ends before it begins",
                      "both count from the declaration: \"from: 8h\", \"until: 16h\"");
      shift.until = kHorizon;
    }
    if (shifts.empty() && shift.from != Minutes{0})
      reading.error(*from_node, "the first shift begins with the declaration", "write \"from: 0\"");
    if (!shifts.empty() && shift.from < before && !is_after_fault)
      reading.error(
          *from_node,
          fmt::format("shift {} begins before {} ends", shift.id.str(), shifts.back().id.str()),
          "shifts stand in order of time and do not overlap");
    if (!shifts.empty() && shift.from > before)
      reading.warning(*from_node,
                      fmt::format("no shift between {} and {}", base::minutes_text(before),
                                  base::minutes_text(shift.from)));
    shifts.push_back(std::move(shift));
  }
}

void read_areas(Node node, Reading& reading) {
  if (!is_list(node, reading, "areas")) return;
  UniqueIds ids;
  for (const Node item : node.items()) read_area(item, ids, reading);
  warn_of_odd_skills(node, reading);
}

void read_holding_areas(Node node, Reading& reading) {
  if (!is_list(node, reading, "holding areas")) return;
  UniqueIds ids;
  for (const Node item : node.items()) {
    Fields fields{item, reading.findings, "a holding area"};
    if (!fields.is_mapping()) continue;
    HoldingArea area;
    area.id = AreaId{ids.read(fields, "id", reading)};
    if (!area.id.empty() && reading.book.find_area(area.id) != nullptr)
      reading.error(*fields.node().find("id"),
                    fmt::format("\"{}\" is the name of an area already", area.id.str()));
    area.title = read_title(fields, area.id.str(), reading);
    area.report_to = read_report_to(fields, reading);
    if (const auto capacity = fields.optional("capacity"))
      if (const auto count = read_count(*capacity, reading.findings, 1, 10000))
        area.capacity = static_cast<int>(*count);
    if (const auto groups = fields.optional("staff_groups")) {
      if (groups->is_sequence())
        for (const Node group : groups->items())
          area.staff_groups.push_back(read_staff_group(group, reading));
      else
        area.staff_groups.push_back(read_staff_group(*groups, reading));
    }
    fields.finish();
    reading.book.holding_areas.push_back(std::move(area));
  }
}

}  // namespace tocsin::playbook
