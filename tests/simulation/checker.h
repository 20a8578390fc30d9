// Holds what the program says (the state, the board, the call sheet, the journal) against what each
// person was really told and really said.
#pragma once

#include <string>

#include "incident/state/state.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/machine_clock.h"
#include "simulation/messengers.h"
#include "simulation/record.h"
#include "simulation/relay.h"

namespace tocsin::simulation {

class Checker {
 public:
  Checker(const Hospital& hospital, const Diary& diary, const Relay& relay, const Post& pager,
          const base::Clock& true_clock, const MachineClock& machine, const Mandate& mandate);

  // After each turn of the driver. Returns the first thing that is wrong, or nothing.
  std::string look(const incident::State& state, journal::Journal& journal);

  // Reads what is new in the journal. `look` does so as well.
  void read(journal::Journal& journal);

  // When a message goes out by a written channel: newer words have not replaced it. The next look
  // returns what is wrong.
  void sends(const seal::MessageId& message, journal::Journal& journal);

  // When the relay is told to forget an answer: it must be in the journal, or there is a reason to
  // refuse it. The next look returns what is wrong.
  void forgets(std::size_t person, const seal::MessageId& reply, journal::Journal& journal);
  const Record& record() const noexcept { return record_; }

  // Whether a process drives all the time, which sees each change of the clock.
  bool notices_clock = false;

 private:
  std::string check_seats(const incident::State& state) const;
  std::string check_person(const incident::State& state, incident::PersonIndex person) const;
  std::string check_told(const incident::State& state, incident::PersonIndex person) const;
  std::string check_let_go(const incident::State& state, incident::PersonIndex person) const;
  std::string check_answer(const incident::State& state, incident::PersonIndex person) const;
  std::optional<incident::Answer> last_answer(std::size_t person) const;
  std::string check_board(const incident::State& state) const;
  std::string check_sheet(const incident::State& state) const;
  std::string check_owners(const incident::State& state) const;
  std::string check_hands(const incident::State& state) const;
  std::string check_questions(const incident::State& state) const;
  std::string check_nudges();
  std::string check_words_of_coordinators(const incident::State& state) const;
  std::string check_heard();
  std::string check_reason(const incident::State& state, incident::PersonIndex person) const;
  std::string check_deadlines(const incident::State& state) const;
  std::string check_asked(const incident::State& state) const;
  bool is_anybody_left(const incident::State& state, incident::PostIndex post) const;
  std::string check_foreseen(const incident::State& state) const;
  std::string check_shown(const incident::State& state);
  std::string check_untold_seats(const incident::State& state);

  bool has_heard_decision(std::size_t person) const;
  bool is_uncertain(const incident::State& state) const;
  bool is_untold_for_long(const incident::State& state, incident::PersonIndex person) const;
  bool is_owned(const incident::State& state, const Issue& message) const;
  bool is_waited_for(const incident::State& state, const Issue& message) const;
  bool was_tried(const Issue& message, const playbook::ChannelId& channel) const;
  bool is_clock_right() const { return !machine_.was_ever_wrong(); }
  bool must_know(std::size_t person) const;

  const Hospital& hospital_;
  const Diary& diary_;
  const Relay& relay_;
  const Post& pager_;
  const base::Clock& clock_;
  const MachineClock& machine_;
  Record record_;
  const base::Instant began_;
  std::string wrong_;
  std::size_t read_ = 0;    // entries of the diary that were checked
  std::size_t nudged_ = 0;  // of the pager
  // Of whom the forecast was asked, by the decision that they did not hear.
  std::set<seal::MessageId> foreseen_;
  std::uint64_t explained_ = 0;  // the forecast of which the explanations were read
};

}  // namespace tocsin::simulation
