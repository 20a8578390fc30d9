#include "incident/state/reach.h"

#include <gtest/gtest.h>

#include "contact/channels.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

const ChannelId kRelay{"relay"};
const ChannelId kSms{"sms"};

std::string with_channels(const std::string& channels) {
  std::string text = kPlaybook;
  const std::string from = "channels: [phone]";
  return text.replace(text.find(from), from.size(), "channels: [" + channels + "]");
}

TEST(Reach, AChannelReachesExactlyThoseWithAnAddressOnIt) {
  Night night{with_channels("relay, sms, phone")};
  night.enrols(0, "ana");
  for (PersonIndex p = 0; p < night.state.people.size(); ++p)
    for (const contact::Channel& channel : contact::kChannels) {
      const ChannelId id{std::string{channel.name}};
      EXPECT_EQ(can_reach(night.state, p, id), !addresses(night.state, p, id).empty());
    }
  EXPECT_FALSE(can_reach(night.state, night.index("ana"), ChannelId{"pigeon"}));
  EXPECT_TRUE(can_reach(night.state, night.index("ben"), kPhone));
  EXPECT_FALSE(can_reach(night.state, night.index("gus"), kPhone));
}

TEST(Reach, ARevokedDeviceIsNoAddress) {
  Night night{with_channels("relay, phone")};
  const PersonIndex ana = night.index("ana");
  const auto lost = night.enrols(0, "ana").id();
  const auto kept = night.enrols(0, "ana").id();
  EXPECT_EQ(addresses(night.state, ana, kRelay),
            (std::vector{seal::to_text(lost), seal::to_text(kept)}));
  ASSERT_TRUE(night.devices.revoke(lost, {at(1), "Dr A. Okafor", "lost"}));
  night.sign_devices(1);
  EXPECT_EQ(addresses(night.state, ana, kRelay), std::vector{seal::to_text(kept)});
  EXPECT_TRUE(addresses(night.state, night.index("ben"), kRelay).empty());
}

TEST(Reach, ANumberThatFailedForGoodIsNoAddress) {
  roster::Responder ana = Night::person("ana", "Ana Bell", {"nurse"}, 20);
  ana.contacts.clear();
  for (const char* number : {"+447700900001", "+447700900002", "+447700900003"})
    ana.contacts.push_back({kPhone, number, {}, {}, true});
  ana.contacts[1].working = false;
  const Night night{kPlaybook, {ana}, {}};
  EXPECT_EQ(addresses(night.state, 0, kPhone),
            (std::vector<std::string>{"+447700900001", "+447700900003"}));
}

TEST(Reach, TheCascadeIsFollowedPastChannelsThatReachNobody) {
  Night night{with_channels("relay, sms, phone")};
  night.enrols(0, "ana");
  const PersonIndex ana = night.index("ana");
  EXPECT_EQ(next_channel(night.state, ana), kRelay);
  EXPECT_EQ(next_channel(night.state, ana, kRelay), kPhone);  // she has no number for sms
  EXPECT_EQ(next_channel(night.state, ana, kSms), kPhone);
  EXPECT_EQ(next_channel(night.state, ana, kPhone), std::nullopt);
  EXPECT_EQ(next_channel(night.state, night.index("ben")), kPhone);
  EXPECT_EQ(next_channel(night.state, night.index("gus")), std::nullopt);
  // Somebody may answer on a channel that the cascade does not have: all of it is left.
  EXPECT_EQ(next_channel(night.state, ana, ChannelId{"email"}), kRelay);
}

TEST(Reach, EveryChannelIsTriedOnceFromWhereItBegan) {
  Night night{with_channels("relay, threema, phone")};
  night.enrols(0, "ana");
  const PersonIndex ana = night.index("ana");
  EXPECT_EQ(next_untried(night.state, ana, {kThreema}), kPhone);
  EXPECT_EQ(next_untried(night.state, ana, {kThreema, kPhone}), kRelay);
  EXPECT_EQ(next_untried(night.state, ana, {kThreema, kPhone, kRelay}), std::nullopt);
  EXPECT_EQ(next_untried(night.state, ana, {kPhone}), kRelay);
  EXPECT_EQ(next_untried(night.state, night.index("gus"), {kPhone}), std::nullopt);
  // One before that has failed for good is not tried again.
  const seal::MessageId id = seal::random_message_id(night.random);
  night.happens(1, Issued{id,
                          PersonId{"ana"},
                          playbook::MessageKind::update,
                          kRelay,
                          {},
                          0,
                          at(600),
                          "north entrance",
                          ""});
  night.happens(2, Receipted{id, contact::Receipt::failed_for_good, "no device left"});
  EXPECT_EQ(next_untried(night.state, ana, {kThreema, kPhone}), std::nullopt);
}

}  // namespace
}  // namespace tocsin::incident
