// A relay's side of TLS: its certificate and key, TLS 1.2 or 1.3, and only ciphers that are
// authenticated and have forward secrecy. Shared by all connections.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace tocsin::relay {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, with the chain after it
  std::filesystem::path key;          // PEM, without a passphrase
};

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const noexcept;
};
struct FreeTlsSession {
  void operator()(ssl_st* session) const noexcept;
};
using TlsSession = std::unique_ptr<ssl_st, FreeTlsSession>;

class Tls {
 public:
  // Faults name the file and the reason.
  explicit Tls(const TlsFiles& files);

  // The server's side of one connection over this socket, which must outlive it. Null when memory
  // runs out.
  TlsSession session(int socket) const noexcept;
  // "sha256//…" of the public key, as clients pin it.
  std::string pin() const;

 private:
  std::unique_ptr<ssl_ctx_st, FreeTlsContext> context_;
};

}  // namespace tocsin::relay
