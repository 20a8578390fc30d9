#include "incident/coordinator/lead_briefing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Resus is led by its doctor, who has a device.
struct LedNight : Night {
  LedNight() {
    state.playbook.areas[0].lead = playbook::RoleId{"doctor"};
    state.playbook.cascade.channels.insert(state.playbook.cascade.channels.begin(),
                                           ChannelId{"relay"});
    settle(0);
    state.people[index("eli")].devices.push_back(0);
    replies(2, "eli", Answer::coming, 25);
    settle(2);
  }
  std::vector<std::string> digests_to(const char* id) const {
    std::vector<std::string> texts;
    for (const Message& message : state.messages)
      if (message.person == index(id) && message.kind == playbook::MessageKind::update)
        texts.push_back(message.text);
    return texts;
  }
};

TEST(DigestTest, SaysWhoIsComingToTheAreaAndNobodyElse) {
  LedNight night;
  EXPECT_TRUE(night.digests_to("eli").empty());  // nobody else is coming yet
  night.replies(3, "ana", Answer::coming, 25);
  night.replies(3, "cyn", Answer::coming, 20);  // to the wards
  night.settle(3);
  const auto texts = night.digests_to("eli");
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_NE(texts[0].find("Ana Bell"), std::string::npos) << texts[0];
  EXPECT_NE(texts[0].find("Trauma nurse 1 of 2"), std::string::npos) << texts[0];
  EXPECT_EQ(texts[0].find("Cynthia"), std::string::npos) << texts[0];
  EXPECT_EQ(texts[0].find("Eli"), std::string::npos) << texts[0];
  EXPECT_EQ(night.state.messages.back().channel, ChannelId{"relay"});
}

TEST(DigestTest, IsSentAgainOnlyWhenItChangedAndNotTooOften) {
  LedNight night;
  night.replies(3, "ana", Answer::coming, 25);
  night.settle(3);
  ASSERT_EQ(night.digests_to("eli").size(), 1U);
  for (int minute = 4; minute < 20; ++minute) night.settle(minute);
  EXPECT_EQ(night.digests_to("eli").size(), 1U);
  // Two changes within five minutes are one message, when the five minutes are over.
  night.replies(20, "ben", Answer::coming, 40);
  night.settle(20);
  EXPECT_EQ(night.digests_to("eli").size(), 2U);
  night.replies(21, "ben", Answer::no, 21);
  night.settle(21);
  night.settle(24);
  EXPECT_EQ(night.digests_to("eli").size(), 2U);
  night.settle(25);
  EXPECT_EQ(night.digests_to("eli").size(), 3U);
}

TEST(DigestTest, OnlyTheNewestIsTriedAgain) {
  LedNight night;
  night.replies(3, "ana", Answer::coming, 25);
  night.settle(3);
  night.replies(10, "ana", Answer::coming, 50);
  night.settle(10);
  ASSERT_EQ(night.digests_to("eli").size(), 2U);
  const auto waiting =
      std::count_if(night.state.outbox.begin(), night.state.outbox.end(), [&](const auto& due) {
        return night.state.messages[due.second].kind == playbook::MessageKind::update;
      });
  EXPECT_EQ(waiting, 1);
}

TEST(DigestTest, NobodyIsRungToHearIt) {
  Night night;
  night.state.playbook.areas[0].lead = playbook::RoleId{"doctor"};
  night.settle(0);
  night.replies(2, "eli", Answer::coming, 25);
  night.replies(2, "ana", Answer::coming, 25);
  night.settle(2);
  for (const Message& message : night.state.messages)
    EXPECT_NE(message.kind, playbook::MessageKind::update);
}

}  // namespace
}  // namespace tocsin::incident
