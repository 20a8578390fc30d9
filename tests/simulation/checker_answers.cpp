// What the checker holds of answers: the newest one counts, whichever way it came.
#include <fmt/format.h>

#include <algorithm>

#include "simulation/checker.h"

namespace tocsin::simulation {

namespace {

using incident::Answer;

bool counts(const incident::Person& person, Answer answer) {
  if (answer == Answer::arrived) return person.arrived.has_value();
  if (answer == Answer::leaving) return person.left;
  // Whoever has left and says no has still left.
  const bool may_have_left = answer == Answer::no;
  return person.answer == answer && !person.arrived && (may_have_left || !person.left);
}

}  // namespace

// What they said last, by the diary, when they spoke by their device only. Of what somebody else
// wrote down the journal says when.
std::optional<Answer> Checker::last_answer(std::size_t person) const {
  const Life& life = record_.life(person);
  if (!life.only_by_device)
    return life.is_clear && life.answer != Answer::none ? std::optional{life.answer} : std::nullopt;
  const auto& said = diary_.said_by(person);
  if (said.empty()) return std::nullopt;
  const auto newest = std::max_element(said.begin(), said.end(),
                                       [](const Said& a, const Said& b) { return a.at < b.at; });
  const bool is_clear = std::none_of(said.begin(), said.end(), [&](const Said& other) {
    return &other != &*newest && other.at == newest->at;
  });
  return is_clear && newest->by_device ? std::optional{newest->answer} : std::nullopt;
}

// When no answer of theirs is under way, the newest one counts.
std::string Checker::check_answer(const incident::State& state, incident::PersonIndex p) const {
  if (!is_clock_right() || record_.life(p).is_posted || record_.ended() != 0 ||
      relay_.has_answer_of(p))
    return "";
  const auto answer = last_answer(p);
  if (!answer || counts(state.people[p], *answer)) return "";
  return fmt::format("said \"{}\" last, and it does not count", incident::to_text(*answer));
}

}  // namespace tocsin::simulation
