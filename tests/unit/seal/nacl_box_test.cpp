#include "seal/nacl_box.h"

#include <gtest/gtest.h>

#include "seal/entropy.h"

namespace tocsin::seal {
namespace {

template <std::size_t Size>
std::array<std::uint8_t, Size> array_of(std::string_view hex) {
  const auto bytes = base::from_hex(hex);
  std::array<std::uint8_t, Size> out{};
  EXPECT_EQ(bytes->size(), Size);
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

// "Cryptography in NaCl" (D. J. Bernstein, 2009), sections 3 and 10.
const auto kNaclNonce = array_of<24>("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
const std::string kNaclMessage =
    "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a"
    "1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057"
    "e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040"
    "e082f937763848645e0705";
const std::string kNaclBox =
    "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4"
    "476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738"
    "b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de"
    "56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5";

OpeningKey opening(std::string_view hex) {
  return OpeningKey::from_secret(SecretBytes<32>{array_of<32>(hex)});
}
const OpeningKey& alice() {
  static const OpeningKey key =
      opening("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  return key;
}
const OpeningKey& bob() {
  static const OpeningKey key =
      opening("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  return key;
}

TEST(NaclBox, IsAsPublished) {
  const auto box = box_up(*base::from_hex(kNaclMessage), kNaclNonce, bob().sealing_key(), alice());
  ASSERT_TRUE(box);
  EXPECT_EQ(base::to_hex(*box), kNaclBox);
  const auto content = unbox(*box, kNaclNonce, alice().sealing_key(), bob());
  ASSERT_TRUE(content);
  EXPECT_EQ(base::to_hex(*content), kNaclMessage);
}

TEST(NaclBox, OpensForNobodyElseAndNotWhenItWasChanged) {
  Entropy entropy;
  const auto box = *base::from_hex(kNaclBox);
  EXPECT_FALSE(unbox(box, kNaclNonce, alice().sealing_key(), OpeningKey::generate(entropy)));
  EXPECT_FALSE(unbox(box, kNaclNonce, OpeningKey::generate(entropy).sealing_key(), bob()));
  EXPECT_FALSE(unbox(box, {}, alice().sealing_key(), bob()));
  for (std::size_t i = 0; i < box.size(); i += 13) {
    base::Bytes changed = box;
    changed[i] ^= 1;
    EXPECT_FALSE(unbox(changed, kNaclNonce, alice().sealing_key(), bob())) << i;
  }
  for (std::size_t size = 0; size <= 16; ++size)
    EXPECT_FALSE(unbox({box.data(), size}, kNaclNonce, alice().sealing_key(), bob())) << size;
}

TEST(NaclBox, HoldsNothingAsWell) {
  const auto box = box_up({}, kNaclNonce, bob().sealing_key(), alice());
  ASSERT_TRUE(box);
  EXPECT_EQ(box->size(), 16U);
  EXPECT_EQ(unbox(*box, kNaclNonce, alice().sealing_key(), bob()), base::Bytes{});
}

TEST(NaclBox, IsNotMadeForAKeyOfSmallOrder) {
  EXPECT_FALSE(box_up(*base::from_hex("00"), kNaclNonce, SealingKey{}, alice()));
  EXPECT_FALSE(unbox(*base::from_hex(kNaclBox), kNaclNonce, SealingKey{}, bob()));
}

}  // namespace
}  // namespace tocsin::seal
