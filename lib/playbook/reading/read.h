// Reads the text of a playbook into a value. judging/ says whether the plan is sound; this never
// does. It also reads the playbooks in journals, so it must accept for ever every playbook that any
// version accepted. tocsin-playbook(5), "READING", says how it reads everything else.
#pragma once

#include <memory>
#include <string_view>

#include "document/finding.h"
#include "document/yaml.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

// The format that this version knows. Another one cannot be read, because its keys may have another
// meaning.
inline constexpr int kFormat = 1;

// The result of reading a text.
struct Reading {
  Playbook playbook;
  // The tree with all places, for judging/. Null when the text has no tree.
  std::unique_ptr<const document::Document> tree;
  document::Findings faults;  // of the YAML or JSON itself

  // Whether the text is a playbook of a known format. Then everything else in it can be read.
  bool is_readable() const;
};

// Never throws because of the text. `file` is its name in faults.
Reading read_playbook(std::string_view text, std::string_view file);

}  // namespace tocsin::playbook
