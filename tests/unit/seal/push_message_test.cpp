// Compares with the example of the RFC, and with a receiver written here with OpenSSL.
#include "seal/push_message.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>

#include "seal/entropy.h"
#include "unit/seal/rfc8291.h"
#include "unit/seal/scripted_random.h"

namespace tocsin::seal {
namespace {

using namespace rfc8291;

TEST(PushMessage, IsThatOfTheRfc) {
  base::Bytes script = coded(kSalt);
  const base::Bytes sender = coded(kSender);
  script.insert(script.end(), sender.begin(), sender.end());
  ScriptedRandom random{script};
  const auto message = seal_push_message(receiver(), base::bytes_of(kText), random);
  ASSERT_TRUE(message);
  EXPECT_EQ(base::to_base64url(*message), kBody);
  EXPECT_TRUE(random.is_used_up());
}

// HKDF of OpenSSL, which the sender does not use.
base::Bytes hkdf(base::ByteView salt, base::ByteView secret, base::Bytes info, std::size_t size) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf{
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free};
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context{
      EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free};
  base::Bytes key{secret.begin(), secret.end()};
  base::Bytes salted{salt.begin(), salt.end()};
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salted.data(), salted.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  base::Bytes out(size);
  EXPECT_EQ(EVP_KDF_derive(context.get(), out.data(), out.size(), params), 1);
  return out;
}

base::Bytes label(std::string_view text, base::ByteView one = {}, base::ByteView two = {}) {
  base::ByteWriter out;
  out.raw(base::bytes_of(text));
  out.u8(0);
  out.raw(one);
  out.raw(two);
  return out.take();
}

// Opens a message as a browser does. nullopt when it is not for this key, or was changed.
std::optional<base::Bytes> open(base::ByteView message, const P256Key& key, base::ByteView auth) {
  base::ByteReader in{message};
  const base::ByteView salt = in.raw(16);
  const std::uint32_t record = in.u32();
  const base::ByteView sender = in.raw(in.u8());
  if (!in.ok() || sender.size() != 65 || in.left() > record || in.left() < 17) return std::nullopt;
  P256Point point{};
  std::copy(sender.begin(), sender.end(), point.begin());
  const auto agreed = key.agree(point);
  if (!agreed) return std::nullopt;
  const base::Bytes ikm =
      hkdf(auth, agreed->view(), label("WebPush: info", key.point(), sender), 32);
  const base::Bytes cek = hkdf(salt, ikm, label("Content-Encoding: aes128gcm"), 16);
  const base::Bytes nonce = hkdf(salt, ikm, label("Content-Encoding: nonce"), 12);
  const base::ByteView sealed = in.raw(in.left() - 16);
  const base::ByteView tag = in.raw(16);
  base::Bytes mark{tag.begin(), tag.end()};
  base::Bytes out(sealed.size());
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
  int size = 0;
  const bool is_good =
      EVP_DecryptInit_ex2(context.get(), EVP_aes_128_gcm(), cek.data(), nonce.data(), nullptr) &&
      EVP_DecryptUpdate(context.get(), out.data(), &size, sealed.data(),
                        static_cast<int>(sealed.size())) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, 16, mark.data()) &&
      EVP_DecryptFinal_ex(context.get(), out.data() + size, &size);
  if (!is_good || out.back() != 2) return std::nullopt;
  out.pop_back();
  return out;
}

TEST(PushMessage, OpensForItsReceiverAloneAndUnchanged) {
  Entropy entropy;
  const P256Key key = key_of(kReceiver);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kMostPushPlaintext}) {
    const base::Bytes text(size, 'x');
    const auto message = seal_push_message(receiver(), text, entropy);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->size(), size + 103);
    EXPECT_LE(message->size(), 4'096U);
    EXPECT_EQ(open(*message, key, coded(kAuth)), text);
    EXPECT_FALSE(open(*message, P256Key::generate(entropy), coded(kAuth)));
    EXPECT_FALSE(open(*message, key, coded(kSalt)));
  }
  const base::Bytes message = *seal_push_message(receiver(), base::bytes_of("x"), entropy);
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (i >= 16 && i < 20) continue;  // the record size is not protected in a single record
    base::Bytes changed = message;
    changed[i] ^= 0x10;
    EXPECT_FALSE(open(changed, key, coded(kAuth))) << i;
  }
}

TEST(PushMessage, NeverComesOutTheSameTwice) {
  Entropy entropy;
  const auto one = seal_push_message(receiver(), {}, entropy);
  const auto two = seal_push_message(receiver(), {}, entropy);
  EXPECT_NE(one, two);
}

TEST(PushMessage, IsNotSealedToWhatIsNoPoint) {
  Entropy entropy;
  PushKeys keys = receiver();
  keys.device[40] ^= 1;
  EXPECT_FALSE(seal_push_message(keys, {}, entropy));
}

}  // namespace
}  // namespace tocsin::seal
