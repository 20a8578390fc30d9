#include "simulation/desk.h"

#include "base/fault.h"

namespace tocsin::simulation {

bool Desk::carry_out(const std::string& by, base::Instant now,
                     const std::function<incident::Order(const incident::State&)>& make) {
  do {
    incident::Order order;
    try {
      order = make(state());
    } catch (const base::Fault& fault) {
      // Whoever gave it is told why; a journal that makes no sense is no such reason.
      if (fault.exit() == base::Exit::untrusted &&
          std::string_view{fault.what()}.find("does not make sense") != std::string_view::npos)
        throw;
      return false;
    }
    if (order.events.empty()) return false;
    for (incident::Body& body : order.events) ledger_.add(now, by, std::move(body));
  } while (!ledger_.commit());
  return true;
}

}  // namespace tocsin::simulation
