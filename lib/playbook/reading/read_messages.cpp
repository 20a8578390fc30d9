// The messages by language, and the code words.
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

namespace {

// All of them or none: half a list would leave somebody without a word.
void read_code_words(Node node, CodeWords& code) {
  auto words = code.words;
  for (std::size_t o = 0; o < kOccasionWords.size(); ++o) {
    const auto of_occasion = value_of(node, kOccasionWords[o]);
    if (!of_occasion) return;
    for (std::size_t m = 0; m < kMeaningWords.size(); ++m) {
      words[o][m] = text_of(*of_occasion, kMeaningWords[m]).value_or("");
      if (words[o][m].empty()) return;
    }
  }
  code.words = std::move(words);
}

}  // namespace

void read_messages(Node top, Playbook& book) {
  book.messages.code_words.any = text_of(top, "code_word").value_or("");
  if (const auto words = value_of(top, "code_words"))
    read_code_words(*words, book.messages.code_words);
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
