// Messages through a program of the organisation's own (tocsin-channel(5), EXEC). Nobody knows who
// reads them there, so they are nudges. What the program writes is hostile, and it may hang or die
// at any time: no turn waits for it, and it holds at most a window of messages that it has said
// nothing about.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/exec_lines.h"
#include "channel/parts.h"
#include "channel/program.h"

namespace tocsin::channel {

class ExecChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "exec";
  // Faults when the program's file cannot be executed, or others could change it.
  static std::unique_ptr<ExecChannel> make(const contact::Settings& settings, const Parts& parts);

  // `link` is the page's address, for nudges; may be empty.
  ExecChannel(ProgramCommand command, std::string link, const base::Clock& clock, Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override;
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  // A single command waits a moment for what the program says to what it was just given.
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // Why the program does not run at the moment; empty when it does.
  std::string trouble() const override;

 private:
  struct Waiting {
    std::uint64_t begin;       // of its line, counted in bytes that the program was given
    base::Milliseconds since;  // by the steady clock
  };
  struct Lot {
    Collected collected;
    std::vector<std::string> theirs;  // the program's own names of the answers
  };

  bool is_running();
  bool is_given_up() const noexcept;
  Delivery give(const Outgoing<Content>& message);
  Delivery lost(const seal::MessageId& id, const Waiting& waiting, const char* why) const;
  void flush();
  bool read(Lot& lot);
  void listen_for_a_moment(Lot& lot);
  void take(std::string_view line, Lot& lot);
  bool is_believed(const seal::MessageId& id);
  void look_for_end(Lot& lot);
  void look_for_silence(Lot& lot);
  void was_lost(Lot& lot, const char* why);

  std::string link_;
  const base::Clock& clock_;
  Listen listen_;

  std::string out_;                             // what it was not given yet
  std::uint64_t written_ = 0;                   // bytes that it was given
  std::string in_;                              // a line that is not complete yet
  bool is_fresh_ = false;                       // it has just been started
  bool is_skipping_ = false;                    // the rest of a line that is too long
  std::map<seal::MessageId, Waiting> waiting_;  // for a first receipt
  std::map<seal::MessageId, int> receipts_;     // how many each has had
  base::Milliseconds started_{0};               // by the steady clock, as are the next two
  base::Milliseconds heard_{0};
  base::Milliseconds start_again_{0};
  int ends_ = 0;  // in a row

  std::deque<Lot> pending_;  // each with a cursor of its own
  std::uint64_t cursor_ = 0;
  Program program_;  // the last: it is ended first
};

}  // namespace tocsin::channel
