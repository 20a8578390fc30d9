#include "allocation/reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/text.h"

namespace tocsin::allocation {

namespace {

std::string listed(const std::vector<SkillId>& skills, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    if (i > 0) result += i + 1 == skills.size() ? fmt::format(" {} ", last) : ", ";
    result += base::printable(skills[i].str());
  }
  return result;
}

// What to say after "no responder has".
std::string lacking(const Post& post, std::span<const Responder* const> responders) {
  std::unordered_set<SkillId> known;
  for (const Responder* responder : responders)
    known.insert(responder->skills.begin(), responder->skills.end());
  const auto is_unknown = [&](const SkillId& skill) { return !known.contains(skill); };

  std::vector<SkillId> unknown;
  std::copy_if(post.skills.begin(), post.skills.end(), std::back_inserter(unknown), is_unknown);
  if (!unknown.empty()) return listed(unknown, "or");
  if (!post.any_skills.empty() &&
      (post.skills.empty() ||
       std::all_of(post.any_skills.begin(), post.any_skills.end(), is_unknown)))
    return listed(post.any_skills, "or");
  if (!post.any_skills.empty()) return wanted_skills(post);
  return (post.skills.size() == 2 ? "both " : "all of ") + listed(post.skills, "and");
}

std::string whereabouts(const Able& able) {
  const std::int64_t all = able.all();
  const std::string subject = all == 1   ? "the only one"
                              : all == 2 ? "both"
                                         : fmt::format("all {}", all);
  if (able.here == all) return fmt::format("{} {} here already", subject, all == 1 ? "is" : "are");
  const std::string_view holds = all == 1 ? "holds a post" : "hold posts";
  if (able.higher_priority == all) return fmt::format("{} {} of higher priority", subject, holds);
  if (able.same_priority == all) return fmt::format("{} {} of the same priority", subject, holds);
  std::vector<std::string> parts;
  if (able.here > 0) parts.push_back(fmt::format("{} here", able.here));
  if (able.higher_priority > 0)
    parts.push_back(fmt::format("{} of higher priority", able.higher_priority));
  if (able.same_priority > 0)
    parts.push_back(fmt::format("{} of the same priority", able.same_priority));
  return fmt::format("{} {}: {}", subject, holds, base::join(parts, ", "));
}

}  // namespace

std::string wanted_skills(const Post& post) {
  if (post.any_skills.empty()) return listed(post.skills, "and");
  const std::string any =
      (post.any_skills.size() > 1 ? "one of " : "") + listed(post.any_skills, "or");
  return post.skills.empty() ? any : fmt::format("{} and {}", listed(post.skills, "and"), any);
}

std::string reason_unfilled(const Post& post, const Able& able,
                            std::span<const Responder* const> responders) {
  if (responders.empty()) return "there are no responders";
  const std::string skills = wanted_skills(post);
  const std::string with = skills.empty() ? "" : " with " + skills;
  if (able.all() == 0) {
    if (able.kept_away > 0)
      return fmt::format("every responder{} is barred from it or fixed to another post", with);
    return "no responder has " + lacking(post, responders);
  }
  std::string result = fmt::format("no free responder{}: {}", with, whereabouts(able));
  if (able.kept_away > 0)
    result += fmt::format("; {} more {} barred from it or fixed to another post", able.kept_away,
                          able.kept_away == 1 ? "is" : "are");
  return result;
}

}  // namespace tocsin::allocation
