// The parts of judging a playbook, one for each of its sections. Internal to this folder. Each
// goes through its part of the tree again and reports, at the place of the word, what is wrong.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "document/fields.h"
#include "document/finding.h"
#include "document/yaml.h"
#include "playbook/judging/judge.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

using document::Fields;
using document::Node;

struct Judging {
  const Playbook& book;  // as it was read; what is at fault may be missing from it
  document::Findings& findings;
  const RosterWords* roster;
  std::size_t errors_before;  // in findings, before this playbook

  // What later sections may refer to. What is at fault stands here too, so that a reference to it
  // is not a second fault.
  std::vector<Shift> shifts = {};              // a time that cannot be read is the widest
  std::unordered_set<std::string> posts = {};  // "area/role"
  std::vector<std::string> whole_posts = {};   // of these, without fault in their need; in order
  std::map<std::string, int, std::less<>> skill_uses = {};  // how many posts ask for a skill

  // Whether there was no error so far. Advice about how parts fit together waits for that.
  bool is_sound() const { return findings.errors() == errors_before; }

  void error(Node node, std::string message, std::string hint = {}) {
    findings.error(node.place(), std::move(message), std::move(hint));
  }
  void warning(Node node, std::string message, std::string hint = {}) {
    findings.warning(node.place(), std::move(message), std::move(hint));
  }
};

// In this order: each may look up what the ones before it have found.
void judge_shifts(Node list, Judging& judging);
void judge_areas(Node list, Judging& judging);
void judge_holding_areas(Node list, Judging& judging);
void judge_cascade(Node node, Judging& judging);
void judge_limits(Node node, Judging& judging);
void judge_messages(std::optional<Node> messages, std::optional<Node> code_word, Judging& judging);
// What could be a patient's, in every text and in the comments.
void judge_patients(Node top, Judging& judging);

}  // namespace tocsin::playbook
