#include "allocation/reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace tocsin::allocation {

namespace {

using Words = std::vector<std::string>;

Words words_of(const std::vector<SkillId>& skills) {
  Words words;
  for (const SkillId& skill : skills) words.push_back(base::printable(skill.str()));
  return words;
}

// The group and skills that a responder must have, without the alternatives.
Words all_of(const Post& post) {
  Words words = words_of(post.skills);
  if (!post.group.empty())
    words.push_back(fmt::format("the group {}", base::printable(post.group.str())));
  return words;
}

std::string listed(const Words& words, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) result += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    result += words[i];
  }
  return result;
}

// The words that no responder has.
Words unknown_of(const Post& post, const Known& known) {
  Post unknown;
  for (const SkillId& skill : post.skills)
    if (!known.skills.contains(skill)) unknown.skills.push_back(skill);
  if (!known.groups.contains(post.group)) unknown.group = post.group;
  return all_of(unknown);
}

// What to say after "no responder has".
std::string lacking(const Post& post, const Known& known) {
  if (const Words unknown = unknown_of(post, known); !unknown.empty()) return listed(unknown, "or");
  const Words all = all_of(post);
  if (!post.any_skills.empty() &&
      (all.empty() ||
       std::none_of(post.any_skills.begin(), post.any_skills.end(),
                    [&](const SkillId& skill) { return known.skills.contains(skill); })))
    return listed(words_of(post.any_skills), "or");
  if (!post.any_skills.empty()) return wanted_skills(post);
  return (all.size() == 2 ? "both " : "all of ") + listed(all, "and");
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
  const Words all = all_of(post);
  if (post.any_skills.empty()) return listed(all, "and");
  const std::string any =
      (post.any_skills.size() > 1 ? "one of " : "") + listed(words_of(post.any_skills), "or");
  return all.empty() ? any : fmt::format("{} and {}", listed(all, "and"), any);
}

void Known::add(const Responder& responder) {
  is_anybody = true;
  skills.insert(responder.skills.begin(), responder.skills.end());
  groups.insert(responder.group);
}

std::string reason_unfilled(const Post& post, const Able& able, const Known& known) {
  if (!known.is_anybody) return "there are no responders";
  const std::string skills = wanted_skills(post);
  const std::string with = skills.empty() ? "" : " with " + skills;
  if (able.all() == 0) {
    if (able.kept_away > 0)
      return fmt::format("every responder{} is barred from it or fixed to another post", with);
    if (skills.empty()) return "no responder is listed for it";
    return "no responder has " + lacking(post, known);
  }
  std::string result = fmt::format("no free responder{}: {}", with, whereabouts(able));
  if (able.kept_away > 0)
    result += fmt::format("; {} more {} barred from it or fixed to another post", able.kept_away,
                          able.kept_away == 1 ? "is" : "are");
  return result;
}

}  // namespace tocsin::allocation
