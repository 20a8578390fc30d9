// The only text for channels that strangers can read: a playbook's nudge, or what is said outside
// of any incident. It is made from a playbook, a language, what somebody is to do and, where others
// read it as well, a name: so it cannot contain anything about an incident.
#pragma once

#include <string>
#include <string_view>

#include "playbook/playbook.h"

namespace tocsin::playbook {

// What is said outside of any incident.
enum class Errand : std::uint8_t {
  test,        // a test of the channel (tocsin-channel(1)): it can be mistaken for no call
  linked,      // the account is theirs now (tocsin-staff(1), LINKING AN ACCOUNT)
  not_linked,  // the code was none that counts
};

class Nudge {
 public:
  Nudge() = default;  // empty
  // In English: no playbook is at hand that has it in other languages.
  static Nudge of(Errand errand, std::string_view organisation);
  Nudge(const Playbook& playbook, std::string_view language, Occasion occasion,
        std::optional<Meaning> meaning);
  // An answer to words: `kind` is one of those that strangers may read.
  Nudge(const Playbook& playbook, std::string_view language, MessageKind kind);

  // It begins with this name, because others read it as well.
  void address_to(const std::string& name) { name_ = name; }

  // `link` is the page's address, which the channel knows.
  std::string text(std::string_view link) const;
  // That of the person; what there is no text for in it is in another.
  const std::string& language() const noexcept { return language_; }
  // For a telephone that rings by itself: the code word, and that there is a message, or the
  // errand. In English.
  std::string spoken() const;

 private:
  std::string words_;   // a template
  std::string errand_;  // the text itself, when it is about no incident
  std::string aloud_;   // the same, to be heard
  std::string code_word_;
  std::string language_;
  std::string name_;
};

// Whether whoever reads the nudge knows what to do: it has a code word of this meaning.
bool says_what_to_do(const Playbook& playbook, std::string_view language,
                     std::optional<Meaning> meaning);

}  // namespace tocsin::playbook
