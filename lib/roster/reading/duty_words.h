// Finds the duty in the words of a shift or an event, wherever it stands: "Night on call
// anaesthetist" is on call, for an anaesthetist. What it does not understand it says so; it never
// takes a word that it does not know for a duty.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "roster/people/mapping.h"
#include "roster/reading/duty_phrases.h"
#include "roster/rota/meaning.h"

namespace tocsin::roster {

// How one text is one word: case, accents and punctuation do not matter, and "A/L" is "AL". Under
// it the home keeps what a text means.
std::string duty_key(std::string_view text);

struct DutyText {
  Duty duty = Duty::off;  // off: the organisation said that nothing is planned there
  std::string rest;       // what stands beside the duty: "anaesthetist"; canonical, may be empty
  std::optional<base::Minutes> from;  // as in Meaning
  std::optional<base::Minutes> until;
};

class DutyWords {
 public:
  // What the mapping file says goes before what the home keeps. Copies what it needs.
  DutyWords(const Mapping& mapping, const Meanings& meanings, const Roster& roster);

  // nullopt when the text is not understood. The categories of an event say its duty, too.
  std::optional<DutyText> read(std::string_view text,
                               const std::vector<std::string>& categories = {});
  // Whether it could not change what other words say: no "sick", no "cancelled".
  bool says_nothing_of_a_duty(std::string_view text) const;
  // Whether the text says that somebody is away and nothing else: "Off sick", not "Ana Bell
  // (sick)".
  bool is_only_absence(std::string_view text) const;
  // Whether somebody may be away by what people wrote of their duty: "Rang in sick", "Given to
  // Ben".
  bool may_be_away(std::string_view text) const;
  // Whether a text says nothing but that something is in question: "SWAP", "TBC", "?".
  bool is_only_doubt(std::string_view text) const;
  // Whether a text names a part of a day: "AL (AM)".
  bool is_of_half_day(std::string_view text) const;
  // Whether the word that stands beside a name could not be a part of it: in "Ana Bell on call"
  // what is behind, in "Mary Ana Bell on call" not what is before.
  enum class Side : std::uint8_t { before, behind };
  bool is_known_beside(std::string_view text, Side side) const;
  // Whether somebody else may be meant: "on call, covering for Ana Bell".
  bool is_about_others(std::string_view text) const;
  // Whether the text says that somebody is on call.
  bool says_on_call(std::string_view text) const;
  // Whether both texts say one duty for sure.
  bool says_the_same(std::string_view one, std::string_view other) const;
  bool is_ward(std::string_view word) const { return wards_.contains(word); }
  bool is_role(std::string_view word) const { return roles_.contains(word); }

 private:
  struct Heard;

  void know(std::string_view words);
  void know_name(const std::string& name);
  Heard hear(std::string_view text) const;
  static bool has_place_of_absence(const Heard& heard);
  std::optional<DutyText> decide(std::string_view text,
                                 const std::vector<std::string>& categories) const;
  bool all_known(const std::vector<std::string>& words) const;
  std::string rest_of(const Heard& heard) const;

  std::unordered_map<std::string, Sense> phrases_;
  Meanings said_;
  std::set<std::string, std::less<>> known_;  // single words of the roster, and of every hospital
  std::set<std::string, std::less<>> roles_;
  std::set<std::string, std::less<>> wards_;
  std::unordered_map<std::string, std::optional<DutyText>> read_;
};

}  // namespace tocsin::roster
