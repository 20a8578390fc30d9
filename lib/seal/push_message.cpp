#include "seal/push_message.h"

#include <openssl/evp.h>

#include <memory>
#include <string_view>

#include "base/fault.h"
#include "seal/hmac.h"

namespace tocsin::seal {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kRecordBytes = 4'096;
constexpr std::size_t kTag = 16;
// RFC 8188, 2: this byte ends the last record. Zero bytes after it would be padding.
constexpr std::uint8_t kLastRecord = 2;
// The number of the first block of HKDF-Expand; no more blocks are needed.
constexpr std::array<std::uint8_t, 1> kFirstBlock{1};

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* one) const noexcept { EVP_CIPHER_CTX_free(one); }
};

// Appends ciphertext ‖ tag.
void encrypt(std::span<const std::uint8_t> key, std::span<const std::uint8_t> nonce,
             base::ByteView plaintext, base::Bytes& out) {
  const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context{EVP_CIPHER_CTX_new()};
  const std::size_t at = out.size();
  out.resize(at + plaintext.size() + kTag);
  int size = 0;
  const bool done =
      context != nullptr &&
      EVP_EncryptInit_ex2(context.get(), EVP_aes_128_gcm(), key.data(), nonce.data(), nullptr) ==
          1 &&
      EVP_EncryptUpdate(context.get(), out.data() + at, &size, plaintext.data(),
                        static_cast<int>(plaintext.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out.data() + at + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTag),
                          out.data() + at + plaintext.size()) == 1;
  if (!done) throw base::Fault(base::Exit::fault, "OpenSSL cannot encrypt with AES-128-GCM");
}

}  // namespace

std::optional<base::Bytes> seal_push_message(const PushKeys& to, base::ByteView plaintext,
                                             base::Random& random) {
  TOCSIN_ASSERT(plaintext.size() <= kMostPushPlaintext);
  start_sodium();
  std::array<std::uint8_t, 16> salt{};
  random.fill(salt);
  const P256Key once = P256Key::generate(random);
  const auto agreed = once.agree(to.device);
  if (!agreed) return std::nullopt;

  // RFC 8291, 3.3 and 3.4, with the names used there.
  const Digest prk_key = Hmac{to.shared}.add(agreed->view()).end();
  const Digest ikm = Hmac{prk_key.view()}
                         .add("WebPush: info\0"sv)
                         .add(to.device)
                         .add(once.point())
                         .add(kFirstBlock)
                         .end();
  const Digest prk = Hmac{salt}.add(ikm.view()).end();
  const Digest cek = Hmac{prk.view()}.add("Content-Encoding: aes128gcm\0"sv).add(kFirstBlock).end();
  const Digest nonce = Hmac{prk.view()}.add("Content-Encoding: nonce\0"sv).add(kFirstBlock).end();

  base::ByteWriter head;
  head.raw(salt);
  head.u32(kRecordBytes);
  head.u8(static_cast<std::uint8_t>(once.point().size()));
  head.raw(once.point());
  base::Bytes record{plaintext.begin(), plaintext.end()};
  record.push_back(kLastRecord);
  base::Bytes out = head.take();
  encrypt(cek.view().first<16>(), nonce.view().first<12>(), record, out);
  wipe(record);
  return out;
}

}  // namespace tocsin::seal
