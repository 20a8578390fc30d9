// One function for each section of a playbook, which reads it into its part of the value. Internal
// to this folder.
#pragma once

#include <string>
#include <string_view>

#include "document/yaml.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

// Call them in this order, because each may use what those before it have read. Each takes the
// mapping of the whole playbook.
void read_shifts(document::Node top, Playbook& book);
void read_areas(document::Node top, Playbook& book);
void read_cascade(document::Node top, Playbook& book);
void read_limits(document::Node top, Playbook& book);
void read_messages(document::Node top, Playbook& book);

// "trauma-nurse" becomes "Trauma nurse".
std::string title_of(std::string_view id);

}  // namespace tocsin::playbook
