#include "channel/phone.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

TEST(Phone, PutsOnTheListAndHearsNothing) {
  PhoneChannel phone;
  const std::vector<Outgoing<Call>> batch{{seal::MessageId{{1}}, "+447700900001", {}, {}},
                                          {seal::MessageId{{2}}, "+447700900002", {}, {}}};
  const auto deliveries = phone.send(batch);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[1].id, batch[1].id);
  EXPECT_EQ(deliveries[1].receipt, Receipt::queued);
  EXPECT_TRUE(std::holds_alternative<Carrier<Class::human>*>(phone.carrier()));
  const Collected collected = phone.collect(std::chrono::hours{1});
  EXPECT_TRUE(collected.messages.empty() && collected.deliveries.empty());
}

}  // namespace
}  // namespace tocsin::channel
