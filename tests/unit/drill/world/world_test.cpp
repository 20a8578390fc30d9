#include "drill/world/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using base::Minutes;

std::string fault_of(std::string_view channels) {
  document::Findings findings;
  read_world("format: 1\nchannels:\n" + std::string{channels}, "w.yaml", findings);
  return findings.has_errors() ? to_text(findings.sorted().front()) : "";
}

World world_of(std::string_view text) {
  document::Findings findings;
  World world = read_world(text, "w.yaml", findings);
  findings.throw_if_errors("world");
  return world;
}

TEST(World, SaysWhoHasWhat) {
  const World world = world_of(
      "format: 1\nchannels:\n  relay: {have: 30%}\n"
      "  sms: {have: 0.95, notice: 40%, per_minute: 3000, fails: [{from: 10min, until: 1h}]}\n"
      "  voice: {have: 90%}\n");
  ASSERT_EQ(world.channels.size(), 3U);
  EXPECT_EQ(world.channels[0].id.str(), "relay");
  EXPECT_EQ(world.channels[0].have, 0.3);
  EXPECT_EQ(world.channels[0].notice, 0.5);
  EXPECT_EQ(world.channels[0].per_minute, 0);
  const WorldChannel& sms = world.channels[1];
  EXPECT_EQ(sms.notice, 0.4);
  EXPECT_EQ(sms.per_minute, 3'000);
  EXPECT_FALSE(sms.is_down(Minutes{9}));
  EXPECT_TRUE(sms.is_down(Minutes{10}));
  EXPECT_FALSE(sms.is_down(Minutes{60}));
  EXPECT_EQ(world.channels[2].notice, 0.41);
}

TEST(World, NamesWhatIsWrongWithIt) {
  EXPECT_EQ(fault_of("  sms: {have: 95%}\n"), "");
  EXPECT_EQ(fault_of("  smss: {have: 95%}\n"), "w.yaml:3:3: error: no channel is called \"smss\"");
  EXPECT_EQ(fault_of("  push: {have: 95%}\n"), "w.yaml:3:3: error: no channel is called \"push\"");
  EXPECT_NE(fault_of("  sms: {have: 950%}\n"), "");
  EXPECT_NE(fault_of("  sms: {}\n"), "");
  EXPECT_NE(fault_of("  sms: {have: 1, per_minute: 0}\n"), "");
  EXPECT_NE(fault_of("  sms: {have: 1, fails: [{from: 9min, until: 9min}]}\n"), "");
  EXPECT_NE(fault_of("  sms: {have: 1, fails: 9min}\n"), "");
  EXPECT_NE(fault_of("  sms: {have: 1, colour: red}\n"), "");
  EXPECT_NE(fault_of("  phone: {have: 1, notice: 50%}\n"), "");
  EXPECT_NE(fault_of("  - sms\n"), "");
  document::Findings findings;
  read_world("channels: {}", "w.yaml", findings);
  read_world("[", "w.yaml", findings);
  read_world("", "w.yaml", findings);
  EXPECT_GE(findings.errors(), 3U);
}

TEST(World, GivesEachShareOfThePeopleTheirChannels) {
  const World world =
      world_of("format: 1\nchannels: {relay: {have: 30%}, sms: {have: 95%}, phone: {have: 50%}}\n");
  const Settings settings = small_settings(2'000);
  const Staff staff = synthesise(small_playbook(), 2'000, settings.at, base::SeededRandom{1});
  const Equipped equipped = equip(staff, world, base::SeededRandom{2});
  std::map<std::string, int> points;
  std::set<std::string> addresses;
  for (const roster::Responder& person : equipped.staff.roster.responders())
    for (const roster::ContactPoint& point : person.contacts) {
      ++points[point.channel.str()];
      if (point.channel.str() == "sms") addresses.insert(point.address);
    }
  EXPECT_NEAR(points["sms"], 1'900, 40);
  EXPECT_NEAR(points["phone"], 1'000, 90);
  EXPECT_EQ(points["relay"], 0);
  EXPECT_EQ(addresses.size(), static_cast<std::size_t>(points["sms"])) << "shared with nobody";
  const auto enrolled = std::count(equipped.enrolled.begin(), equipped.enrolled.end(), true);
  EXPECT_NEAR(static_cast<double>(enrolled), 600, 80);
  EXPECT_EQ(equip(staff, world, base::SeededRandom{2}).enrolled, equipped.enrolled);
}

}  // namespace
}  // namespace tocsin::drill
