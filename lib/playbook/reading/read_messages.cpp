// The messages by language, and the code word.
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

void read_messages(Node top, Playbook& book) {
  book.messages.code_word = text_of(top, "code_word").value_or("");
  const auto messages = value_of(top, "messages");
  if (!messages) return;
  for (const document::Entry language : messages->entries()) {
    if (!language.value.is_mapping()) continue;
    auto& texts = book.messages.texts[std::string{language.key.text()}];
    for (std::size_t i = 0; i < kMessageKinds; ++i)
      texts[i] = text_of(language.value, to_text(static_cast<MessageKind>(i))).value_or("");
  }
}

}  // namespace tocsin::playbook
