#include "roster/people/roster.h"

#include <algorithm>
#include <set>

#include "base/fault.h"

namespace tocsin::roster {

namespace {

template <class Word, class Add>
std::vector<Word> words_of(const std::vector<Responder>& responders, Add add) {
  std::set<Word> words;
  for (const Responder& responder : responders)
    if (responder.is_active()) add(responder, words);
  words.erase(Word{});
  return {words.begin(), words.end()};
}

}  // namespace

bool Responder::has_skill(const SkillId& skill) const {
  return std::binary_search(skills.begin(), skills.end(), skill);
}

Roster::Roster(std::uint64_t revision, base::Instant imported, std::vector<Responder> responders)
    : revision_(revision), imported_(imported), responders_(std::move(responders)) {
  const auto by_id = [](const Responder& a, const Responder& b) { return a.id < b.id; };
  if (!std::is_sorted(responders_.begin(), responders_.end(), by_id))
    std::sort(responders_.begin(), responders_.end(), by_id);
  TOCSIN_ASSERT(std::adjacent_find(responders_.begin(), responders_.end(),
                                   [](const Responder& a, const Responder& b) {
                                     return a.id == b.id;
                                   }) == responders_.end());
  for (std::size_t i = 0; i < responders_.size(); ++i)
    by_id_.add(std::hash<PersonId>{}(responders_[i].id), static_cast<std::uint32_t>(i));
}

std::optional<std::size_t> Roster::index_of(const PersonId& id) const noexcept {
  return by_id_.find(std::hash<PersonId>{}(id),
                     [&](std::uint32_t position) { return responders_[position].id == id; });
}

const Responder* Roster::find(const PersonId& id) const noexcept {
  const auto index = index_of(id);
  return index ? &responders_[*index] : nullptr;
}

std::vector<SkillId> Roster::skills() const {
  return words_of<SkillId>(responders_, [](const Responder& responder, std::set<SkillId>& words) {
    words.insert(responder.skills.begin(), responder.skills.end());
  });
}

std::vector<RoleId> Roster::roles() const {
  return words_of<RoleId>(responders_, [](const Responder& responder, std::set<RoleId>& words) {
    words.insert(responder.role);
  });
}

std::vector<StaffGroupId> Roster::staff_groups() const {
  return words_of<StaffGroupId>(responders_,
                                [](const Responder& responder, std::set<StaffGroupId>& words) {
                                  words.insert(responder.staff_group);
                                });
}

}  // namespace tocsin::roster
