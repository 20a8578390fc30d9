// Who drives an incident, as that process says of itself in the lease (tocsin-journal(5), lease).
// For people who look: nothing is decided by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"

namespace tocsin::control {

struct Holder {
  std::string name;           // the coordinator
  std::string host;           // the machine
  std::string terminal;       // such as pts/3; empty when it has none
  std::uint64_t process = 0;  // its number there
  base::Instant since{};      // by its wall clock
  base::Instant heard_at{};   // its last heartbeat, by its wall clock
  bool operator==(const Holder&) const = default;
};

// This process. `name` is the coordinator's.
Holder this_process(std::string name);

base::Bytes encode(const Holder& holder);
std::optional<Holder> decode_holder(base::ByteView bytes);

// "control-1, pts/3, process 4711", printable; empty when it does not say.
std::string place_of(const Holder& holder);
// "Dr A. Okafor (control-1, pts/3, process 4711)", printable.
std::string words_of(const Holder& holder);

}  // namespace tocsin::control
