// All hooks of a relay: decides what becomes of each request to one, and seals what is to be kept.
// It touches neither disk nor socket. All its input is hostile.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/allowance.h"
#include "base/clock.h"
#include "relay/hook/hook.h"
#include "seal/entropy.h"
#include "seal/envelope.h"

namespace tocsin::relay {

enum class HookOutcome : std::uint8_t {
  kept,       // it goes to its mailbox
  again,      // it is there already
  challenge,  // the provider asked whether this is the hook
  unknown,    // no hook of this name
  forged,
  malformed,
  too_large,
  too_fast,
  full,  // its mailbox is
};
inline constexpr std::array<std::string_view, 9> kHookOutcomes{"kept",      "again",    "challenge",
                                                               "unknown",   "forged",   "malformed",
                                                               "too_large", "too_fast", "full"};

struct HookAnswer {
  int status = 200;
  std::string body{};
  std::string_view type{};  // of the body
  int retry_after_seconds = 0;
  std::string_view allow{};  // with 405
};
struct Hooking {
  // What has to be durable before the answer is given.
  struct Kept {
    seal::KeyId mailbox;
    seal::MessageId id;
    base::Instant expires;
    base::Bytes sealed;
  };
  HookOutcome outcome = HookOutcome::unknown;
  HookAnswer answer;
  std::optional<Kept> kept;
};

class Hooks {
 public:
  Hooks(std::vector<Hook> hooks, const base::Clock& clock);

  Hooking take(std::string_view method, std::string_view name, const Posted& posted);

 private:
  struct Door {
    Hook hook;
    base::Allowance allowance;
  };
  Hooking keep(Door& door, const Posted& posted);

  std::map<std::string, Door, std::less<>> doors_;
  const base::Clock& clock_;
  seal::Entropy entropy_;
};

}  // namespace tocsin::relay
