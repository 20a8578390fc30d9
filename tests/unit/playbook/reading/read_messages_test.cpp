#include <gtest/gtest.h>

#include "playbook/reading/read.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(ReadMessages, TakesTextsInAnyLanguage) {
  const Playbook book = read_playbook(replaced(kSample, "  en:\n", "  EN:\n"), "a").playbook;
  ASSERT_EQ(book.messages.texts.count("EN"), 1U);
  EXPECT_EQ(book.messages.text(MessageKind::nudge, "EN"), "{code_word}: open {link}");
  EXPECT_EQ(book.messages.text(MessageKind::nudge, "en"), "Incident message: open {link}");
}

TEST(ReadMessages, FallsBackToTheBuiltInWords) {
  const Playbook book = read_playbook(replaced(kSample, "    nudge:", "    nudges:"), "a").playbook;
  EXPECT_EQ(book.messages.text(MessageKind::nudge, "en"), "Incident message: open {link}");
  const Playbook none =
      read_playbook(replaced(kSample, "messages:\n  en:\n", "messages: [x]\nx:\n"), "a").playbook;
  EXPECT_TRUE(none.messages.texts.empty());
}

}  // namespace
}  // namespace tocsin::playbook
