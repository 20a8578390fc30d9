#include "playbook/nudge.h"

#include "playbook/template.h"

namespace tocsin::playbook {

Nudge::Nudge(const Playbook& playbook, std::string_view language)
    : words_(playbook.messages.text(MessageKind::nudge, language)),
      code_word_(playbook.messages.code_word) {}

std::string Nudge::text(std::string_view link) const {
  return render(words_, {{Field::code_word, code_word_}, {Field::link, std::string{link}}});
}

}  // namespace tocsin::playbook
