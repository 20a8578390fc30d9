// What every command of an incident begins with: the home, its keys, the journal and the state that
// it folds to. Commands append their events here; sending is for whoever drives.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "command.h"
#include "home/home.h"
#include "incident/coordinator/order.h"
#include "incident/state/ledger.h"
#include "journal/sqlite.h"
#include "seal/entropy.h"

namespace tocsin::cli {

// --incident LABEL; without it the only incident that is open is meant.
void add_incident_option(Options& app, std::string& label);

enum class Access { read, act };

class Session {
 public:
  // Faults (usage) when no incident or more than one could be meant. To look, the last one will do
  // when none is open. With `at`, a time as people write it, the state is what was known then.
  // Times are read only once the home is open, because they are local to it.
  Session(const Context& context, const std::string& label, Access access,
          const std::string& at = {});
  // A new one, with an empty journal.
  Session(home::Home home, home::Unlocked keys, const seal::MessageId& incident);

  const home::Home& home() const noexcept { return home_; }
  const home::Unlocked& keys() const noexcept { return keys_; }
  journal::SqliteJournal& journal() noexcept { return *journal_; }
  incident::Ledger& ledger() noexcept { return *ledger_; }
  const incident::State& state() const noexcept { return ledger_->state(); }
  // The time that was asked for; nullopt: the present.
  std::optional<base::Instant> at() const noexcept { return at_; }
  base::Random& random() noexcept { return random_; }
  // The coordinator who acts, as the journal names them.
  const std::string& by() const noexcept { return keys_.certificate.name; }

  // Appends what `order` makes of the latest state, durable on return. When another process came
  // first, it is asked again. A dry run appends nothing.
  using Make = std::function<incident::Order(const incident::State&)>;
  incident::Order carry_out(const Context& context, const Make& order);

  // True while some process has the lease, so that what was appended is acted on at once.
  bool is_driven(const base::Clock& clock);
  // Folds the journal anew: after a fault in the middle of an append.
  void refold();
  // The incident has ended and everybody was told.
  bool is_over() const;
  // Once it is over, it is no longer the open one.
  void close_if_over();

 private:
  void open_journal(const seal::MessageId& incident, Access access);

  home::Home home_;
  home::Unlocked keys_;
  std::optional<base::Instant> at_;
  seal::Entropy random_;
  std::unique_ptr<journal::SqliteJournal> journal_;
  std::unique_ptr<incident::Ledger> ledger_;
};

// Says what an order did, and what is needed for it to take effect.
void report(Context& context, Session& session, const incident::Order& order);

}  // namespace tocsin::cli
