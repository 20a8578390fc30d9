// A declaration is folded by reading its playbook, whatever a check says of it today.
#include <gtest/gtest.h>

#include "base/fault.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/read.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::size_t errors_of(const std::string& text) {
  document::Findings findings;
  playbook::judge(playbook::read_playbook(text, "a"), findings);
  return findings.errors();
}

// As the checks of a later version would refuse what was declared under those of an earlier one.
TEST(Declared, IsFoldedWhateverTheJudgeSaysOfItsPlaybook) {
  std::string text = changed(kPlaybook, "code: ZZ999", "code: a hospital");
  text = changed(text, "report_to: \"Red doors\"", "report_to: Bed of 943 476 5919");
  text = changed(text, "    title: Resuscitation", "    titel: Resuscitation");
  text = changed(text, "channels: [phone]", "channels: [phone, pigeon]");
  EXPECT_EQ(errors_of(kPlaybook), 0U);
  EXPECT_EQ(errors_of(text), 4U);
  Night sound;
  Night refused{text};
  sound.settle(1);
  refused.settle(1);
  EXPECT_EQ(refused.state.slots.size(), sound.state.slots.size());
  EXPECT_FALSE(sound.state.messages.empty());
  EXPECT_EQ(refused.state.messages.size(), sound.state.messages.size());
  EXPECT_EQ(refused.state.playbook.areas[0].report_to, "Bed of 943 476 5919");
}

// Drafts of format 1 had over_call, and a post that needed nobody.
TEST(Declared, IsFoldedWithThePlaybookOfADraft) {
  std::string text = changed(kPlaybook, "channels: [phone]", "channels: [phone]\n  over_call: 1.6");
  text = changed(text, "need: {response: 1 by 60min}", "need: {}");
  EXPECT_EQ(errors_of(text), 2U);
  Night draft{text};
  draft.settle(1);
  EXPECT_FALSE(draft.state.post_index(PostId{"wards/nurse/response"}).has_value());
  EXPECT_FALSE(draft.state.messages.empty());
}

TEST(Declared, MakesNoSenseWithATextThatIsNoPlaybook) {
  for (const char* text : {"", "[]", "{", "format: 2"})
    EXPECT_THROW(Night{text}, base::Fault) << text;
}

TEST(Declared, IsNotReadAgainWhenItHasBeenRead) {
  Declared declared;
  playbook::Playbook book = playbook::read_playbook(kPlaybook, "a").playbook;
  book.title = "As it was read";
  declared.set_playbook(std::move(book));
  EXPECT_EQ(declared.playbook, kPlaybook);
  State state;
  state.apply({kDeclared, "Dr A. Okafor", std::move(declared)});
  EXPECT_EQ(state.playbook.title, "As it was read");
  EXPECT_EQ(state.playbook.source_text, kPlaybook);
  EXPECT_EQ(state.declared.read, nullptr);
}

}  // namespace
}  // namespace tocsin::incident
