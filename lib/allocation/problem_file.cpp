#include "allocation/problem_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "document/fields.h"
#include "document/yaml.h"

namespace tocsin::allocation {

namespace {

using document::Entry;
using document::Findings;
// This file writes document::Node in full, because Node alone is a post's number in this folder.

constexpr std::int64_t kMostMinutes = 10'000'000;   // nineteen years
constexpr std::int64_t kMostCount = 1'000'000'000;  // seats of one post
constexpr std::int64_t kMostPriority = 1'000'000'000;
constexpr std::size_t kMostPosts = 10'000;

constexpr auto kProblemKeys = std::to_array<std::string_view>({"posts", "responders"});
constexpr auto kPostKeys =
    std::to_array<std::string_view>({"id", "area", "role", "shift", "priority", "count", "minimum",
                                     "skills", "any_skills", "by", "from"});
constexpr auto kResponderKeys = std::to_array<std::string_view>(
    {"id", "skills", "eta", "last_resort", "breaches", "told", "fixed", "barred"});

// The values of a mapping, in the order of `keys`. A null counts as absent, because scripts write
// null for what they do not know.
template <std::size_t N>
class Row {
 public:
  Row(document::Node node, const std::array<std::string_view, N>& keys, std::string_view what,
      Findings& findings)
      : node_(node), keys_(keys), what_(what), findings_(findings) {
    if (!node.is_mapping()) {
      findings.error(node.place(), fmt::format("{} is expected here", what),
                     "write it as \"key: value\" lines");
      return;
    }
    for (const Entry entry : node.entries()) {
      const auto found = std::find(keys.begin(), keys.end(), entry.key.text());
      if (found == keys.end())
        findings.error(
            entry.key.place(),
            fmt::format("unknown key \"{}\" in {}", document::shown(entry.key.text()), what),
            document::meant(entry.key.text(), keys));
      else if (!entry.value.is_null())
        values_[static_cast<std::size_t>(found - keys.begin())] = entry.value;
    }
  }

  std::optional<document::Node> get(std::string_view key) const {
    return values_[static_cast<std::size_t>(std::find(keys_.begin(), keys_.end(), key) -
                                            keys_.begin())];
  }
  std::optional<document::Node> require(std::string_view key) const {
    auto value = get(key);
    if (!value && node_.is_mapping())
      findings_.error(node_.place(), fmt::format("\"{}\" is missing from {}", key, what_),
                      fmt::format("add \"{}: …\"", key));
    return value;
  }

 private:
  document::Node node_;
  const std::array<std::string_view, N>& keys_;
  std::string_view what_;
  Findings& findings_;
  std::array<std::optional<document::Node>, N> values_;
};

class Reader {
 public:
  explicit Reader(Findings& findings) : findings_(findings) {}

  Problem read(document::Node root);

 private:
  struct Named {
    PostId post;
    document::Place place;
  };

  void read_post(document::Node node, Problem& problem);
  void read_responder(document::Node node, Problem& problem);
  void check_names(std::span<const Post> posts);

  std::string text(std::optional<document::Node> node) {
    return node ? document::read_text(*node, findings_).value_or("") : "";
  }
  std::int64_t number(std::optional<document::Node> node, std::int64_t least, std::int64_t most,
                      std::int64_t otherwise) {
    return node ? document::read_count(*node, findings_, least, most).value_or(otherwise)
                : otherwise;
  }
  // A list of names; a single name counts as a list of one.
  template <class Id>
  std::vector<Id> names(std::optional<document::Node> node) {
    std::vector<Id> result;
    const auto read_one = [&](document::Node item) {
      if (auto name = document::read_text(item, findings_)) result.emplace_back(*std::move(name));
    };
    if (!node) return result;
    if (!node->is_sequence()) {
      read_one(*node);
      return result;
    }
    for (const document::Node item : node->items()) read_one(item);
    return result;
  }
  std::optional<PostId> post_name(std::optional<document::Node> node) {
    auto found = names<PostId>(node);
    if (found.empty()) return std::nullopt;
    if (node->is_sequence()) {
      findings_.error(node->place(), "one post is expected here, not a list");
      return std::nullopt;
    }
    named_.push_back({found.front(), node->place()});
    return found.front();
  }
  // Reports an id that was used before in the file.
  void claim(std::unordered_map<std::string, int>& taken, const std::string& id,
             std::optional<document::Node> node, std::string_view what) {
    if (!node || id.empty()) return;
    const auto [entry, is_new] = taken.try_emplace(id, node->line());
    if (!is_new)
      findings_.error(node->place(),
                      fmt::format("{} \"{}\" is already there, in line {}", what,
                                  document::shown(id), entry->second),
                      "every id must be used once");
  }

  Findings& findings_;
  std::unordered_map<std::string, int> posts_;       // line by id
  std::unordered_map<std::string, int> responders_;  // line by id
  std::vector<Named> named_;                         // posts that responders name
};

void Reader::read_post(document::Node node, Problem& problem) {
  const Row row{node, kPostKeys, "a post", findings_};
  Post post;
  const auto id = row.require("id");
  post.id = PostId{text(id)};
  claim(posts_, post.id.str(), id, "post");
  post.area = text(row.require("area"));
  post.role = text(row.require("role"));
  post.shift = ShiftId{text(row.require("shift"))};
  post.priority = number(row.require("priority"), 1, kMostPriority, 1);
  post.count = number(row.require("count"), 0, kMostCount, 0);
  const auto minimum = row.get("minimum");
  post.minimum = number(minimum, 0, kMostCount, 0);
  if (minimum && post.minimum > post.count)
    findings_.warning(
        minimum->place(),
        fmt::format("the minimum of {} is above the count of {}", post.minimum, post.count),
        "the count is taken as the minimum");
  post.skills = names<SkillId>(row.get("skills"));
  post.any_skills = names<SkillId>(row.get("any_skills"));
  if (const auto by = row.get("by")) post.by = Minutes{number(by, 0, kMostMinutes, 0)};
  post.from = Minutes{number(row.get("from"), 0, kMostMinutes, 0)};
  problem.posts.push_back(std::move(post));
}

void Reader::read_responder(document::Node node, Problem& problem) {
  const Row row{node, kResponderKeys, "a responder", findings_};
  Responder responder;
  const auto id = row.require("id");
  responder.id = ResponderId{text(id)};
  claim(responders_, responder.id.str(), id, "responder");
  responder.skills = names<SkillId>(row.get("skills"));
  responder.eta = Minutes{number(row.require("eta"), 0, kMostMinutes, 0)};
  if (const auto last = row.get("last_resort"))
    responder.last_resort = document::read_bool(*last, findings_).value_or(false);
  responder.breaches = names<ShiftId>(row.get("breaches"));
  responder.told = post_name(row.get("told"));
  responder.fixed = post_name(row.get("fixed"));
  if (const auto barred = row.get("barred")) {
    responder.barred = names<PostId>(barred);
    for (const PostId& post : responder.barred) named_.push_back({post, barred->place()});
  }
  problem.responders.push_back(std::move(responder));
}

void Reader::check_names(std::span<const Post> posts) {
  std::vector<std::string_view> known;
  for (const Post& post : posts) known.push_back(post.id.str());
  for (const Named& named : named_) {
    // Later findings are not kept, and looking for the nearest name takes time.
    if (findings_.errors() >= Findings::kMost) return;
    if (!posts_.contains(named.post.str()))
      findings_.error(named.place,
                      fmt::format("there is no post \"{}\"", document::shown(named.post.str())),
                      document::meant(named.post.str(), known));
  }
}

Problem Reader::read(document::Node root) {
  Problem problem;
  const Row row{root, kProblemKeys, "a problem (posts and responders)", findings_};
  const auto list = [&](std::string_view key) {
    auto value = row.require(key);
    if (value && !value->is_sequence()) {
      findings_.error(value->place(), fmt::format("a list is expected under \"{}\"", key));
      value.reset();
    }
    return value;
  };
  const auto posts = list("posts");
  const auto responders = list("responders");
  if (posts && posts->size() > kMostPosts) {
    findings_.error(posts->place(),
                    fmt::format("{} posts: at most {} are read", posts->size(), kMostPosts),
                    "seats that are alike are one post with a count");
    return problem;
  }
  if (posts)
    for (const document::Node node : posts->items()) read_post(node, problem);
  if (responders)
    for (const document::Node node : responders->items()) read_responder(node, problem);
  check_names(problem.posts);
  return problem;
}

}  // namespace

Problem read_problem(std::string_view text, std::string_view file, Findings& findings) {
  const auto document = document::parse_yaml(text, file, findings, {kLargestProblem, 8});
  if (document == nullptr) return {};
  return Reader{findings}.read(document->root());
}

}  // namespace tocsin::allocation
