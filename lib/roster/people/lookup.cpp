#include "roster/people/lookup.h"

#include <algorithm>

#include "base/text.h"
#include "roster/people/names.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

bool contains_words(const std::vector<std::string>& words, const std::vector<std::string>& sought) {
  return std::all_of(sought.begin(), sought.end(), [&](const std::string& part) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(part); });
  });
}

std::vector<const Responder*> nearest(const Roster& roster, const std::string& name) {
  const std::size_t farthest = std::max<std::size_t>(2, name.size() / 3);
  std::vector<std::pair<std::size_t, const Responder*>> near;
  for (const Responder& person : roster.responders()) {
    const std::size_t distance = base::edit_distance(name_key(person.name), name);
    if (distance <= farthest) near.emplace_back(distance, &person);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Responder*> out;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, near.size()); ++i)
    out.push_back(near[i].second);
  return out;
}

void add(std::map<std::string, const Responder*, std::less<>>& index, std::string key,
         const Responder& person) {
  if (key.empty()) return;
  const auto [at, added] = index.emplace(std::move(key), &person);
  if (!added && at->second != &person) at->second = nullptr;  // two people have it
}

const Responder* look_up(const std::map<std::string, const Responder*, std::less<>>& index,
                         std::string_view key) {
  const auto at = index.find(key);
  return at == index.end() ? nullptr : at->second;
}

}  // namespace

Found find_person(const Roster& roster, std::string_view text) {
  text = base::trim(text);
  if (const Responder* exact = roster.find(PersonId{text})) return exact;
  const std::string id = base::to_lower(text);
  const std::string name = name_key(text);
  const std::vector<std::string> sought = name_words(text);
  std::vector<const Responder*> whole;
  std::vector<const Responder*> part;
  for (const Responder& person : roster.responders()) {
    if (base::to_lower(person.id.str()) == id) return &person;
    const std::vector<std::string> words = name_words(person.name);
    if (!sought.empty() && words == sought) whole.push_back(&person);
    if (!sought.empty() && contains_words(words, sought)) part.push_back(&person);
  }
  std::vector<const Responder*>& found = whole.empty() ? part : whole;
  if (found.size() == 1) return found.front();
  if (!found.empty()) return std::move(found);
  return NobodyFound{nearest(roster, name)};
}

People::People(const Roster& roster) {
  for (const Responder& person : roster.responders()) {
    add(ids_, base::to_lower(person.id.str()), person);
    add(names_, name_key(person.name), person);
    for (const ContactPoint& contact : person.contacts)
      if (contact.channel.str() == "email") add(emails_, contact.address, person);
  }
}

const Responder* People::by_id(std::string_view id) const {
  return look_up(ids_, base::to_lower(id));
}
const Responder* People::by_email(std::string_view email) const {
  return look_up(emails_, base::to_lower(email));
}
const Responder* People::by_name(std::string_view name) const {
  return look_up(names_, name_key(name));
}

}  // namespace tocsin::roster
