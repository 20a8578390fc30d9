#include "channel/said.h"

#include <gtest/gtest.h>

#include <set>

namespace tocsin::channel {
namespace {

TEST(Said, EachMessageOfEachChannelHasAnIdOfItsOwnAndAlwaysTheSame) {
  EXPECT_EQ(said_id("sms", "41"), said_id("sms", "41"));
  std::set<seal::MessageId> ids;
  for (const char* channel : {"sms", "telegram", "email"})
    for (const char* theirs : {"", "4", "41", "14"}) ids.insert(said_id(channel, theirs));
  EXPECT_EQ(ids.size(), 12U);
  EXPECT_NE(said_id("sm", "s41"), said_id("sms", "41"));
}

}  // namespace
}  // namespace tocsin::channel
