// One incident of a home, opened by a coordinator to look or to act: the home, its keys, the
// journal and the state that it folds to. Whoever acts appends events; sending is for whoever
// drives (driving.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "control/lease.h"
#include "home/home.h"
#include "incident/coordinator/order.h"
#include "incident/state/ledger.h"
#include "journal/sqlite.h"
#include "seal/entropy.h"

namespace tocsin::control {

enum class Access : std::uint8_t {
  read,
  act,
  ring  // to act, also on the last one when none is open: people are rung to hear the end
};

// Which incident is meant, and what for.
struct Wanted {
  std::string label{};  // empty: the only one that is open
  Access access = Access::read;
  // For a look back: when, of an incident that was declared then. None: the present.
  std::function<base::Instant(base::Instant declared)> at{};
  // Is told of each journal that cannot be read and is left out, and of what else was found.
  std::function<void(const std::string& words)> note{};
};

class Session {
 public:
  // Faults (usage) when no incident or more than one could be meant. To look or to ring, the last
  // one will do when none is open. `clock` outlives it.
  Session(home::Home home, home::Unlocked keys, const Wanted& wanted, const base::Clock& clock);
  // One that was just declared, to act.
  Session(home::Home home, home::Unlocked keys, const seal::MessageId& incident,
          const base::Clock& clock);

  const home::Home& home() const noexcept { return home_; }
  const home::Unlocked& keys() const noexcept { return keys_; }
  journal::SqliteJournal& journal() noexcept { return *journal_; }
  incident::Ledger& ledger() noexcept { return *ledger_; }
  const incident::State& state() const noexcept { return ledger_->state(); }
  // The time that is looked back at; nullopt: the present.
  std::optional<base::Instant> at() const noexcept { return at_; }
  base::Random& random() noexcept { return random_; }
  // The name of the coordinator who acts, for the journal.
  const std::string& by() const noexcept { return keys_.certificate.name; }

  // Appends what `order` makes of the latest state, durable on return. When another process came
  // first, it is asked again.
  using Make = std::function<incident::Order(const incident::State&)>;
  incident::Order carry_out(const Make& order);

  // The right to drive it, not yet taken. Must not outlive the session.
  std::unique_ptr<Lease> lease();
  // Which process drives, even if it is silent; nullopt: none.
  std::optional<Driven> driver();
  // True while a process drives and is heard, so that events are acted on at once.
  bool is_driven();
  // Reads the journal again, after a fault in the middle of an append.
  void refold();
  // Whether the incident has ended and everybody was told.
  bool is_over() const;
  // When it is over, marks it as closed.
  void close_if_over();

 private:
  void open_journal(const seal::MessageId& incident, Access access);
  void remember(bool closed);
  void open_again_if_needed();
  std::filesystem::path lock_path() const;

  home::Home home_;
  home::Unlocked keys_;
  const base::Clock& clock_;
  std::optional<base::Instant> at_;
  bool was_closed_ = false;  // so the list of incidents has it
  seal::Entropy random_;
  std::unique_ptr<journal::SqliteJournal> journal_;
  std::unique_ptr<incident::Ledger> ledger_;
};

}  // namespace tocsin::control
