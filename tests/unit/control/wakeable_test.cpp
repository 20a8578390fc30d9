#include "control/wakeable.h"

#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using WakeableTest = Room;

TEST_F(WakeableTest, SubscriptionsAreKeptBetweenProcesses) {
  EXPECT_EQ(push_setting(home()), nullptr);
  EXPECT_EQ(own_push_service(home()), "");
  const seal::KeyId device = seal::Identity::generate(random_).public_identity().id();
  EXPECT_FALSE(read_subscriptions(home(), keys().store).can_wake(device));
  change_subscriptions(home(), keys().store, random_, [&](channel::SubscriptionBook& book) {
    return book.keep(device,
                     {"https://push.example/x", {seal::P256Key::generate(random_).point(), {}}},
                     clock_.now());
  });
  EXPECT_TRUE(read_subscriptions(home(), keys().store).can_wake(device));
}

TEST_F(WakeableTest, WhatChangesNothingIsNotWritten) {
  change_subscriptions(home(), keys().store, random_, [&](channel::SubscriptionBook& book) {
    book.offered(seal::Identity::generate(random_).public_identity().id(), clock_.now());
    return false;
  });
  EXPECT_EQ(read_subscriptions(home(), keys().store), channel::SubscriptionBook{});
}

}  // namespace
}  // namespace tocsin::control
