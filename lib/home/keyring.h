// Unlocked keys that the kernel keeps for a limited time in the session keyring (keyrings(7)). They
// are never written to a disk. Only this user's processes of this session can read them. They
// disappear at their timeout.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::home {

class KeyCache {
 public:
  virtual ~KeyCache() = default;
  // The caller wipes the result. nullopt when the key is not there, has timed out, or this machine
  // has no keyring.
  virtual std::optional<base::Bytes> find(std::string_view name) = 0;
  // Faults when this machine or container does not allow it.
  virtual void keep(std::string_view name, base::ByteView secret, std::chrono::seconds life) = 0;
  // False when there was nothing to forget.
  virtual bool forget(std::string_view name) = 0;
};

class SessionKeyring final : public KeyCache {
 public:
  std::optional<base::Bytes> find(std::string_view name) override;
  void keep(std::string_view name, base::ByteView secret, std::chrono::seconds life) override;
  bool forget(std::string_view name) override;
};

}  // namespace tocsin::home
