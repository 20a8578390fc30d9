#include "playbook/nudge.h"

#include <fmt/format.h>

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

Nudge Nudge::of(Errand errand, std::string_view organisation) {
  Nudge nudge;
  nudge.language_ = "en";
  switch (errand) {
    case Errand::test:
      nudge.aloud_ = fmt::format("This is a test of incident messages by {}. Nobody is called in.",
                                 organisation);
      nudge.errand_ = fmt::format(
          "Test of incident messages by {}. Nobody is called in. Please answer OK.", organisation);
      break;
    case Errand::linked:
      nudge.errand_ =
          fmt::format("Done: {} can reach you here in an incident. STOP ends that.", organisation);
      break;
    case Errand::not_linked:
      nudge.errand_ = fmt::format(
          "{} cannot use this code. Please ask your emergency planning office for a new one.",
          organisation);
      break;
  }
  if (nudge.aloud_.empty()) nudge.aloud_ = nudge.errand_;
  return nudge;
}

std::string Nudge::text(std::string_view link) const {
  const std::string whom = name_.empty() ? "" : name_ + ": ";
  if (!errand_.empty()) return whom + errand_;
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
  return out.append(aloud_.empty() ? kSpoken : std::string_view{aloud_});
}

bool says_what_to_do(const Playbook& playbook, std::string_view language,
                     std::optional<Meaning> meaning) {
  if (!meaning || !playbook.messages.code_words.say_what_to_do()) return false;
  const auto used = fields_of(playbook.messages.text(MessageKind::nudge, language));
  return std::find(used.begin(), used.end(), Field::code_word) != used.end();
}

}  // namespace tocsin::playbook
