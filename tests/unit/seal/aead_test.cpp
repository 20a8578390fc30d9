#include "seal/aead.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/random.h"
#include "unit/seal/changed_bit.h"

namespace tocsin::seal {
namespace {

using base::Bytes;
using base::ByteView;

Bytes unhex(std::string_view text) { return base::from_hex(text).value(); }

SecretBytes<32> secret_of(const Bytes& bytes) {
  return SecretBytes<32>{std::span<const std::uint8_t, 32>{bytes.data(), 32}};
}

Nonce nonce_of(const Bytes& bytes) {
  Nonce nonce{};
  std::copy_n(bytes.begin(), nonce.size(), nonce.begin());
  return nonce;
}

std::vector<Aead> usable() {
  std::vector<Aead> all{Aead::chacha20_poly1305};
  if (has_aes_256_gcm()) all.push_back(Aead::aes_256_gcm);
  return all;
}

Bytes sealed(Aead aead, const Bytes& key, const Bytes& nonce, const Bytes& aad, ByteView text) {
  Bytes out;
  aead_seal(aead, secret_of(key), nonce_of(nonce), aad, text, out);
  return out;
}

struct Published {
  Aead aead;
  std::string_view key, nonce, aad, text, sealed;  // ciphertext ‖ tag
};

const Published kPublished[] = {
    // "The Galois/Counter Mode of Operation" (McGrew and Viega), test cases 13, 14 and 16.
    {Aead::aes_256_gcm, "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {Aead::aes_256_gcm, "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "00000000000000000000000000000000",
     "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
    {Aead::aes_256_gcm, "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
     "76fc6ece0f4e1768cddf8853bb2d551b"},
    // RFC 8439, section 2.8.2.
    {Aead::chacha20_poly1305, "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
     "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
     "4c616469657320616e642047656e746c656d656e206f662074686520636c6173"
     "73206f66202739393a204966204920636f756c64206f6666657220796f75206f"
     "6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73"
     "637265656e20776f756c642062652069742e",
     "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
     "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
     "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
     "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"},
};

TEST(Aeads, SealAndOpenWhatIsPublished) {
  for (const Published& one : kPublished) {
    if (!usable_aead(static_cast<std::uint16_t>(one.aead))) continue;  // no AES in this processor
    const Bytes text = unhex(one.text);
    EXPECT_EQ(
        base::to_hex(sealed(one.aead, unhex(one.key), unhex(one.nonce), unhex(one.aad), text)),
        one.sealed);
    EXPECT_EQ(aead_open(one.aead, secret_of(unhex(one.key)), nonce_of(unhex(one.nonce)),
                        unhex(one.aad), unhex(one.sealed)),
              text);
  }
}

// What OpenSSL makes of it.
Bytes by_openssl(Aead aead, const Bytes& key, const Bytes& nonce, const Bytes& aad,
                 const Bytes& text) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
  const EVP_CIPHER* cipher =
      aead == Aead::aes_256_gcm ? EVP_aes_256_gcm() : EVP_chacha20_poly1305();
  Bytes out(text.size() + kTagBytes);
  int size = 0;
  const bool is_done =
      EVP_EncryptInit_ex2(context.get(), cipher, key.data(), nonce.data(), nullptr) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size())) ==
          1 &&
      EVP_EncryptUpdate(context.get(), out.data(), &size, text.data(),
                        static_cast<int>(text.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out.data() + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes,
                          out.data() + text.size()) == 1;
  EXPECT_TRUE(is_done);
  return out;
}

// Sizes around a block of either cipher (16 and 64 bytes), where the last one is short.
TEST(Aeads, SealAsAnotherLibraryDoes) {
  base::SeededRandom random{9};
  const auto some = [&](std::size_t size) {
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
  };
  for (const Aead aead : usable())
    for (const std::size_t size : {1U, 15U, 16U, 17U, 63U, 64U, 65U, 255U, 256U, 1'000U, 16'384U}) {
      const Bytes key = some(32);
      const Bytes nonce = some(12);
      const Bytes aad = some(1 + size % 50);
      const Bytes text = some(size);
      EXPECT_EQ(sealed(aead, key, nonce, aad, text), by_openssl(aead, key, nonce, aad, text))
          << size;
    }
}

TEST(Aeads, AppendToWhatIsThere) {
  for (const Aead aead : usable()) {
    const Bytes key(32, 1);
    const Bytes nonce(12, 2);
    Bytes out{'h', 'e', 'a', 'd'};
    aead_seal(aead, secret_of(key), nonce_of(nonce), {}, base::bytes_of("text"), out);
    EXPECT_EQ(out.size(), 4 + 4 + kTagBytes);
    EXPECT_EQ(base::text_of(ByteView{out}.first(4)), "head");
    EXPECT_EQ(Bytes(out.begin() + 4, out.end()),
              sealed(aead, key, nonce, {}, base::bytes_of("text")));
  }
}

TEST(Aeads, OpenForOneKeyNonceAndContextAndUnchangedAlone) {
  const Bytes key(32, 1);
  const Bytes nonce(12, 2);
  const Bytes aad{3, 3, 3};
  for (const Aead aead : usable()) {
    const Bytes good = sealed(aead, key, nonce, aad, base::bytes_of("text"));
    const auto open = [&](const Bytes& with_key, const Bytes& with_nonce, ByteView with_aad,
                          ByteView text) {
      return aead_open(aead, secret_of(with_key), nonce_of(with_nonce), with_aad, text);
    };
    ASSERT_TRUE(open(key, nonce, aad, good));
    for (std::size_t i = 0; i < key.size(); ++i)
      EXPECT_FALSE(open(with_bit_changed(key, i), nonce, aad, good)) << i;
    for (std::size_t i = 0; i < nonce.size(); ++i)
      EXPECT_FALSE(open(key, with_bit_changed(nonce, i), aad, good)) << i;
    for (std::size_t i = 0; i < aad.size(); ++i) {
      EXPECT_FALSE(open(key, nonce, with_bit_changed(aad, i), good)) << i;
      EXPECT_FALSE(open(key, nonce, ByteView{aad}.first(i), good)) << i;
    }
    for (std::size_t i = 0; i < good.size(); ++i) {
      EXPECT_FALSE(open(key, nonce, aad, with_bit_changed(good, i))) << i;
      EXPECT_FALSE(open(key, nonce, aad, ByteView{good}.first(i))) << i;
    }
  }
}

// An envelope names its cipher, and anybody can write one.
TEST(Aeads, AreTheTwoThatHpkeNumbersSo) {
  for (unsigned id = 0; id <= 0xffff; ++id) {
    const auto aead = usable_aead(static_cast<std::uint16_t>(id));
    EXPECT_EQ(aead.has_value(), id == 3 || (id == 2 && has_aes_256_gcm())) << id;
    if (aead) {
      EXPECT_EQ(static_cast<unsigned>(*aead), id);
    }
  }
  EXPECT_EQ(preferred_aead(), usable().back()) << "AES-256 wherever there is one";
}

}  // namespace
}  // namespace tocsin::seal
