// The playbooks that we ship must be sound, have no warnings, and be of the size that they say.
#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "document/finding.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/bounds.h"

namespace tocsin::playbook {
namespace {

Playbook shipped(const std::string& name) {
  const std::string path = "playbooks/" + name + ".yaml";
  document::Findings findings;
  auto book = read_sound_playbook(base::read_file(path, kLargestPlaybook), path, findings);
  for (const auto& finding : findings.sorted())
    ADD_FAILURE() << to_text(finding) << "\n" << finding.hint;
  return book.value_or(Playbook{});
}

int seats(const Playbook& book, std::string_view shift) {
  int total = 0;
  for (const Post& post : book.posts)
    if (post.shift == ShiftId{shift}) total += post.count();
  return total;
}

TEST(Shipped, MassCasualtyIsOfTheSizeThatItSays) {
  const Playbook book = shipped("mass-casualty");
  EXPECT_EQ(book.id, "mass-casualty");
  EXPECT_GE(book.areas.size(), 14U);
  EXPECT_EQ(book.shifts.size(), 2U);
  std::set<std::string> types;
  for (const Post& post : book.posts) types.insert(post.area.str() + "/" + post.role.str());
  EXPECT_GE(types.size(), 60U);
  EXPECT_GE(seats(book, "response"), 150);
  EXPECT_GE(seats(book, "relief"), 100);
  EXPECT_LE(seats(book, "response") + seats(book, "relief"), 330);
}

// When malware stops the hospital's network (WannaCry, 2017), no channel may depend on it.
TEST(Shipped, LossOfItUsesOnlyWhatStillWorks) {
  const Playbook book = shipped("it-outage");
  const std::set<std::string> working = {"relay", "spool", "phone"};
  for (const ChannelId& channel : book.cascade.channels)
    EXPECT_TRUE(working.contains(channel.str())) << channel.str();
}

TEST(Shipped, EvacuationAndShiftCover) {
  EXPECT_EQ(shipped("evacuation").id, "evacuation");
  const Playbook cover = shipped("shift-cover");
  EXPECT_EQ(seats(cover, "tonight"), 1);
}

}  // namespace
}  // namespace tocsin::playbook
