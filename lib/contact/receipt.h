// What a channel reports about a message. The numbers are stored in journals and never change.
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::contact {

enum class Receipt : std::uint8_t {
  queued = 1,
  sent = 2,
  delivered = 3,
  read = 4,
  failed_for_now = 5,
  failed_for_good = 6,
  unknown = 7,
};
std::string_view to_text(Receipt receipt) noexcept;

}  // namespace tocsin::contact
