// The people whom the words of an event name, and what those words say without them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "roster/people/lookup.h"
#include "roster/reading/duty_words.h"

namespace tocsin::roster {

// A summary, and whom it names before or after its last colon or dash.
struct Summary {
  std::string words;
  std::string_view named;
  std::string_view behind;  // the colon, when nobody is named
  std::vector<const Responder*> people;
};

// Finds names by the roster and guesses none. Both must outlive it.
class Summaries {
 public:
  Summaries(const People& people, const DutyWords& words) : people_(people), words_(words) {}

  Summary split(std::string_view text) const;
  // "Ana Bell on call": a name among words that cannot belong to it. Nothing when two people could
  // be meant, or somebody else.
  std::optional<Summary> named_within(const std::string& text);
  // Whether the words beside a name are of somebody else as well: "1st on call: Ana Bell; 2nd on
  // call".
  bool is_of_several(const std::string& words);
  // By id, full name or email address; of "Ana Bell <ana@x.org>" both must be the same person's.
  const Responder* person_named(std::string_view name) const;

 private:
  struct Match;
  std::optional<Summary> split_at(std::string_view text, std::size_t at, std::size_t size) const;
  const Responder* person_addressed(std::string_view text) const;
  std::vector<const Responder*> people_named(std::string_view names) const;
  std::vector<Match> matches_in(std::string_view text) const;

  std::optional<Summary> find_within(std::string_view text) const;

  const People& people_;
  const DutyWords& words_;
  // Events repeat, and a search asks for each word.
  std::unordered_map<std::string, std::optional<Summary>> within_;
  std::unordered_map<std::string, bool> of_several_;
};

}  // namespace tocsin::roster
