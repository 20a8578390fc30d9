// What several sections of a playbook have in common, judged alike. Internal to this folder.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "playbook/judging/judging.h"

namespace tocsin::playbook {

// The list behind a key that must hold something.
bool is_list(Node node, Judging& judging, std::string_view what);

// Text of at most so many characters; nothing is said of one that is absent.
void judge_text(std::optional<Node> node, std::size_t most, Judging& judging);

// Judges required ids and reports one that was used before.
class UniqueIds {
 public:
  // Empty when it is absent or no name.
  std::string judge(Fields& fields, std::string_view key, Judging& judging);

 private:
  std::unordered_map<std::string, int> lines_;
};

// A word for a group of staff; somebody on the roster must be in it.
void judge_staff_group(Node node, Judging& judging);

// One value for every priority, or a mapping of priorities ("1" to "9") and "default" to values.
void judge_by_priority(Node node, Judging& judging, const std::function<void(Node)>& judge_one);

}  // namespace tocsin::playbook
