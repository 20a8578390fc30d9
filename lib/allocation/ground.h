// A problem in small integers: posts are nodes of a graph, skills and shifts are bits, responders
// are indices. Responders who differ only in their arrival share a profile. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "allocation/problem.h"

namespace tocsin::allocation {

// A post. The node after the last post is the pool: the responders without a post.
using Node = std::uint32_t;
using PersonIndex = std::uint32_t;  // a responder
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// A post with at least one seat.
struct PostNode {
  std::int64_t from = 0;
  std::int64_t by = std::numeric_limits<std::int64_t>::max();
  std::uint32_t level = 0;  // rank of its stage and priority, 0 is the highest
  std::uint32_t shift = 0;
  std::int64_t count = 0;
  std::int64_t minimum = 0;  // at most count
};

class Bits {
 public:
  void set(std::uint32_t bit) {
    if (bit / 64 >= words_.size()) words_.resize(bit / 64 + 1);
    words_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  bool test(std::uint32_t bit) const noexcept {
    return bit / 64 < words_.size() && (words_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  bool contains(const Bits& other) const noexcept;
  bool meets(const Bits& other) const noexcept;

 private:
  std::vector<std::uint64_t> words_;
};

struct Profile {
  std::vector<Node> nodes;  // that they may hold, ascending
  Bits breaches;            // by shift
  Node told = kNone;
  Node fixed = kNone;
  bool is_told = false;  // also when told to a post that is not there
  bool last_resort = false;
};

struct Person {
  std::int64_t eta = 0;
  std::uint32_t profile = 0;
};

class Ground {
 public:
  // Nodes are ordered by level, then by id, so that the order of `posts` does not matter.
  explicit Ground(std::span<const Post> posts);

  std::span<const PostNode> nodes() const noexcept { return nodes_; }
  // The node's index into `posts`, and the node of a post that has seats.
  std::size_t post_index(Node node) const noexcept { return post_index_[node]; }
  std::optional<Node> node_of(const PostId& id) const;
  std::uint32_t levels() const noexcept { return static_cast<std::uint32_t>(stages_.size()); }
  // The stage of each level, highest level first.
  const std::vector<std::int64_t>& stages() const noexcept { return stages_; }

  Person person(const Responder& responder);
  const Profile& profile(std::uint32_t index) const noexcept { return profiles_[index]; }
  std::size_t profiles() const noexcept { return profiles_.size(); }

 private:
  std::vector<Node> nodes_for(const Bits& skills, std::uint32_t group,
                              const std::vector<Node>& listed,
                              const std::vector<Node>& barred) const;

  std::vector<PostNode> nodes_;
  std::vector<std::size_t> post_index_;
  std::vector<Bits> skills_;           // by node: all of these
  std::vector<Bits> any_skills_;       // by node: one of these
  std::vector<bool> wants_any_;        // by node: whether any_skills_ counts
  std::vector<std::uint32_t> groups_;  // by node: the only group that may hold it, or kNone
  std::vector<bool> listed_only_;      // by node
  std::unordered_map<PostId, Node> node_of_;
  std::unordered_map<SkillId, std::uint32_t> skill_bit_;
  std::unordered_map<GroupId, std::uint32_t> group_number_;
  std::unordered_map<ShiftId, std::uint32_t> shift_bit_;
  std::vector<std::int64_t> stages_;
  std::vector<Profile> profiles_;
  std::unordered_map<std::string, std::uint32_t> profile_of_;  // by all of the profile, as bytes
};

}  // namespace tocsin::allocation
