// An operator at the switchboard, on a terminal: one call after the other, an answer in one key,
// and at once what follows from it, while the person is still on the line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "control/session.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/ring_again.h"
#include "screen/output.h"
#include "screen/terminal.h"

namespace tocsin::cli {

// Takes the most urgent call for this operator. Nobody else gets it for incident::kCallTerm.
std::optional<incident::Call> take_call(control::Session& session, const base::Clock& clock);

// What the order says about telephone numbers, for the roster. When that cannot be written, it says
// so.
void note_numbers(Output& out, control::Session& session, const incident::Order& order);

class Switchboard {
 public:
  // All outlive it.
  Switchboard(Output& out, control::Session& session, const base::Clock& clock);
  // Works until the operator leaves. Returns not_reached when somebody still waits to be rung.
  base::Exit work();

 private:
  enum class Next { go_on, leave };
  Next handle(const incident::Call& call);
  Next wait_for_calls();
  std::string undo_key() const;  // empty when nothing was noted
  bool take(const incident::Call& call, char key);
  Next ring_last_again();
  std::optional<incident::Call> take_words_for(incident::PersonIndex person, std::uint64_t own);
  bool do_key(const incident::Call& call, char key);
  bool take_answer(const incident::Call& call, char key);
  struct TimeQuestion {
    incident::Answer answer = incident::Answer::coming;  // or later
    std::string prompt;
    std::string usual;
    std::string form;  // what to type instead, in words
  };
  bool take_time(const incident::Call& call, const TimeQuestion& question);
  void record(const incident::Call& call, const incident::Reply& reply);
  void not_reached(const incident::Call& call, std::string_view outcome);
  void tell_consequences(const incident::Call& call);
  std::optional<char> read_key(std::string_view allowed);
  // The line typed, or `usual` for an empty one; nullopt when the operator cancelled.
  std::optional<std::string> read_line(const std::string& prompt, const std::string& usual);
  void carry_out(const control::Session::Make& make);

  Output& out_;
  control::Session& session_;
  const base::Clock& clock_;
  Terminal terminal_;
  // The last call of which something was noted, until it is rung again.
  struct Last {
    incident::Call call;
    incident::Noted noted = incident::Noted::outcome;
  };
  std::optional<Last> last_;
  bool stopped_ = false;
};

}  // namespace tocsin::cli
