// Judges values that several sections of a playbook have in common. Internal to this folder.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "playbook/judging/judging.h"

namespace tocsin::playbook {

// Checks that a value is a list with at least one entry.
bool is_list(Node node, Judging& judging, std::string_view what);

// Judges a text of at most `most` characters. An absent one is no fault.
void judge_text(std::optional<Node> node, std::size_t most, Judging& judging);

// Judges required ids and reports one that was used before.
class UniqueIds {
 public:
  // Empty when the id is absent or not a name.
  std::string judge(Fields& fields, std::string_view key, Judging& judging);

 private:
  std::unordered_map<std::string, int> lines_;
};

// Judges the name of a staff group. Somebody on the roster must be in it.
void judge_staff_group(Node node, Judging& judging);

// One value for every priority, or a mapping from priorities ("1" to "9") and "default" to values.
void judge_by_priority(Node node, Judging& judging, const std::function<void(Node)>& judge_one);

}  // namespace tocsin::playbook
