#include "allocation/ground.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace tocsin::allocation {

namespace {

template <class Map, class Key>
std::uint32_t intern(Map& map, const Key& key) {
  return map.try_emplace(key, static_cast<std::uint32_t>(map.size())).first->second;
}

void append(std::string& bytes, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(value >> shift));
}

void append(std::string& bytes, std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  append(bytes, static_cast<std::uint32_t>(values.size()));
  for (const std::uint32_t value : values) append(bytes, value);
}

}  // namespace

bool Bits::contains(const Bits& other) const noexcept {
  for (std::size_t i = 0; i < other.words_.size(); ++i)
    if ((other.words_[i] & ~(i < words_.size() ? words_[i] : 0)) != 0) return false;
  return true;
}

bool Bits::meets(const Bits& other) const noexcept {
  for (std::size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i)
    if ((words_[i] & other.words_[i]) != 0) return true;
  return false;
}

Ground::Ground(std::span<const Post> posts) {
  // A post without seats has a level, too, so that the objective lists its priority.
  std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> levels;
  for (const Post& post : posts) levels.try_emplace({post.stage, post.priority}, 0);
  for (auto& [key, level] : levels) {
    level = static_cast<std::uint32_t>(stages_.size());
    stages_.push_back(key.first);
  }

  for (std::size_t i = 0; i < posts.size(); ++i)
    if (posts[i].count > 0) post_index_.push_back(i);
  std::sort(post_index_.begin(), post_index_.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(posts[a].stage, posts[a].priority, posts[a].id) <
           std::tie(posts[b].stage, posts[b].priority, posts[b].id);
  });

  for (const std::size_t index : post_index_) {
    const Post& post = posts[index];
    node_of_.emplace(post.id, static_cast<Node>(nodes_.size()));
    PostNode node;
    node.from = post.from.count();
    if (post.by) node.by = post.by->count();
    node.level = levels.at({post.stage, post.priority});
    node.shift = intern(shift_bit_, post.shift);
    node.count = post.count;
    node.minimum = std::clamp<std::int64_t>(post.minimum, 0, post.count);
    nodes_.push_back(node);
    Bits& all = skills_.emplace_back();
    for (const SkillId& skill : post.skills) all.set(intern(skill_bit_, skill));
    Bits& any = any_skills_.emplace_back();
    for (const SkillId& skill : post.any_skills) any.set(intern(skill_bit_, skill));
    wants_any_.push_back(!post.any_skills.empty());
    groups_.push_back(post.group.empty() ? kNone : intern(group_number_, post.group));
    listed_only_.push_back(post.listed_only);
  }
}

std::optional<Node> Ground::node_of(const PostId& id) const {
  const auto found = node_of_.find(id);
  if (found == node_of_.end()) return std::nullopt;
  return found->second;
}

std::vector<Node> Ground::nodes_for(const Bits& skills, std::uint32_t group,
                                    const std::vector<Node>& listed,
                                    const std::vector<Node>& barred) const {
  std::vector<Node> nodes;
  for (Node node = 0; node < nodes_.size(); ++node)
    if (skills.contains(skills_[node]) && (!wants_any_[node] || skills.meets(any_skills_[node])) &&
        (groups_[node] == kNone || groups_[node] == group) &&
        (!listed_only_[node] || std::binary_search(listed.begin(), listed.end(), node)) &&
        !std::binary_search(barred.begin(), barred.end(), node))
      nodes.push_back(node);
  return nodes;
}

Person Ground::person(const Responder& responder) {
  Profile profile;
  Bits skills;
  std::string bytes;
  std::vector<std::uint32_t> numbers;
  for (const SkillId& skill : responder.skills) {
    // A skill that no post asks for is left out: it would only split profiles.
    const auto found = skill_bit_.find(skill);
    if (found == skill_bit_.end()) continue;
    skills.set(found->second);
    numbers.push_back(found->second);
  }
  append(bytes, numbers);
  // A group that no post requires is left out, too.
  const auto known_group = group_number_.find(responder.group);
  const std::uint32_t group = known_group == group_number_.end() ? kNone : known_group->second;
  append(bytes, group);
  std::vector<std::uint32_t> listed;
  for (const PostId& post : responder.listed)
    if (const auto node = node_of(post)) listed.push_back(*node);
  append(bytes, listed);
  numbers.clear();
  for (const ShiftId& shift : responder.breaches) {
    const auto found = shift_bit_.find(shift);
    if (found == shift_bit_.end()) continue;
    profile.breaches.set(found->second);
    numbers.push_back(found->second);
  }
  append(bytes, numbers);
  numbers.clear();
  for (const PostId& post : responder.barred)
    if (const auto node = node_of(post)) numbers.push_back(*node);
  append(bytes, numbers);
  profile.is_told = responder.told.has_value();
  if (responder.told) profile.told = node_of(*responder.told).value_or(kNone);
  if (responder.fixed) profile.fixed = node_of(*responder.fixed).value_or(kNone);
  profile.last_resort = responder.last_resort;
  append(bytes, profile.told);
  append(bytes, profile.fixed);
  bytes.push_back(static_cast<char>((profile.is_told ? 1 : 0) | (profile.last_resort ? 2 : 0) |
                                    (responder.fixed ? 4 : 0)));

  const auto [entry, is_new] =
      profile_of_.try_emplace(bytes, static_cast<std::uint32_t>(profiles_.size()));
  if (is_new) {
    if (responder.fixed) {
      if (profile.fixed != kNone) profile.nodes.push_back(profile.fixed);
    } else {
      profile.nodes = nodes_for(skills, group, listed, numbers);
    }
    profiles_.push_back(std::move(profile));
  }
  return {responder.eta.count(), entry->second};
}

}  // namespace tocsin::allocation
