#include "wire/hooked.h"

#include <gtest/gtest.h>

namespace tocsin::wire {
namespace {

class HookedTest : public testing::Test {
 protected:
  base::SeededRandom random_{5};
  seal::Identity key_ = seal::Identity::generate(random_);
  Hooked hooked_{
      "sms", base::Instant{base::Milliseconds{1'700'000'000'123}}, "m=1", {1, 2, 0, 255}};
};

TEST_F(HookedTest, OpensForItsKeyAlone) {
  const base::Bytes sealed = seal(hooked_, key_.public_identity().seal, random_);
  const auto opened = open_hooked(sealed, key_.opening);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->hook, "sms");
  EXPECT_EQ(opened->at, hooked_.at);
  EXPECT_EQ(opened->query, "m=1");
  EXPECT_EQ(opened->body, hooked_.body);
  EXPECT_FALSE(open_hooked(sealed, seal::OpeningKey::generate(random_)));
}

TEST_F(HookedTest, AChangeAnywhereIsNoticed) {
  const base::Bytes sealed = seal(hooked_, key_.public_identity().seal, random_);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    base::Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(open_hooked(changed, key_.opening)) << i;
    EXPECT_FALSE(open_hooked(base::ByteView{sealed}.first(i), key_.opening)) << i;
  }
}

TEST_F(HookedTest, HasOneIdForEachCopy) {
  Hooked again = hooked_;
  again.at += std::chrono::hours{5};  // a provider posts again
  EXPECT_EQ(hooked_id(again), hooked_id(hooked_));
  again.query = "m=2";
  EXPECT_NE(hooked_id(again), hooked_id(hooked_));
  again = hooked_;
  again.hook = "voice";
  EXPECT_NE(hooked_id(again), hooked_id(hooked_));
  again = hooked_;
  again.body.push_back(0);
  EXPECT_NE(hooked_id(again), hooked_id(hooked_));
}

TEST(HookName, IsShortAndPlain) {
  for (const char* good : {"a", "sms", "whatsapp-2"}) EXPECT_TRUE(is_hook_name(good)) << good;
  for (const char* bad : {"", "2a", "-a", "A", "a/b", "a.b", "a b"})
    EXPECT_FALSE(is_hook_name(bad)) << bad;
  EXPECT_TRUE(is_hook_name(std::string(kMostHookName, 'a')));
  EXPECT_FALSE(is_hook_name(std::string(kMostHookName + 1, 'a')));
}

TEST_F(HookedTest, AKeyIsCopiedAsText) {
  const std::string text = to_text(key_.public_identity());
  EXPECT_EQ(text.size(), 86U);
  EXPECT_EQ(public_identity_from_text(text), key_.public_identity());
  EXPECT_FALSE(public_identity_from_text(text.substr(1)));
  EXPECT_FALSE(public_identity_from_text(text + "A"));
  EXPECT_FALSE(public_identity_from_text(std::string(86, 'A')));  // of small order
}

}  // namespace
}  // namespace tocsin::wire
