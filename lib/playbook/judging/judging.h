// One function for each section of a playbook. Each goes through its part of the tree again and
// reports what is wrong, with its place. Internal to this folder.
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
#include "playbook/judging/roster_words.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

using document::Fields;
using document::Node;

struct Judging {
  const Playbook& book;  // as it was read; parts with faults may be missing
  document::Findings& findings;
  const RosterWords* roster;
  const std::vector<ChannelId>* channels;  // of a home, or null
  std::size_t errors_before;               // in findings, before this playbook

  // Names to which later sections may refer. They include parts with faults, so that a reference to
  // one is not a second fault.
  std::vector<Shift> shifts = {};              // a time that cannot be read is the widest
  std::unordered_set<std::string> posts = {};  // "area/role"
  std::vector<std::string> whole_posts =
      {};  // of these, those without a fault in the need; in order
  std::map<std::string, int, std::less<>> skill_uses = {};  // how many posts require a skill

  // Whether there was no error so far. Only then give advice on how the parts fit together.
  bool is_sound() const { return findings.errors() == errors_before; }

  void error(Node node, std::string message, std::string hint = {}) {
    findings.error(node.place(), std::move(message), std::move(hint));
  }
  void warning(Node node, std::string message, std::string hint = {}) {
    findings.warning(node.place(), std::move(message), std::move(hint));
  }
};

// Call them in this order, because each may use what those before it have found.
void judge_shifts(Node list, Judging& judging);
void judge_areas(Node list, Judging& judging);
void judge_holding_areas(Node list, Judging& judging);
void judge_cascade(Node node, Judging& judging);
void judge_limits(Node node, Judging& judging);
void judge_messages(Fields& top, Judging& judging);
// Reports details of patients in texts and comments.
void judge_patients(Node top, Judging& judging);

}  // namespace tocsin::playbook
