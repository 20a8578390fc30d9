#include "control/channels.h"

#include <gtest/gtest.h>

#include "base/fault.h"

namespace tocsin::control {
namespace {

using contact::ChannelId;

std::vector<std::string> names(const std::vector<ChannelId>& channels) {
  std::vector<std::string> out;
  for (const ChannelId& channel : channels) out.push_back(channel.str());
  return out;
}

using Names = std::vector<std::string>;

TEST(ChannelsTest, TheSwitchboardIsAlwaysThere) {
  EXPECT_EQ(names(channels_of({})), Names{"phone"});
  home::Settings settings;
  settings.channels = {{ChannelId{"phone"}}};
  EXPECT_EQ(names(channels_of(settings)), Names{"phone"});
}

TEST(ChannelsTest, ARelayIsThereWhereItIsSetOrServed) {
  home::Settings settings;
  settings.channels = {{ChannelId{"relay"}}, {ChannelId{"push"}}, {ChannelId{"spool"}}};
  EXPECT_EQ(names(channels_of(settings)), (Names{"spool", "phone"}));
  EXPECT_EQ(names(channels_of(settings, Mailboxes::served_here)),
            (Names{"relay", "spool", "phone"}));
  settings.relay = home::Relay{"https://relay.example", {}};
  EXPECT_EQ(names(channels_of(settings)), (Names{"relay", "spool", "phone"}));
}

// Vectors of what a provider takes: a call a second, 48 texts a second.
TEST(ChannelsTest, LimitsAreThoseOfTheProviders) {
  home::Settings settings;
  settings.channels = {{ChannelId{"phone"}},
                       {ChannelId{"spool"}},
                       {ChannelId{"push"}},
                       {ChannelId{"voice"}},
                       {ChannelId{"email"}, {{"provider", "smtp"}, {"per_minute", "many"}}},
                       {ChannelId{"sms"}, {{"provider", "notify"}}}};
  const auto limits = limits_of(settings).by_channel();
  const std::map<ChannelId, std::uint64_t> expected{{ChannelId{"voice"}, 60},
                                                    {ChannelId{"sms"}, 2'880}};
  EXPECT_EQ(limits, expected);
  EXPECT_TRUE(limits_of({}).channels.empty());
}

TEST(ChannelsTest, WhatAPlaybookAsksForAndIsNotThereIsNamed) {
  playbook::Playbook playbook;
  playbook.id = "small";
  playbook.cascade.channels = {ChannelId{"sms"}, ChannelId{"relay"}, ChannelId{"phone"}};
  EXPECT_EQ(names(missing_channels(playbook, channels_of({}))), (Names{"sms", "relay"}));
  try {
    need_channels(playbook, channels_of({}));
    ADD_FAILURE() << "a home without sms and relay can send by both";
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_NE(std::string{fault.what()}.find("sms and relay"), std::string::npos);
  }
  playbook.cascade.channels = {ChannelId{"phone"}};
  EXPECT_NO_THROW(need_channels(playbook, channels_of({})));
}

}  // namespace
}  // namespace tocsin::control
