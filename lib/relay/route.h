// Reads from method and target what a request asks for. Pure; hostile input gives a refusal.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "relay/gate.h"
#include "relay/page.h"
#include "seal/key.h"

namespace tocsin::relay {

struct AskHealth {};
struct AskPage {
  const PageFile* file;
};
struct AskHook {
  std::string_view name;   // of a hook that there may be; views into the target
  std::string_view query;  // without the question mark
};
struct AskWrite {};
struct AskRead {
  seal::KeyId mailbox;
  std::uint64_t after = 0;
  int wait_seconds = 0;
};
struct AskAcknowledge {
  seal::KeyId mailbox;
};
using Route = std::variant<AskHealth, AskPage, AskHook, AskWrite, AskRead, AskAcknowledge, Refusal>;

Route route_of(std::string_view method, std::string_view target);

}  // namespace tocsin::relay
