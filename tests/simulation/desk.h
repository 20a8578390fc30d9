// A command's process: it reads the journal, makes an order from what it has read, and appends it
// unless another came first; then it reads again.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "incident/coordinator/order.h"
#include "incident/state/ledger.h"
#include "simulation/store.h"

namespace tocsin::simulation {

class Desk {
 public:
  explicit Desk(journal::MemoryJournal& kept) : view_(kept), ledger_(view_) {}

  const incident::State& state() {
    ledger_.catch_up();
    return ledger_.state();
  }
  // False when the order was refused or had nothing to change.
  using Make = std::function<incident::Order(const incident::State&)>;
  bool carry_out(const std::string& by, base::Instant now, const Make& make);

 private:
  View view_;
  incident::Ledger ledger_;
};

}  // namespace tocsin::simulation
