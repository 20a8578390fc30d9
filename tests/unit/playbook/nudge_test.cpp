#include "playbook/nudge.h"

#include <gtest/gtest.h>

namespace tocsin::playbook {
namespace {

TEST(Nudge, SaysNothingUnlessAPlaybookGivesItWords) {
  EXPECT_EQ(Nudge{}.text("https://relay.example/p"), "");
  EXPECT_EQ((Nudge{Playbook{}, "en"}.text("https://relay.example/p")),
            "Incident message: open https://relay.example/p");
}

TEST(Nudge, SpeaksTheLanguageAndTheAgreedWord) {
  Playbook playbook;
  playbook.messages.code_word = "kingfisher";
  playbook.messages.texts["cy"][static_cast<std::size_t>(MessageKind::nudge)] =
      "{code_word}: {link}";
  EXPECT_EQ((Nudge{playbook, "cy"}.text("L")), "kingfisher: L");
}

// A playbook of long ago may name what a nudge may not: nothing stands there.
TEST(Nudge, HasNoWordOfAnIncident) {
  Playbook playbook;
  playbook.title = "Mass casualty";
  playbook.messages.texts["en"][static_cast<std::size_t>(MessageKind::nudge)] =
      "{title}{site}{area}{role}{report_to}{text} open {link}";
  EXPECT_EQ((Nudge{playbook, "en"}.text("L")), " open L");
}

}  // namespace
}  // namespace tocsin::playbook
