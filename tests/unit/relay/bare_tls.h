// TLS with OpenSSL alone: a certificate, and a client that is not the program's own.
#pragma once

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "relay/tls.h"

namespace tocsin::relay {

// Makes a key and a self-signed certificate, in two files.
inline void make_certificate(const TlsFiles& files, bool is_encrypted = false) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3'600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3'600);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("relay.test"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_sign(certificate, key, EVP_sha256());
  std::FILE* out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  char secret[] = "secret";
  PEM_write_PrivateKey(out, key, is_encrypted ? EVP_aes_256_cbc() : nullptr, nullptr, 0, nullptr,
                       is_encrypted ? secret : nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// A client with OpenSSL that offers TLS up to `version`.
class BareClient {
 public:
  BareClient(std::uint16_t port, int version) : context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_, 0);  // the client allows everything; the relay must refuse
    SSL_CTX_set_max_proto_version(context_, version);
    ssl_ = SSL_new(context_);
    BIO* bio = BIO_new_connect(fmt::format("127.0.0.1:{}", port).c_str());
    SSL_set_bio(ssl_, bio, bio);
    connected_ = SSL_connect(ssl_) == 1;
    ERR_clear_error();
  }
  ~BareClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  BareClient(const BareClient&) = delete;
  BareClient& operator=(const BareClient&) = delete;

  bool is_connected() const { return connected_; }
  void say(std::string_view text) { SSL_write(ssl_, text.data(), static_cast<int>(text.size())); }
  std::string hear(std::string_view enough) {
    std::string heard;
    char buffer[4'096];
    while (heard.find(enough) == std::string::npos) {
      const int size = SSL_read(ssl_, buffer, sizeof buffer);
      if (size <= 0) break;
      heard.append(buffer, static_cast<std::size_t>(size));
    }
    return heard;
  }

 private:
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

}  // namespace tocsin::relay
