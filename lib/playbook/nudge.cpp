#include "playbook/nudge.h"

#include <algorithm>

#include "base/fault.h"
#include "playbook/template.h"

namespace tocsin::playbook {

namespace {

const std::string kWithoutPage =
    "Incident message. Please answer Y and minutes (Y 20), N, or L and a time (L 07:00).";

}  // namespace

Nudge::Nudge(const Playbook& playbook, std::string_view language, Occasion occasion,
             std::optional<Meaning> meaning)
    : words_(playbook.messages.text(MessageKind::nudge, language)),
      code_word_(playbook.messages.code_words.word(occasion, meaning)),
      language_(language) {}

Nudge::Nudge(const Playbook& playbook, std::string_view language, MessageKind kind)
    : words_(playbook.messages.text(kind, language)), language_(language) {
  TOCSIN_ASSERT(is_for_strangers(kind));
}

std::string Nudge::text(std::string_view link) const {
  const std::string whom = name_.empty() ? "" : name_ + ": ";
  // Without a page there is nothing to open. They can answer where they read this.
  if (link.empty() && words_.find("{link}") != std::string::npos)
    return whom + render(code_word_.empty() ? kWithoutPage : "{code_word}: " + kWithoutPage,
                         {{Field::code_word, code_word_}});
  return whom + render(words_, {{Field::code_word, code_word_}, {Field::link, std::string{link}}});
}

std::string Nudge::spoken() const {
  constexpr std::string_view kSpoken = "You have an incident message.";
  std::string out;
  for (const std::string& part : {name_, code_word_})
    if (!part.empty()) out += part + ". ";
  return out.append(kSpoken);
}

bool says_what_to_do(const Playbook& playbook, std::string_view language,
                     std::optional<Meaning> meaning) {
  if (!meaning || !playbook.messages.code_words.say_what_to_do()) return false;
  const auto used = fields_of(playbook.messages.text(MessageKind::nudge, language));
  return std::find(used.begin(), used.end(), Field::code_word) != used.end();
}

}  // namespace tocsin::playbook
