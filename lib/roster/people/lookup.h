// Finds the person with an id or a name. Never guesses between two people.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

struct NobodyFound {
  std::vector<const Responder*> nearest;  // up to three people with similar names
};
using Found = std::variant<const Responder*, std::vector<const Responder*>, NobodyFound>;

// Searches by id, then by full name, then by beginnings of words of a name ("bell", "ana b"). Case
// and accents do not matter. Returns all people who fit.
Found find_person(const Roster& roster, std::string_view text);

// For many searches by id, email address or full name. Built once.
class People {
 public:
  explicit People(const Roster& roster);
  explicit People(Roster&&) = delete;  // it points into the roster
  const Responder* by_id(std::string_view id) const;
  const Responder* by_email(std::string_view email) const;  // null when two people have it
  const Responder* by_name(std::string_view name) const;    // null when two people have it

 private:
  using Index = std::map<std::string, const Responder*, std::less<>>;
  Index ids_;
  Index emails_;
  Index names_;
};

}  // namespace tocsin::roster
