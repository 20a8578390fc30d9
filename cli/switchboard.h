// An operator at the switchboard: one call after the other, an answer in one key, and at once what
// follows from it, while the person is still on the line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "incident/calling/calls.h"
#include "screen/terminal.h"
#include "session.h"

namespace tocsin::cli {

// Takes the most urgent call for this operator: nobody else is given it for incident::kCallTerm.
std::optional<incident::Call> take_call(const Context& context, Session& session);
// Who, the number, and what to say.
std::vector<std::string> call_lines(const Output& out, const incident::State& state,
                                    const incident::Call& call);

// "--eta 25" and "--from 07:00" as an answer. Faults (usage).
incident::Reply reply_of(incident::Answer answer, const std::string& eta, const std::string& from,
                         base::Instant now);
incident::Order unanswered(const incident::State& state, incident::PersonIndex person,
                           std::string_view reason);
incident::Order said(const incident::State& state, incident::PersonIndex person);

class Switchboard {
 public:
  Switchboard(Context& context, Session& session);
  // Until the operator leaves: not_reached when somebody still waits to be rung.
  base::Exit work();

 private:
  enum class Next { go_on, leave };
  Next handle(const incident::Call& call);
  Next wait_for_calls();
  bool take(const incident::Call& call, char key);
  void tell_consequences(incident::PersonIndex person);
  void give_back(incident::PersonIndex person);
  std::optional<char> read_key(std::string_view allowed);
  // What was typed, or `usual` for an empty line; nullopt when the operator backed out.
  std::optional<std::string> read_line(const std::string& prompt, const std::string& usual);
  void carry_out(const Session::Make& make);

  Context& context_;
  Session& session_;
  Terminal terminal_;
  bool stopped_ = false;
};

}  // namespace tocsin::cli
