// Compares Web Push with the examples in the RFCs, and with a receiver written here with OpenSSL.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/text.h"
#include "seal/entropy.h"
#include "seal/push_message.h"
#include "seal/vapid.h"
#include "unit/seal/scripted_random.h"

namespace tocsin::seal {
namespace {

base::Bytes coded(std::string_view text) { return base::from_base64url(text).value(); }

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(std::string_view text) {
  const base::Bytes bytes = coded(text);
  EXPECT_EQ(bytes.size(), Size);
  std::array<std::uint8_t, Size> out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

P256Key key_of(std::string_view secret) {
  return P256Key::from_secret(SecretBytes<32>{fixed<32>(secret)}).value();
}

// RFC 8291, section 5 and appendix A.
constexpr std::string_view kText = "When I grow up, I want to be a watermelon";
constexpr std::string_view kSender = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
constexpr std::string_view kSenderPoint =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
constexpr std::string_view kReceiver = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
constexpr std::string_view kReceiverPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view kSecret = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";  // ECDH
constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
constexpr std::string_view kSalt = "DGv6ra1nlYgDCS1FRnbzlw";
constexpr std::string_view kBody =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
    "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
    "a-fN";

PushKeys receiver() { return {fixed<65>(kReceiverPoint), fixed<16>(kAuth)}; }

TEST(P256, HasThePointsOfTheRfc) {
  EXPECT_EQ(base::to_base64url(key_of(kSender).point()), kSenderPoint);
  EXPECT_EQ(base::to_base64url(key_of(kReceiver).point()), kReceiverPoint);
}

TEST(P256, BothSidesAgreeOnTheSecretOfTheRfc) {
  const auto one = key_of(kSender).agree(fixed<65>(kReceiverPoint));
  const auto other = key_of(kReceiver).agree(fixed<65>(kSenderPoint));
  ASSERT_TRUE(one && other);
  EXPECT_EQ(base::to_base64url(one->view()), kSecret);
  EXPECT_EQ(base::to_base64url(other->view()), kSecret);
}

TEST(P256, RefusesWhatIsNoScalarAndNoPoint) {
  EXPECT_FALSE(P256Key::from_secret(SecretBytes<32>{}));
  SecretBytes<32> high;
  std::ranges::fill(high.fill(), 0xff);
  EXPECT_FALSE(P256Key::from_secret(high));

  const P256Key key = key_of(kSender);
  P256Point off = fixed<65>(kReceiverPoint);
  off[64] ^= 1;  // off the curve
  EXPECT_FALSE(key.agree(off));
  EXPECT_FALSE(key.agree({}));
  P256Point hybrid = fixed<65>(kReceiverPoint);
  hybrid[0] = 2;  // the mark of a compressed point, which would be shorter
  EXPECT_FALSE(key.agree(hybrid));
}

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

// Verifies a signature with OpenSSL alone.
bool is_signed(std::string_view said, base::ByteView signature, base::ByteView point) {
  char curve[] = "prime256v1";
  base::Bytes key_bytes{point.begin(), point.end()};
  OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
                         OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
                                                           key_bytes.data(), key_bytes.size()),
                         OSSL_PARAM_construct_end()};
  EVP_PKEY_CTX* importing = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(importing);
  EVP_PKEY_fromdata(importing, &key, EVP_PKEY_PUBLIC_KEY, params);
  EVP_PKEY_CTX_free(importing);
  ECDSA_SIG* parts = ECDSA_SIG_new();
  ECDSA_SIG_set0(parts, BN_bin2bn(signature.data(), 32, nullptr),
                 BN_bin2bn(signature.data() + 32, 32, nullptr));
  std::uint8_t* der = nullptr;
  const int size = i2d_ECDSA_SIG(parts, &der);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
  const bool is_good = EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                                        base::bytes_of(said).data(), said.size()) == 1;
  EVP_MD_CTX_free(context);
  OPENSSL_free(der);
  ECDSA_SIG_free(parts);
  EVP_PKEY_free(key);
  return is_good;
}

// RFC 8292, section 2.4. Its private key is not published.
constexpr std::string_view kRfcSaid =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0"
    "NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";
constexpr std::string_view kRfcSignature =
    "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
constexpr std::string_view kRfcPoint =
    "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

TEST(Vapid, SignsWhatTheExampleOfTheRfcSigns) {
  ASSERT_TRUE(is_signed(kRfcSaid, coded(kRfcSignature), coded(kRfcPoint)));

  const base::Instant expires{std::chrono::seconds{1'453'523'768}};
  const P256Key key = key_of(kSender);
  const std::string header = vapid_authorization(key, "https://push.example.net",
                                                 "mailto:push@example.com", expires - kVapidLife);
  ASSERT_TRUE(header.starts_with("vapid t="));
  ASSERT_TRUE(header.ends_with(std::string{", k="} + std::string{kSenderPoint}));
  const std::string token = header.substr(8, header.find(',') - 8);
  const std::string said = token.substr(0, token.rfind('.'));
  EXPECT_EQ(said, kRfcSaid);
  const base::Bytes signature = coded(token.substr(token.rfind('.') + 1));
  ASSERT_EQ(signature.size(), 64U);
  EXPECT_TRUE(is_signed(said, signature, key.point()));
  EXPECT_FALSE(is_signed(said + "x", signature, key.point()));
  EXPECT_FALSE(is_signed(said, signature, coded(kRfcPoint)));
}

TEST(Vapid, NamesNobodyWhenThereIsNobodyToName) {
  const std::string header =
      vapid_authorization(key_of(kSender), "https://push.example.net", "", base::Instant{});
  const auto parts = base::split(std::string_view{header}.substr(8), '.');
  EXPECT_EQ(base::text_of(coded(parts[1])), R"({"aud":"https://push.example.net","exp":43200})");
}

}  // namespace
}  // namespace tocsin::seal
