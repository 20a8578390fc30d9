// What a channel may be made of: what the home and the incident have. Each channel takes what it
// needs. Everything that is referred to outlives the channel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "seal/certificate.h"
#include "seal/key.h"
#include "seal/p256.h"

namespace tocsin::channel {

struct RelayAddress {
  std::string url;                // "https://relay.example": scheme, host and port only
  std::vector<std::string> pins;  // as HttpSettings
};

enum class Listen : std::uint8_t {
  when_asked,  // `collect` asks the far end itself: repeatable, for drills and single commands
  background,  // a thread waits there, so that `collect` hears of a reply at once
};

struct Parts {
  std::filesystem::path home;  // where relative paths begin
  RelayAddress relay;
  const seal::Identity& coordinator;
  const seal::Certificate& certificate;
  const seal::Identity& incident;
  const base::Clock& clock;
  Listen listen = Listen::when_asked;
  std::string turn_to{};  // whom a provider can turn to: an https: or mailto: address, or nobody
  std::function<seal::P256Key()> push_key{};  // the home's, made when there is none yet
};

}  // namespace tocsin::channel
