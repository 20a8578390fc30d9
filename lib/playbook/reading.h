// The parts of reading a playbook, one for each of its sections. Internal to this folder. Each
// fills its part of the playbook and reports, at the place of the word, what the format forbids.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "document/fields.h"
#include "document/finding.h"
#include "document/yaml.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

using document::Fields;
using document::Node;

struct Reading {
  Playbook& book;
  document::Findings& findings;
  const RosterWords* roster;
  std::size_t errors_before;  // in findings, before this playbook
  // "area/role" of every post that was named, also of one whose need could not be read: a reference
  // to it is not a second fault.
  std::unordered_set<std::string> named_posts = {};

  // Advice about how parts fit together waits until each of them could be read.
  bool is_sound() const { return findings.errors() == errors_before; }

  void error(Node node, std::string message, std::string hint = {}) {
    findings.error(node.place(), std::move(message), std::move(hint));
  }
  void warning(Node node, std::string message, std::string hint = {}) {
    findings.warning(node.place(), std::move(message), std::move(hint));
  }
};

// In this order: each may look up what the ones before it have filled in.
void read_shifts(Node node, Reading& reading);
void read_areas(Node node, Reading& reading);
void read_holding_areas(Node node, Reading& reading);
void read_cascade(Node node, Reading& reading);
void read_limits(Node node, Reading& reading);
void read_messages(std::optional<Node> messages, std::optional<Node> code_word, Reading& reading);
void read_retention(Node node, Reading& reading);

// What could be a patient's, in every text and in the comments.
void screen_for_patients(Node root, Reading& reading);

// "trauma-nurse" becomes "Trauma nurse".
std::string title_of(std::string_view id);

template <class T>
using ReadOne = std::function<std::optional<T>(Node, document::Findings&)>;

// One value for every priority, or a mapping of priorities ("1" to "9") and "default" to values.
template <class T>
struct ByPriority {
  std::optional<T> otherwise;
  std::map<Priority, T> values;
};
std::optional<Priority> read_priority_key(Node key, Reading& reading);

template <class T>
ByPriority<T> read_by_priority(Node node, Reading& reading, const ReadOne<T>& read_one) {
  ByPriority<T> out;
  if (!node.is_mapping()) {
    out.otherwise = read_one(node, reading.findings);
    return out;
  }
  for (const document::Entry entry : node.entries()) {
    if (entry.key.text() == "default") {
      if (auto value = read_one(entry.value, reading.findings)) out.otherwise = std::move(value);
      continue;
    }
    const auto priority = read_priority_key(entry.key, reading);
    const auto value = read_one(entry.value, reading.findings);
    if (priority && value) out.values.emplace(*priority, *value);
  }
  return out;
}

}  // namespace tocsin::playbook
