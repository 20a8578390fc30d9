#include <gtest/gtest.h>

#include "playbook/reading/read.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

Cascade cascade_with(std::string_view from, std::string_view to) {
  return read_playbook(replaced(kSample, from, to), "a").playbook.cascade;
}

TEST(ReadCascade, LeavesOutKeyRolesOfNoPost) {
  const Cascade none = cascade_with("post: resus/team-leader", "post: resus/team-leder");
  ASSERT_EQ(none.key_roles.size(), 1U);
  EXPECT_EQ(none.key_roles[0].post, PostId{"wards/nurse/response"});
  const Cascade twice = cascade_with("post: wards/nurse", "post: resus/team-leader");
  ASSERT_EQ(twice.key_roles.size(), 1U);
  EXPECT_EQ(twice.key_roles[0].on_call, RoleId{"trauma-consultant"});
}

TEST(ReadCascade, KeepsChannelsThatItDoesNotKnow) {
  EXPECT_EQ(cascade_with("[relay, sms, phone]", "[pigeon, phone]").channels,
            (std::vector{ChannelId{"pigeon"}, ChannelId{"phone"}}));
  EXPECT_TRUE(cascade_with("[relay, sms, phone]", "[]").channels.empty());
}

TEST(ReadCascade, ChannelsAreTogetherByPriority) {
  const Cascade cascade =
      cascade_with("reminders: 2", "reminders: 2\n  together: {1: [relay, sms]}");
  EXPECT_EQ(cascade.together(1), (std::vector{ChannelId{"relay"}, ChannelId{"sms"}}));
  EXPECT_TRUE(cascade.together(2).empty());
  EXPECT_EQ(cascade_with("reminders: 2", "together: [sms, relay]").together(2).size(), 2U);
  EXPECT_TRUE(cascade_with("reminders: 2", "reminders: 1").together(1).empty());
}

TEST(ReadCascade, FallsBackWhereAValueCannotBeRead) {
  EXPECT_EQ(cascade_with("{1: 5min, default: 15min}", "{1: 0, default: 25h}").answer_window(1),
            base::Minutes{10});
  EXPECT_EQ(cascade_with("reminders: 2", "reminders: 6").reminders, 1);
  EXPECT_EQ(
      cascade_with("[next-channel, deputy, phone-list]", "[deputy, shout, deputy]").on_silence,
      std::vector{OnSilence::deputy});
}

}  // namespace
}  // namespace tocsin::playbook
