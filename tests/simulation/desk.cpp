#include "simulation/desk.h"

#include "base/fault.h"

namespace tocsin::simulation {

bool Desk::carry_out(const std::string& by, base::Instant now, const Make& make) {
  for (;;) {
    try {
      ledger_.catch_up();
      ledger_.look_at_clock(now);
      incident::Order order = make(ledger_.state());
      for (incident::Body& body : order.events) ledger_.add(now, by, std::move(body));
      if (ledger_.commit()) return !order.events.empty();
    } catch (const base::Fault& fault) {
      // Whoever gave it is told why; a journal that makes no sense is no such reason.
      if (fault.exit() == base::Exit::untrusted &&
          std::string_view{fault.what()}.find("does not make sense") != std::string_view::npos)
        throw;
      ledger_.start_over();
      return false;
    }
  }
}

}  // namespace tocsin::simulation
