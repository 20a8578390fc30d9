#include "playbook/judging/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tocsin::playbook {

namespace {

void judge_priority_key(Node key, Judging& judging) {
  const auto value = base::parse_count(key.text(), kLeastPriority);
  if (!value || *value == 0) {
    judging.error(key, fmt::format("\"{}\" is not a priority", document::shown(key.text())),
                  fmt::format("1 to {}, or \"default\"", kLeastPriority));
    return;
  }
  const auto& posts = judging.book.posts;
  const bool used =
      !judging.is_sound() || std::any_of(posts.begin(), posts.end(),
                                         [&](const Post& post) { return post.priority == *value; });
  if (!used) judging.warning(key, fmt::format("no post has priority {}", *value));
}

}  // namespace

bool is_list(Node node, Judging& judging, std::string_view what) {
  if (node.is_sequence() && node.size() > 0) return true;
  judging.error(node, fmt::format("expected a list of {}", what), "begin each with a dash");
  return false;
}

void judge_text(std::optional<Node> node, std::size_t most, Judging& judging) {
  if (node) document::read_text(*node, judging.findings, {.most = most});
}

std::string UniqueIds::judge(Fields& fields, std::string_view key, Judging& judging) {
  const auto node = fields.required(key);
  if (!node) return {};
  auto id = document::read_id(*node, judging.findings);
  if (!id) return {};
  const auto [first, fresh] = lines_.emplace(*id, node->line());
  if (!fresh)
    judging.error(*node, fmt::format("duplicate {} \"{}\"", key, *id),
                  fmt::format("it stands on line {} already", first->second));
  return *std::move(id);
}

void judge_staff_group(Node node, Judging& judging) {
  const auto word = document::read_id(node, judging.findings, document::kWordMarks);
  if (!word || judging.roster == nullptr) return;
  if (judging.roster->staff_groups.contains(StaffGroupId{*word})) return;
  std::vector<std::string_view> known;
  for (const StaffGroupId& one : judging.roster->staff_groups) known.push_back(one.str());
  judging.error(node, fmt::format("nobody on the roster is in the staff group \"{}\"", *word),
                document::meant(*word, known));
}

void judge_by_priority(Node node, Judging& judging, const std::function<void(Node)>& judge_one) {
  if (!node.is_mapping()) return judge_one(node);
  for (const document::Entry entry : node.entries()) {
    if (entry.key.text() != "default") judge_priority_key(entry.key, judging);
    judge_one(entry.value);
  }
}

}  // namespace tocsin::playbook
