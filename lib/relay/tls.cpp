#include "relay/tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>

#include "base/fault.h"

namespace tocsin::relay {

namespace {

constexpr std::string_view kProtocol = "\x08http/1.1";  // a list of one, in the format of ALPN

std::string reason() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  const auto* ours = reinterpret_cast<const unsigned char*>(kProtocol.data());
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_size, ours, static_cast<unsigned>(kProtocol.size()),
                            offered, offered_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// Without this OpenSSL would ask for the passphrase on the terminal, and a service has none.
int no_passphrase(char*, int, int, void*) { return 0; }

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const noexcept { SSL_CTX_free(context); }
void FreeTlsSession::operator()(ssl_st* session) const noexcept { SSL_free(session); }

Tls::Tls(const TlsFiles& files) : context_(SSL_CTX_new(TLS_server_method())) {
  SSL_CTX* context = context_.get();
  if (context == nullptr) throw base::Fault(base::Exit::fault, "OpenSSL cannot start");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  // For TLS 1.2. All ciphers of TLS 1.3 qualify.
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // So that a waiting phone costs a session and no buffers.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Clients resume by tickets, which they keep themselves. The relay keeps no sessions.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, &no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
    throw base::Fault(base::Exit::invalid,
                      fmt::format("the certificate {}: {}", files.certificate.string(), reason()),
                      "it is a PEM file: the relay's own certificate, then those that signed it");
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw base::Fault(base::Exit::invalid,
                      fmt::format("the key {}: {}", files.key.string(), reason()),
                      "it is a PEM file without a passphrase, and belongs to the certificate");
}

TlsSession Tls::session(int socket) const noexcept {
  TlsSession session{SSL_new(context_.get())};
  if (session && SSL_set_fd(session.get(), socket) != 1) session.reset();
  if (session) SSL_set_accept_state(session.get());
  return session;
}

std::string Tls::pin() const {
  unsigned char* key = nullptr;
  const int size =
      i2d_X509_PUBKEY(X509_get_X509_PUBKEY(SSL_CTX_get0_certificate(context_.get())), &key);
  std::array<unsigned char, 32> hash{};
  EVP_Digest(key, static_cast<std::size_t>(size), hash.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(key);
  std::array<unsigned char, 45> text{};  // base64 of 32 bytes, and a zero
  EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
  return fmt::format("sha256//{}", reinterpret_cast<const char*>(text.data()));
}

}  // namespace tocsin::relay
