#include "playbook/messages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "playbook/template.h"

namespace tocsin::playbook {
namespace {

// The built-in messages must pass the rules for messages.
TEST(Messages, BuiltInWordsAreSound) {
  Playbook book;
  book.title = std::string(60, 'x');
  book.site.name = std::string(80, 'x');
  Area area;
  area.title = std::string(40, 'x');
  area.report_to = std::string(80, 'x');
  book.areas.push_back(area);
  Post post;
  post.title = std::string(40, 'x');
  book.posts.push_back(post);
  const auto lengths = longest_fields(book);
  for (std::size_t i = 0; i < kMessageKinds; ++i) {
    const auto kind = static_cast<MessageKind>(i);
    const std::string& text = book.messages.text(kind, "en");
    EXPECT_TRUE(faults_of(text).empty()) << text;
    FieldValues values;
    for (const Field field : fields_of(text)) {
      values[field] = std::string(lengths.at(field), 'x');
      const auto allowed = fields_for(kind);
      EXPECT_NE(std::find(allowed.begin(), allowed.end(), field), allowed.end()) << text;
    }
    EXPECT_LE(render(text, values).size(), longest(kind)) << text;
    EXPECT_EQ(text.starts_with("{kind}"), !is_for_strangers(kind)) << text;
  }
}

TEST(Messages, FallBackFromRegionToLanguageToEnglish) {
  Messages messages;
  const auto request = static_cast<std::size_t>(MessageKind::request);
  messages.texts["en"][request] = "come";
  messages.texts["cy"][request] = "dewch";
  EXPECT_EQ(messages.text(MessageKind::request, "cy-gb"), "dewch");
  EXPECT_EQ(messages.text(MessageKind::request, "cy"), "dewch");
  EXPECT_EQ(messages.text(MessageKind::request, "pl"), "come");
  EXPECT_EQ(messages.text(MessageKind::standby, "cy"), Messages{}.text(MessageKind::standby, "en"));
}

}  // namespace
}  // namespace tocsin::playbook
