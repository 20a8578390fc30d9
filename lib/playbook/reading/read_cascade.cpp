// The cascade: key roles and their deputies, channels, answer windows, what follows silence.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "playbook/reading/bounds.h"
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

// In the order of OnSilence.
constexpr std::array<std::string_view, 3> kOnSilence = {"next-channel", "deputy", "phone-list"};

// Leaves out a key role whose post does not exist.
void read_key_roles(Node list, Playbook& book) {
  std::unordered_map<std::string, Post*> first_of;  // by area and role: the first shift's
  for (Post& post : book.posts) first_of.emplace(post.area.str() + '/' + post.role.str(), &post);
  for (const Node node : list.items()) {
    const auto name = text_of(node, "post");
    const auto post = name ? first_of.find(*name) : first_of.end();
    if (post == first_of.end() || post->second->key_role) continue;
    post->second->key_role = true;
    KeyRole key;
    key.post = post->second->id;
    key.on_call = RoleId{name_of(node, "on_call").value_or("")};
    if (const auto deputies = value_of(node, "deputies"))
      for (const std::string& deputy : as_names(*deputies)) key.deputies.emplace_back(deputy);
    book.cascade.key_roles.push_back(std::move(key));
  }
}

void read_on_silence(Node value, std::vector<OnSilence>& steps) {
  steps.clear();
  for (const Node item : as_items(value))
    if (const auto word = as_word(item, kOnSilence)) {
      const auto step = static_cast<OnSilence>(*word);
      if (std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
    }
}

void read_answer_windows(Node value, Cascade& cascade) {
  take_by_key<Minutes>(
      value, [](Node one) { return as_minutes(one, Minutes{1}, kLongestWindow); },
      [&](Minutes window) { cascade.answer_window_default = window; },
      [&](Node key, Minutes window) {
        if (const auto priority = as_priority(key))
          cascade.answer_windows.emplace(*priority, window);
      });
}

void read_together(Node value, Cascade& cascade) {
  using Channels = std::vector<ChannelId>;
  take_by_key<Channels>(
      value,
      [](Node one) {
        Channels channels;
        for (const std::string& channel : as_names(one)) channels.emplace_back(channel);
        return std::optional{std::move(channels)};
      },
      [&](Channels channels) { cascade.together_default = std::move(channels); },
      [&](Node key, Channels channels) {
        if (const auto priority = as_priority(key))
          cascade.together_by_priority.emplace(*priority, std::move(channels));
      });
}

}  // namespace

void read_cascade(Node top, Playbook& book) {
  const auto node = value_of(top, "cascade");
  if (!node) return;
  Cascade& cascade = book.cascade;
  if (const auto key_roles = value_of(*node, "key_roles")) read_key_roles(*key_roles, book);
  if (const auto channels = value_of(*node, "channels")) {
    cascade.channels.clear();
    for (const std::string& channel : as_names(*channels)) cascade.channels.emplace_back(channel);
  }
  if (const auto window = value_of(*node, "answer_window")) read_answer_windows(*window, cascade);
  if (const auto together = value_of(*node, "together")) read_together(*together, cascade);
  if (const auto silence = value_of(*node, "on_silence"))
    read_on_silence(*silence, cascade.on_silence);
  cascade.reminders = count_of(*node, "reminders", 0, kMostReminders).value_or(cascade.reminders);
}

}  // namespace tocsin::playbook
