// What the readers of tables and of calendars share: the file's words, the people, the check of a
// span of time, and the collection of what was read. What they do not understand they say once for
// each word or name, with how often it stands there; they guess nothing.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/calendar/icalendar.h"
#include "document/finding.h"
#include "roster/people/lookup.h"
#include "roster/people/mapping.h"
#include "roster/reading/duty_words.h"
#include "roster/rota/meaning.h"
#include "roster/rota/revision.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// What to do with stints of people who are not on the roster.
enum class Strangers : std::uint8_t { refuse, skip };

// What an import goes by. It must outlive the reading.
struct Terms {
  const Roster& roster;
  const Mapping& mapping;
  const Meanings& meanings;
  Strangers strangers = Strangers::refuse;
  document::Damaged damaged = document::Damaged::refuse;
};

// A text that names no duty that we know.
struct UnknownWord {
  std::string text;       // as it was first written; may be empty
  document::Place place;  // where it first stands
  std::size_t count = 0;  // of stints, those of repeated events each
  std::set<PersonId> people;
};

// What the files of one import said.
struct ReadRota {
  Draft draft;
  std::map<std::string, UnknownWord> not_understood;  // by duty_key
  document::Findings findings;
  std::array<std::size_t, 4> counts{};  // of the draft's stints, by duty

  // The most frequent first.
  std::vector<UnknownWord> unknown_words() const;
  std::size_t count(Duty duty) const noexcept { return counts[static_cast<std::size_t>(duty)]; }
  // Another file of the same import: what it has in a newer version takes the place of what is
  // here.
  void add(ReadRota other, const std::string& file);
};

class StintReader {
 public:
  // `unit` is what holds a stint: "row" or "event".
  StintReader(const Terms& terms, std::string_view unit, ReadRota& into);

 protected:
  // nullopt when the text was noted as not understood. `person` is empty for a stranger.
  std::optional<DutyText> duty_of(std::string_view text, const std::vector<std::string>& categories,
                                  const document::Place& place, const PersonId& person);
  const DutyWords& words() const { return words_; }
  bool is_role(std::string_view word) const { return words_.is_role(word); }
  bool says_nothing_of_a_duty(std::string_view text) const {
    return words_.says_nothing_of_a_duty(text);
  }
  void note_unknown(std::string_view text, const document::Place& place, const PersonId& person);
  // What the home says of a text, and whether it was said of exactly this text with its times.
  const Meaning* said_of(std::string_view text) const;
  bool is_said(std::string_view text) const;
  // Whether a text beside the duty says that somebody is not there; of notes, whether it may.
  bool says_away(const std::string& text, bool is_of_notes = false);
  // A name or id that is nobody's, or of several people.
  void note_stranger(const document::Place& place, std::string_view name, std::string message,
                     std::string hint);
  // Something that is read otherwise than it is written, or left out; once for each `message`.
  void note(const document::Place& place, const std::string& where, std::string message,
            std::string hint);
  // A fault that stands in many places; once for each `message`.
  void note_fault(const document::Place& place, std::string message, std::string hint);
  // Reports a span that no rota means, such as one in a wrong month.
  bool is_possible(const document::Place& place, const std::string& where, const Stint& stint);
  // The role and ward that stand beside a duty, where the file has no field for them.
  void take_rest(const DutyText& duty, Stint& stint) const;
  void add(Stint stint, Source source = {}) {
    into_.draft.stints.push_back({std::move(stint), std::move(source)});
  }
  // Reports what was noted. Call it once, at the end.
  void finish();

  const Terms& terms_;
  People people_;
  ReadRota& into_;
  document::Findings& findings_;

 private:
  struct Repeated {
    document::Place place;
    std::string message;
    std::string hint;
    std::size_t count = 0;
  };
  std::string nearest(std::string_view name) const;
  std::string times(std::size_t count) const;

  std::string_view unit_;
  DutyWords words_;
  std::unordered_map<std::string, bool> away_;
  std::map<std::string, Repeated> strangers_;
  std::map<std::string, Repeated> notes_;
  std::map<std::string, Repeated> faults_;
};

// A cell's or an event's words, made fit for a message.
std::string quoted(std::string_view text);

}  // namespace tocsin::roster
