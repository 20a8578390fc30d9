// The only text for channels that strangers can read: a playbook's nudge. It is made from a
// playbook and a language alone, so that it cannot contain anything about an incident.
#pragma once

#include <string>
#include <string_view>

#include "playbook/playbook.h"

namespace tocsin::playbook {

class Nudge {
 public:
  Nudge() = default;  // empty
  Nudge(const Playbook& playbook, std::string_view language);

  // `link` is the page's address, which the channel knows.
  std::string text(std::string_view link) const;

 private:
  std::string words_;  // a template
  std::string code_word_;
};

}  // namespace tocsin::playbook
