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
  Desk(journal::MemoryJournal& kept, const Mandate& mandate)
      : view_(kept, mandate), ledger_(view_) {}

  const incident::State& state() {
    ledger_.catch_up();
    return ledger_.state();
  }
  // False when the order was refused or had nothing to change. It is refused as well while the
  // clock is outside the certificate.
  using Make = std::function<incident::Order(const incident::State&)>;
  bool carry_out(const std::string& by, base::Instant now, const Make& make);

 private:
  View view_;
  incident::Ledger ledger_;
};

}  // namespace tocsin::simulation
