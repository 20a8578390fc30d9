// What people see while an incident is driven: the board on a terminal, where a prompt is answered
// in a key; lines or JSON elsewhere.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "control/drive.h"
#include "screen/incident/prompt_keys.h"
#include "screen/output.h"
#include "screen/terminal.h"

namespace tocsin::cli {

class DriveView final : public control::Onlooker {
 public:
  // All outlive it. Signals are taken from every thread that is started after this.
  DriveView(Output& out, Form form, control::Session& session, const base::Clock& clock);

  void show(Change change, const std::string& trouble) override;
  void say(const std::string& words) override;
  // True at q, and at a signal to stop.
  bool wait(base::Milliseconds patience) override;

 private:
  void answer(const PromptAnswer& answer);
  void redraw(Change change, const std::string& trouble);
  void tell(const std::string& trouble);

  Output& out_;
  const Form form_;
  control::Session& session_;
  const base::Clock& clock_;
  const bool is_live_;  // on a terminal
  Terminal terminal_;
  PromptKeys keys_;
  base::Instant drawn_{};
  std::uint64_t seen_ = 0;
  std::string words_;         // what the next board says at its foot
  std::string told_trouble_;  // elsewhere than on a terminal
};

}  // namespace tocsin::cli
