// The sections of a playbook, each read into its part of the value. Internal to this folder.
#pragma once

#include <string>
#include <string_view>

#include "document/yaml.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

// In this order: each may look up what the ones before it have filled in. Each takes the mapping
// of the whole playbook.
void read_shifts(document::Node top, Playbook& book);
void read_areas(document::Node top, Playbook& book);
void read_cascade(document::Node top, Playbook& book);
void read_limits(document::Node top, Playbook& book);
void read_messages(document::Node top, Playbook& book);

// "trauma-nurse" becomes "Trauma nurse".
std::string title_of(std::string_view id);

}  // namespace tocsin::playbook
