#include "seal/aead.h"

#include "base/fault.h"
#include "seal/sodium.h"

namespace tocsin::seal {

static_assert(crypto_aead_aes256gcm_ABYTES == kTagBytes);
static_assert(crypto_aead_chacha20poly1305_ietf_ABYTES == kTagBytes);

bool has_aes_256_gcm() {
  start_sodium();
  return crypto_aead_aes256gcm_is_available() == 1;
}

Aead preferred_aead() { return has_aes_256_gcm() ? Aead::aes_256_gcm : Aead::chacha20_poly1305; }

std::optional<Aead> usable_aead(std::uint16_t id) {
  if (id == static_cast<std::uint16_t>(Aead::chacha20_poly1305)) return Aead::chacha20_poly1305;
  if (id == static_cast<std::uint16_t>(Aead::aes_256_gcm) && has_aes_256_gcm())
    return Aead::aes_256_gcm;
  return std::nullopt;
}

void aead_seal(Aead aead, const SecretBytes<32>& key, const Nonce& nonce, base::ByteView aad,
               base::ByteView plaintext, base::Bytes& out) {
  const std::size_t start = out.size();
  out.resize(start + plaintext.size() + kTagBytes);
  const auto encrypt = aead == Aead::aes_256_gcm ? crypto_aead_aes256gcm_encrypt
                                                 : crypto_aead_chacha20poly1305_ietf_encrypt;
  const int result = encrypt(out.data() + start, nullptr, plaintext.data(), plaintext.size(),
                             aad.data(), aad.size(), nullptr, nonce.data(), key.data());
  TOCSIN_ASSERT(result == 0);
}

std::optional<base::Bytes> aead_open(Aead aead, const SecretBytes<32>& key, const Nonce& nonce,
                                     base::ByteView aad, base::ByteView ciphertext) {
  if (ciphertext.size() < kTagBytes) return std::nullopt;
  const auto decrypt = aead == Aead::aes_256_gcm ? crypto_aead_aes256gcm_decrypt
                                                 : crypto_aead_chacha20poly1305_ietf_decrypt;
  base::Bytes plaintext(ciphertext.size() - kTagBytes);
  if (decrypt(plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), aad.data(),
              aad.size(), nonce.data(), key.data()) != 0)
    return std::nullopt;
  return plaintext;
}

}  // namespace tocsin::seal
