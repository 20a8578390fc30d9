#include "seal/rsa_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/fault.h"

namespace tocsin::seal {

namespace {

constexpr int kFewestRsaBits = 2048;

// OpenSSL would ask for a passphrase at the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

// For calls that fail only when memory runs out, or by a bug of ours.
void need_rsa(bool done) {
  if (done) return;
  ERR_clear_error();
  throw base::Fault(base::Exit::fault, "OpenSSL cannot work with an RSA key");
}

}  // namespace

void RsaKey::FreeKey::operator()(evp_pkey_st* key) const noexcept { EVP_PKEY_free(key); }

std::optional<RsaKey> RsaKey::from_pem(const SecretText& pem) {
  const std::string_view text = pem.view();
  if (text.empty()) return std::nullopt;
  const std::unique_ptr<BIO, decltype(&BIO_free)> source{
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
  need_rsa(source != nullptr);
  Pair pair{PEM_read_bio_PrivateKey(source.get(), nullptr, &no_passphrase, nullptr)};
  ERR_clear_error();
  if (!pair || EVP_PKEY_get_base_id(pair.get()) != EVP_PKEY_RSA ||
      EVP_PKEY_get_bits(pair.get()) < kFewestRsaBits)
    return std::nullopt;
  return RsaKey{std::move(pair)};
}

base::Bytes RsaKey::sign(base::ByteView message) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free};
  base::Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(pair_.get())));
  std::size_t size = signature.size();
  // PKCS #1 v1.5 is what OpenSSL does with an RSA key unless it is told otherwise.
  need_rsa(context != nullptr &&
           EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, pair_.get()) == 1 &&
           EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) ==
               1);
  signature.resize(size);
  return signature;
}

}  // namespace tocsin::seal
