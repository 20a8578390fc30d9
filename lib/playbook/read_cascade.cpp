// The cascade: key roles and their deputies, channels, answer windows, what follows silence.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "playbook/reading.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::NamedNode;
using document::read_id;

// A playbook may name a channel that this home has not set up, or that nobody speaks yet.
constexpr auto& kChannels = contact::names_of<&contact::Channel::is_tried>;

constexpr std::array<std::string_view, 3> kOnSilence = {"next-channel", "deputy", "phone-list"};

// "resus/team-leader" in the first shift that has it; null when there is no such post.
Post* find_key_post(std::string_view name, Playbook& book) {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return nullptr;
  const AreaId area{name.substr(0, slash)};
  const RoleId role{name.substr(slash + 1)};
  const auto found = std::find_if(book.posts.begin(), book.posts.end(), [&](const Post& post) {
    return post.area == area && post.role == role;
  });
  return found == book.posts.end() ? nullptr : &*found;
}

void read_key_role(Node node, Reading& reading) {
  Fields fields{node, reading.findings, "a key role"};
  if (!fields.is_mapping()) return;
  KeyRole key;
  if (const auto post_node = fields.required("post"))
    if (const auto name = document::read_text(*post_node, reading.findings)) {
      if (Post* post = find_key_post(*name, reading.book)) {
        if (post->key_role)
          reading.error(*post_node, fmt::format("\"{}\" is a key role already", *name));
        post->key_role = true;
        key.post = post->id;
      } else if (!reading.named_posts.contains(*name) && !reading.findings.is_full()) {
        std::vector<std::string> names;
        for (const Post& one : reading.book.posts)
          names.push_back(fmt::format("{}/{}", one.area.str(), one.role.str()));
        const std::vector<std::string_view> known{names.begin(), names.end()};
        const auto near = base::did_you_mean(*name, known);
        reading.error(*post_node, fmt::format("no post is called \"{}\"", document::shown(*name)),
                      near ? fmt::format("did you mean \"{}\"?", *near)
                           : "name its area and its role: \"resus/team-leader\"");
      }
    }
  if (const auto on_call = fields.optional("on_call"))
    if (auto role = read_id(*on_call, reading.findings)) key.on_call = RoleId{*std::move(role)};
  if (const auto deputies = fields.optional("deputies"))
    for (const NamedNode& deputy : document::read_ids(*deputies, reading.findings)) {
      if (deputy.name == key.on_call.str())
        reading.error(deputy.node, fmt::format("\"{}\" is their own deputy", deputy.name));
      key.deputies.emplace_back(deputy.name);
    }
  if (key.on_call.empty() && key.deputies.empty())
    reading.warning(node, "a key role without anybody on call or any deputy",
                    "say which role of the rota holds it: \"on_call: …\", \"deputies: […]\"");
  fields.finish();
  reading.book.cascade.key_roles.push_back(std::move(key));
}

// Whether following deputies from `start` leads back to it: then two people wait for each other.
bool leads_back(const std::string& start,
                const std::unordered_map<std::string, std::vector<std::string>>& deputies) {
  std::vector<std::string> left{start};
  std::unordered_set<std::string> seen;
  while (!left.empty()) {
    const std::string role = std::move(left.back());
    left.pop_back();
    const auto found = deputies.find(role);
    if (found == deputies.end()) continue;
    for (const std::string& next : found->second) {
      if (next == start) return true;
      if (seen.insert(next).second) left.push_back(next);
    }
  }
  return false;
}

void check_deputies(Node key_roles, Reading& reading) {
  std::unordered_map<std::string, std::vector<std::string>> deputies;
  for (const KeyRole& key : reading.book.cascade.key_roles) {
    if (key.on_call.empty()) continue;
    for (const RoleId& deputy : key.deputies)
      if (deputy != key.on_call) deputies[key.on_call.str()].push_back(deputy.str());
  }
  std::unordered_set<std::string> reported;
  for (const Node node : key_roles.items()) {
    const auto on_call = node.find("on_call");
    if (!on_call || !leads_back(std::string{on_call->text()}, deputies)) continue;
    if (!reported.insert(std::string{on_call->text()}).second) continue;
    reading.error(
        *on_call,
        fmt::format("the deputies of \"{}\" lead back to \"{}\"", on_call->text(), on_call->text()),
        "somebody must come last who is nobody's principal: they would wait for each "
        "other");
  }
}

void read_channels(Node node, Reading& reading) {
  auto& channels = reading.book.cascade.channels;
  channels.clear();
  for (const NamedNode& channel : document::read_ids(node, reading.findings)) {
    const bool known =
        std::find(kChannels.begin(), kChannels.end(), channel.name) != kChannels.end();
    if (!known)
      reading.error(channel.node, fmt::format("no channel is called \"{}\"", channel.name),
                    document::meant(channel.name, kChannels));
    channels.emplace_back(channel.name);
  }
  if (!channels.empty() && channels.back().str() != "phone")
    reading.warning(node, "the last channel is not phone",
                    "silence must end at a human with a phone list");
}

void read_on_silence(Node node, Reading& reading) {
  auto& steps = reading.book.cascade.on_silence;
  steps.clear();
  const auto read = [&](Node item) {
    const auto word = document::read_word(item, reading.findings, kOnSilence);
    if (!word) return;
    const auto step = static_cast<OnSilence>(*word);
    if (std::find(steps.begin(), steps.end(), step) != steps.end())
      reading.error(item, fmt::format("\"{}\" stands in this list twice", item.text()));
    steps.push_back(step);
  };
  if (node.is_sequence())
    for (const Node item : node.items()) read(item);
  else
    read(node);
}

// Silence that is noticed only after the first posts should have been filled is noticed too late.
void check_windows(Node node, Reading& reading) {
  const Cascade& cascade = reading.book.cascade;
  const Need* first = nullptr;
  const Post* of = nullptr;
  for (const Post& post : reading.book.posts)
    if (first == nullptr || post.needs.front().by < first->by) {
      first = &post.needs.front();
      of = &post;
    }
  if (first == nullptr || !reading.is_sound()) return;
  const Minutes window = cascade.answer_window(of->priority);
  if (window < first->by) return;
  reading.warning(
      node,
      fmt::format("silence is noticed after {}, but {} is needed by {}", base::minutes_text(window),
                  of->id.str(), base::minutes_text(first->by)),
      "shorten the window of that priority");
}

}  // namespace

void read_cascade(Node node, Reading& reading) {
  Fields fields{node, reading.findings, "the cascade"};
  if (!fields.is_mapping()) return;
  Cascade& cascade = reading.book.cascade;
  if (const auto key_roles = fields.optional("key_roles")) {
    if (!key_roles->is_sequence())
      reading.error(*key_roles, "expected a list of key roles", "begin each with a dash");
    for (const Node item : key_roles->items()) read_key_role(item, reading);
    check_deputies(*key_roles, reading);
  }
  if (const auto channels = fields.optional("channels")) read_channels(*channels, reading);
  if (const auto window = fields.optional("answer_window")) {
    const auto read = read_by_priority<Minutes>(
        *window, reading, [&](Node one, document::Findings& findings) -> std::optional<Minutes> {
          const auto minutes = document::read_minutes(one, findings, Minutes{24 * 60});
          if (!minutes || *minutes >= Minutes{1}) return minutes;
          findings.error(one.place(), "nobody can answer in no time", "at least 1min");
          return std::nullopt;
        });
    cascade.answer_windows = read.values;
    cascade.answer_window_default = read.otherwise.value_or(cascade.answer_window_default);
    check_windows(*window, reading);
  }
  if (const auto silence = fields.optional("on_silence")) read_on_silence(*silence, reading);
  if (const auto reminders = fields.optional("reminders"))
    if (const auto count = document::read_count(*reminders, reading.findings, 0, 5))
      cascade.reminders = static_cast<int>(*count);
  // Drafts of format 1 had it; without a word, whoever wrote it would believe that it still holds.
  if (const auto over_call = fields.optional("over_call"))
    reading.error(*over_call, "there is no over_call: each wave is sized by forecast",
                  "leave it out; \"confidence\" in the limits says how sure a wave is to be");
  fields.finish();
}

}  // namespace tocsin::playbook
