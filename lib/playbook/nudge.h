// All that may be said where strangers can read it: a playbook's nudge. It is made of a playbook
// and a language and of nothing else, so that no word of an incident can get into it.
#pragma once

#include <string>
#include <string_view>

#include "playbook/playbook.h"

namespace tocsin::playbook {

class Nudge {
 public:
  Nudge() = default;  // says nothing
  Nudge(const Playbook& playbook, std::string_view language);

  // `link` is the page's address, which the channel knows.
  std::string text(std::string_view link) const;

 private:
  std::string words_;  // a template
  std::string code_word_;
};

}  // namespace tocsin::playbook
