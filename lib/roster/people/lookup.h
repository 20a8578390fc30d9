// Finds the person that somebody means by an id or a name. Never guesses between two.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

struct NobodyFound {
  std::vector<const Responder*> nearest;  // up to three whose names are spelt much alike
};
using Found = std::variant<const Responder*, std::vector<const Responder*>, NobodyFound>;

// By id, then by whole name, then by words that a name contains ("bell", "ana b"), whatever the
// case and the accents. Several when more than one person fits.
Found find_person(const Roster& roster, std::string_view text);

// The same for many look-ups by id, email address or whole name, built once.
class People {
 public:
  explicit People(const Roster& roster);
  explicit People(Roster&&) = delete;  // it points into the roster
  const Responder* by_id(std::string_view id) const;
  const Responder* by_email(std::string_view email) const;  // null when two share it
  const Responder* by_name(std::string_view name) const;    // null when two have it

 private:
  using Index = std::map<std::string, const Responder*, std::less<>>;
  Index ids_;
  Index emails_;
  Index names_;
};

}  // namespace tocsin::roster
