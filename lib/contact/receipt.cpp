#include "contact/receipt.h"

namespace tocsin::contact {

std::string_view to_text(Receipt receipt) noexcept {
  switch (receipt) {
    case Receipt::queued:
      return "queued";
    case Receipt::sent:
      return "sent";
    case Receipt::delivered:
      return "delivered";
    case Receipt::read:
      return "read";
    case Receipt::failed_for_now:
      return "failed for now";
    case Receipt::failed_for_good:
      return "failed for good";
    case Receipt::unknown:
      break;
  }
  return "unknown";
}

}  // namespace tocsin::contact
