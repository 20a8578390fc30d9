// The mailbox server: tocsin-relay(5) over HTTP/1.1, on one thread of its own. It stores ciphertext
// that it cannot read, and acknowledges nothing before it is durable. Hostile input is answered or
// dropped, never fatal. `tocsin relay` runs one; `run` and `drill` embed one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "relay/hook/hook.h"
#include "relay/limits.h"
#include "relay/tls.h"
#include "wire/organisation.h"

namespace tocsin::relay {

struct ServerSettings {
  std::filesystem::path store{};      // empty: in memory, for drills
  std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6
  std::uint16_t port = 0;             // 0: the system chooses; see Server::port
  std::vector<wire::Organisation> organisations{};
  std::vector<Hook> hooks{};
  std::vector<std::string> hosts{};  // the only Host headers that it accepts; empty: any
  std::size_t most_connections = 12'000;
  std::uint64_t most_store_bytes = 8ULL << 30;
  limits::Patience patience{};
  std::optional<TlsFiles> tls{};  // none: plain HTTP, for loopback or behind a proxy
  struct Address {
    std::string host;
    std::uint16_t port = 0;
  };
  std::optional<Address> overseers{};  // where /metrics is served, in plain HTTP
  // Gets lines for the operator, on the server's thread. They name no key, address or message.
  std::function<void(std::string_view)> log{};
};

class Server {
 public:
  // Opens the store. `clock` must outlive the server; the server's thread reads it.
  Server(ServerSettings settings, const base::Clock& clock);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens, and serves until `stop`. Raises the process's limit of open files as far as it may:
  // each waiting phone needs one. Faults when it cannot bind the address.
  void start();
  std::uint16_t port() const noexcept;
  std::string url() const;  // "http://127.0.0.1:41234"
  std::string pin() const;  // of the TLS key, as clients pin it; empty without TLS
  std::uint16_t overseers_port() const noexcept;
  // Accepts no more connections, commits and answers what has come, and tells waiting readers to
  // ask again. Waits up to 2 s for clients that do not read their answer.
  void stop();

  std::size_t waiting() const noexcept;  // long polls that wait; may be called from any thread

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::relay
