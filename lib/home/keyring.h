// Unlocked keys kept for a while by the kernel, in the session keyring (keyrings(7)): they never
// touch a disk, are read only by this user's processes of this session, and vanish at their
// timeout.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::home {

class KeyCache {
 public:
  virtual ~KeyCache() = default;
  // The caller wipes what it gets. nullopt: not there, lapsed, or no keyring here.
  virtual std::optional<base::Bytes> find(std::string_view name) = 0;
  // Faults when this machine or container does not let us.
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
