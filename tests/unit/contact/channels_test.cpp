#include "contact/channels.h"

#include <gtest/gtest.h>

#include <set>

namespace tocsin::contact {
namespace {

TEST(Channels, HaveNamesThatDiffer) {
  std::set<std::string_view> names;
  for (const Channel& channel : kChannels) {
    EXPECT_TRUE(names.insert(channel.name).second) << channel.name;
    EXPECT_EQ(find(channel.name), &channel);
  }
  EXPECT_EQ(find("pigeon"), nullptr);
  EXPECT_EQ(find(ChannelId{"sms"})->form, Form::mobile);
}

// Two columns of a staff list must not be taken for one.
TEST(Channels, HaveHeadingsThatDiffer) {
  std::set<std::string_view> headings;
  for (const Channel& channel : kChannels)
    for (const std::string_view heading : channel.headings)
      EXPECT_TRUE(heading.empty() || headings.insert(heading).second) << heading;
}

TEST(Channels, HaveAnAddressToTypeWhereTheRosterNamesIt) {
  for (const Channel& channel : kChannels) {
    const bool is_typed = channel.reaches == Reaches::contact_points;
    EXPECT_EQ(channel.form != Form::none, is_typed) << channel.name;
    EXPECT_EQ(!channel.headings.front().empty(), is_typed) << channel.name;
  }
}

// An envelope is sealed to a device, and to nothing else.
TEST(Channels, SealToDevicesAndToThemOnly) {
  for (const Channel& channel : kChannels)
    EXPECT_EQ(channel.carries == Class::sealed, channel.reaches == Reaches::devices)
        << channel.name;
}

TEST(Channels, AreNamedInTheCascadeUnlessTheyOnlyRingBesideAnother) {
  const std::set<std::string_view> tried(names_of<&Channel::is_tried>.begin(),
                                         names_of<&Channel::is_tried>.end());
  EXPECT_TRUE(tried.contains("relay") && tried.contains("phone") && tried.contains("matrix"));
  EXPECT_FALSE(tried.contains("push"));
}

TEST(Channels, AreSpokenWhereThisVersionSpeaksThem) {
  const std::set<std::string_view> spoken(names_of<&Channel::is_spoken>.begin(),
                                          names_of<&Channel::is_spoken>.end());
  EXPECT_EQ(spoken,
            (std::set<std::string_view>{"relay", "spool", "phone", "push", "sms", "voice", "exec",
                                        "email", "matrix", "ntfy", "signal", "telegram", "threema",
                                        "teams", "whatsapp", "viber"}));
}

}  // namespace
}  // namespace tocsin::contact
