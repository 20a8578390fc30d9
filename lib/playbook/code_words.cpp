#include "playbook/code_words.h"

#include <algorithm>

#include "document/fields.h"

namespace tocsin::playbook {

std::string_view CodeWords::word(Occasion occasion, std::optional<Meaning> meaning) const {
  if (!say_what_to_do()) return any;
  if (!meaning) return {};
  return words[static_cast<std::size_t>(occasion)][static_cast<std::size_t>(*meaning)];
}

std::size_t CodeWords::longest() const {
  std::size_t most = document::length_of(any);
  for (const auto& of_occasion : words)
    for (const std::string& word : of_occasion) most = std::max(most, document::length_of(word));
  return most;
}

}  // namespace tocsin::playbook
