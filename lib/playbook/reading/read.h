// Reads the text of a playbook into a value, and never says whether the plan is any good: that is
// for judging/. A journal is read by this for as long as it is kept, so it takes every playbook
// that any version ever let pass, and whatever it takes today it must take for ever.
// tocsin-playbook(5), "READING", says what becomes of everything else.
#pragma once

#include <memory>
#include <string_view>

#include "document/finding.h"
#include "document/yaml.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

// The format that this version writes about. Another one cannot be read: its words may mean
// something else.
inline constexpr int kFormat = 1;

// What came of reading a text.
struct Reading {
  Playbook playbook;
  // Where every word stands, for who judges. Null when the text has no tree.
  std::unique_ptr<const document::Document> tree;
  document::Findings faults;  // of the YAML or JSON itself

  // Whether the text is a playbook at all, of a format that is known. All else is read somehow.
  bool is_readable() const;
};

// Never throws on any text. `file` is what faults call it.
Reading read_playbook(std::string_view text, std::string_view file);

}  // namespace tocsin::playbook
