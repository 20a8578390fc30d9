#include "incident/seating/seats.h"

#include <fmt/format.h>

namespace tocsin::incident {

allocation::PostId slot_id(const State& state, const Slot& slot) {
  return allocation::PostId{
      fmt::format("{}@{}", state.playbook.posts[slot.post].id.str(), slot.tranche)};
}

namespace {

allocation::Post post_for(const State& state, const Slot& slot) {
  const playbook::Post& post = state.playbook.posts[slot.post];
  allocation::Post out;
  out.id = slot_id(state, slot);
  out.area = post.area.str();
  out.role = post.role.str();
  out.shift = allocation::ShiftId{post.shift.str()};
  out.stage = state.shift_position(slot.post);
  out.priority = state.playbook.posts[slot.post].priority;
  out.count = slot.count;
  out.minimum = slot.minimum;
  for (const auto& skill : post.all_of) out.skills.emplace_back(skill.str());
  for (const auto& skill : post.any_of) out.any_skills.emplace_back(skill.str());
  out.group = allocation::GroupId{post.staff_group.str()};
  out.by = slot.by;
  out.from = slot.from;
  return out;
}

}  // namespace

allocation::Problem seats_of(const State& state) {
  allocation::Problem problem;
  for (const Slot& slot : state.slots) problem.posts.push_back(post_for(state, slot));
  return problem;
}

allocation::PostId spare_id(const State& state, const Slot& slot) {
  return allocation::PostId{fmt::format("{}+", slot_id(state, slot).str())};
}

allocation::Post spare_for(const State& state, const Slot& slot) {
  allocation::Post post = post_for(state, slot);
  post.id = spare_id(state, slot);
  post.priority = playbook::kLeastPriority + 1;
  post.count = 1;
  post.minimum = 0;
  post.skills.clear();
  post.any_skills.clear();
  post.group = {};
  post.listed_only = true;
  return post;
}

void qualify(allocation::Responder& responder, const State& state, PersonIndex person) {
  const Profile& profile = state.profiles[state.people[person].profile];
  for (const std::string& skill : profile.skills) responder.skills.emplace_back(skill);
  responder.group = allocation::GroupId{profile.staff_group};
}

}  // namespace tocsin::incident
