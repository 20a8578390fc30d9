// Judges the cascade: whether key roles have posts, deputies form no circle, channels exist, and
// silence is noticed in time.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "contact/channels.h"
#include "playbook/judging/words.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::NamedNode;
using document::read_id;

// A playbook may name a channel that this home has not set up, or that nobody speaks yet.
constexpr auto& kChannels = contact::names_of<&contact::Channel::is_tried>;

constexpr std::array<std::string_view, 3> kOnSilence = {"next-channel", "deputy", "phone-list"};

using Names = std::unordered_set<std::string>;
using DeputiesOf = std::unordered_map<std::string, std::vector<std::string>>;

void judge_key_post(Node node, Names& key_posts, Judging& judging) {
  const auto name = document::read_text(node, judging.findings);
  if (!name) return;
  if (judging.posts.contains(*name)) {
    if (!key_posts.insert(*name).second)
      judging.error(node, fmt::format("\"{}\" is a key role already", *name));
    return;
  }
  if (judging.findings.is_full()) return;
  const std::vector<std::string_view> known{judging.whole_posts.begin(), judging.whole_posts.end()};
  const auto near = base::did_you_mean(*name, known);
  judging.error(node, fmt::format("no post is called \"{}\"", document::shown(*name)),
                near ? fmt::format("did you mean \"{}\"?", *near)
                     : "name its area and its role: \"resus/team-leader\"");
}

enum class Serves : std::uint8_t { on_call, on_call_or_by_trade };

// Whether anybody is ever found by this role, when there is a rota to look at.
void judge_role(Node node, const std::string& name, Serves serves, Judging& judging) {
  if (judging.roster == nullptr || !judging.roster->on_call_roles) return;
  std::set<RoleId> known = *judging.roster->on_call_roles;
  if (serves == Serves::on_call_or_by_trade)
    known.insert(judging.roster->roles.begin(), judging.roster->roles.end());
  if (name.empty() || known.contains(RoleId{name}) || judging.findings.is_full()) return;
  std::vector<std::string_view> candidates;
  for (const RoleId& role : known) candidates.push_back(role.str());
  const auto near = base::did_you_mean(name, candidates);
  judging.error(node,
                serves == Serves::on_call
                    ? fmt::format("nobody is ever on call as \"{}\" in the rota", name)
                    : fmt::format("nobody is \"{}\", in the rota or by trade", name),
                near ? fmt::format("did you mean \"{}\"?", *near)
                     : "a role for which the rota has somebody on call");
}

void judge_key_role(Node node, Names& key_posts, DeputiesOf& deputies_of, Judging& judging) {
  Fields fields{node, judging.findings, "a key role"};
  if (!fields.is_mapping()) return;
  if (const auto post = fields.required("post")) judge_key_post(*post, key_posts, judging);
  std::string on_call;
  if (const auto role = fields.optional("on_call"))
    on_call = read_id(*role, judging.findings).value_or("");
  if (const auto role = node.find("on_call")) judge_role(*role, on_call, Serves::on_call, judging);
  bool has_deputies = false;
  if (const auto deputies = fields.optional("deputies"))
    for (const NamedNode& deputy : document::read_ids(*deputies, judging.findings)) {
      has_deputies = true;
      judge_role(deputy.node, deputy.name, Serves::on_call_or_by_trade, judging);
      if (deputy.name == on_call)
        judging.error(deputy.node, fmt::format("\"{}\" is their own deputy", deputy.name));
      else if (!on_call.empty())
        deputies_of[on_call].push_back(deputy.name);
    }
  if (on_call.empty() && !has_deputies)
    judging.warning(node, "a key role without anybody on call or any deputy",
                    "say which role of the rota holds it: \"on_call: …\", \"deputies: […]\"");
  fields.finish();
}

// Whether the deputies of `start`, and theirs in turn, include `start`. Then two people would wait
// for each other.
bool leads_back(const std::string& start, const DeputiesOf& deputies_of) {
  std::vector<std::string> left{start};
  Names seen;
  while (!left.empty()) {
    const std::string role = std::move(left.back());
    left.pop_back();
    const auto found = deputies_of.find(role);
    if (found == deputies_of.end()) continue;
    for (const std::string& next : found->second) {
      if (next == start) return true;
      if (seen.insert(next).second) left.push_back(next);
    }
  }
  return false;
}

void judge_key_roles(Node list, Judging& judging) {
  if (!list.is_sequence())
    judging.error(list, "expected a list of key roles", "begin each with a dash");
  Names key_posts;
  DeputiesOf deputies_of;
  for (const Node item : list.items()) judge_key_role(item, key_posts, deputies_of, judging);
  Names reported;
  for (const Node item : list.items()) {
    const auto on_call = item.find("on_call");
    if (!on_call || !leads_back(std::string{on_call->text()}, deputies_of)) continue;
    if (!reported.insert(std::string{on_call->text()}).second) continue;
    judging.error(
        *on_call,
        fmt::format("the deputies of \"{}\" lead back to \"{}\"", on_call->text(), on_call->text()),
        "somebody must come last who is nobody's principal: they would wait for each other");
  }
}

void judge_channels(Node node, Judging& judging) {
  const std::vector<NamedNode> channels = document::read_ids(node, judging.findings);
  for (const NamedNode& channel : channels)
    if (std::find(kChannels.begin(), kChannels.end(), channel.name) == kChannels.end())
      judging.error(channel.node, fmt::format("no channel is called \"{}\"", channel.name),
                    document::meant(channel.name, kChannels));
    else if (judging.channels != nullptr &&
             std::find(judging.channels->begin(), judging.channels->end(),
                       ChannelId{channel.name}) == judging.channels->end())
      judging.warning(channel.node, fmt::format("this home cannot send by {}", channel.name),
                      "set it up in tocsin.yaml, or take it out; \"tocsin declare\" refuses");
  if (node.is_sequence() && node.size() == 0)
    judging.error(node, "this list has no channel, so nobody would be called",
                  "leave \"channels\" out for relay, phone; or name some, the last of them phone");
  if (!channels.empty() && channels.back().name != "phone")
    judging.warning(node, "the last channel is not phone",
                    "silence must end at a human with a phone list");
}

void judge_together(Node node, Judging& judging) {
  const auto& order = judging.book.cascade.channels;
  std::set<std::string> seen;
  const std::vector<NamedNode> channels = document::read_ids(node, judging.findings);
  for (const NamedNode& channel : channels) {
    if (channel.name == "phone")
      judging.error(channel.node, "people ring people one after the other, after silence",
                    "\"voice\" rings by itself");
    else if (std::find(order.begin(), order.end(), ChannelId{channel.name}) == order.end())
      judging.error(channel.node,
                    fmt::format("\"{}\" is not among the channels of the cascade", channel.name),
                    "name it in \"channels\" as well, which says in which order they are tried");
    else if (!seen.insert(channel.name).second)
      judging.error(channel.node, fmt::format("\"{}\" stands in this list twice", channel.name));
  }
  if (channels.size() < 2)
    judging.error(node, "one channel alone is not together with another",
                  "name two or more, or leave it out");
}

void judge_on_silence(Node node, Judging& judging) {
  std::unordered_set<std::size_t> steps;
  const auto judge_step = [&](Node item) {
    const auto word = document::read_word(item, judging.findings, kOnSilence);
    if (word && !steps.insert(*word).second)
      judging.error(item, fmt::format("\"{}\" stands in this list twice", item.text()));
  };
  if (!node.is_sequence()) judge_step(node);
  for (const Node item : node.items()) judge_step(item);
}

void judge_window(Node node, Judging& judging) {
  const auto minutes = document::read_minutes(node, judging.findings, Minutes{24 * 60});
  if (minutes && *minutes < Minutes{1})
    judging.error(node, "nobody can answer in no time", "at least 1min");
}

// Silence must be noticed before the first post is due.
void judge_time_for_silence(Node node, Judging& judging) {
  const auto& posts = judging.book.posts;
  const auto first = std::min_element(posts.begin(), posts.end(), [](const Post& a, const Post& b) {
    return a.needs.front().by < b.needs.front().by;
  });
  if (first == posts.end() || !judging.is_sound()) return;
  const Minutes window = judging.book.cascade.answer_window(first->priority);
  const Minutes by = first->needs.front().by;
  if (window < by) return;
  judging.warning(node,
                  fmt::format("silence is noticed after {}, but {} is needed by {}",
                              base::minutes_text(window), first->id.str(), base::minutes_text(by)),
                  "shorten the window of that priority");
}

}  // namespace

void judge_cascade(Node node, Judging& judging) {
  Fields fields{node, judging.findings, "the cascade"};
  if (!fields.is_mapping()) return;
  if (const auto key_roles = fields.optional("key_roles")) judge_key_roles(*key_roles, judging);
  if (const auto channels = fields.optional("channels")) judge_channels(*channels, judging);
  if (const auto window = fields.optional("answer_window")) {
    judge_by_priority(*window, judging, [&](Node one) { judge_window(one, judging); });
    judge_time_for_silence(*window, judging);
  }
  if (const auto together = fields.optional("together"))
    judge_by_priority(*together, judging, [&](Node one) { judge_together(one, judging); });
  if (const auto silence = fields.optional("on_silence")) judge_on_silence(*silence, judging);
  if (const auto reminders = fields.optional("reminders"))
    document::read_count(*reminders, judging.findings, 0, 5);
  // Drafts of format 1 had this key. Say that it has no effect any more.
  if (const auto over_call = fields.optional("over_call"))
    judging.error(*over_call, "there is no over_call: each wave is sized by forecast",
                  "leave it out; \"confidence\" in the limits says how sure a wave is to be");
  fields.finish();
}

}  // namespace tocsin::playbook
