#include "control/errands.h"

#include <gtest/gtest.h>

#include "seal/entropy.h"
#include "unit/control/messenger.h"

namespace tocsin::control {
namespace {

using namespace std::chrono_literals;
using channel::Receipt;

class ErrandsTest : public testing::Test {
 protected:
  std::size_t add(const std::string& address = "+447700900001") {
    return errands_.add(address, playbook::Nudge::of(playbook::Errand::test, "St Bride's"), 10min);
  }

  seal::Entropy random_;
  base::VirtualClock clock_{base::Instant{std::chrono::hours{500'000}}};
  Messenger messenger_;
  Errands errands_{messenger_, clock_, random_};
};

TEST_F(ErrandsTest, GoOnceAndNoFasterThanThereIsRoom) {
  for (int i = 0; i < 5; ++i) add();
  messenger_.room_ = 3;
  EXPECT_TRUE(errands_.send_due());
  EXPECT_EQ(messenger_.given.size(), 3U);
  EXPECT_TRUE(errands_.waits());
  EXPECT_TRUE(errands_.send_due());
  EXPECT_FALSE(errands_.waits());
  EXPECT_FALSE(errands_.send_due());
  EXPECT_EQ(messenger_.given.size(), 5U);
}

TEST_F(ErrandsTest, AreTriedAgainAfterAFailureThatMayPassAndNotWithoutEnd) {
  const std::size_t one = add();
  messenger_.receipts["+447700900001"] = Receipt::failed_for_now;
  errands_.send_due();
  EXPECT_FALSE(errands_.send_due()) << "not at once";
  clock_.advance(6s);
  EXPECT_TRUE(errands_.send_due());
  EXPECT_EQ(messenger_.given.at(0).id, messenger_.given.at(1).id);
  clock_.advance(10min);
  errands_.send_due();
  EXPECT_FALSE(errands_.waits());
  EXPECT_EQ(errands_[one].receipt, Receipt::failed_for_good);
  EXPECT_EQ(errands_[one].reason, "the provider's reason");
}

TEST_F(ErrandsTest, AreNotSentAgainAfterAnOutcomeThatIsUnknownOrThatTheNetworkGaveUp) {
  const std::size_t lost = add("+447700900001");
  messenger_.receipts["+447700900001"] = Receipt::unknown;
  const std::size_t given_up = add("+447700900002");
  errands_.send_due();
  EXPECT_TRUE(errands_.take({errands_[given_up].id, Receipt::failed_for_now, "no signal", {}}));
  clock_.advance(1min);
  EXPECT_FALSE(errands_.send_due());
  EXPECT_EQ(errands_[lost].receipt, Receipt::unknown);
  EXPECT_EQ(errands_[given_up].receipt, Receipt::failed_for_good);
}

TEST_F(ErrandsTest, KeepWhatHasArrivedWhateverComesLater) {
  const std::size_t one = add();
  errands_.send_due();
  clock_.advance(3s);
  EXPECT_TRUE(errands_.take({errands_[one].id, Receipt::delivered, {}, {}}));
  for (const Receipt late : {Receipt::sent, Receipt::queued, Receipt::failed_for_now,
                             Receipt::failed_for_good, Receipt::delivered})
    EXPECT_FALSE(errands_.take({errands_[one].id, late, "late", {}}));
  EXPECT_EQ(errands_[one].receipt, Receipt::delivered);
  EXPECT_EQ(errands_[one].arrived, clock_.now());
  clock_.advance(3s);
  EXPECT_TRUE(errands_.take({errands_[one].id, Receipt::read, {}, {}}));
  EXPECT_EQ(errands_[one].arrived, clock_.now() - 3s) << "when it arrived first";
  EXPECT_FALSE(errands_.take({seal::random_message_id(random_), Receipt::read, {}, {}}))
      << "another's";
}

}  // namespace
}  // namespace tocsin::control
