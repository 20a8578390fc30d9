// The limits: how sure a wave must be, rest, shares of staff, the coordinator's attention.
#include <array>

#include "playbook/reading/bounds.h"
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;

// In the order of Unanswered.
constexpr std::array<std::string_view, 2> kUnanswered = {"accept", "decline"};

void read_rest(Node node, Rest& rest) {
  const auto take = [&](std::string_view key, Minutes& into) {
    into = minutes_of(node, key, Minutes{0}, kLongestRest).value_or(into);
  };
  take("between_shifts", rest.between_shifts);
  take("longest_shift", rest.longest_shift);
  take("week", rest.week);
  take("after_nights", rest.after_nights);
}

void read_unanswered(Node node, Limits& limits) {
  const auto take = [&](std::string_view key, Unanswered& into) {
    if (const auto word = word_of(node, key, kUnanswered)) into = static_cast<Unanswered>(*word);
  };
  take("gap", limits.unanswered_gap);
  take("lead_missing", limits.unanswered_lead_missing);
  take("rest_override", limits.unanswered_rest_override);
}

// Shares by words of the roster.
template <class Key>
void read_shares(Node value, double& otherwise, std::map<Key, double>& shares) {
  take_by_key<double>(
      value, [](Node one) { return as_share(one); }, [&](double share) { otherwise = share; },
      [&](Node key, double share) {
        if (const auto word = as_name(key, document::kWordMarks)) shares.emplace(*word, share);
      });
}

}  // namespace

void read_limits(Node top, Playbook& book) {
  const auto node = value_of(top, "limits");
  if (!node) return;
  Limits& limits = book.limits;
  if (const auto confidence = value_of(*node, "confidence"))
    take_by_key<double>(
        *confidence, [](Node one) { return as_share(one, kLeastConfidence, kMostConfidence); },
        [&](double share) { limits.confidence_default = share; },
        [&](Node key, double share) {
          if (const auto priority = as_priority(key))
            limits.confidence_by_priority.emplace(*priority, share);
        });
  if (const auto rest = value_of(*node, "rest")) read_rest(*rest, limits.rest);
  if (const auto share = value_of(*node, "largest_share"))
    read_shares(*share, limits.largest_share_default, limits.largest_share_by_group);
  if (const auto share = value_of(*node, "on_duty_share"))
    read_shares(*share, limits.on_duty_share_default, limits.on_duty_share_by_ward);
  limits.prompts_per_hour =
      count_of(*node, "prompts_per_hour", 1, kMostPromptsPerHour).value_or(limits.prompts_per_hour);
  limits.prompt_window = minutes_of(*node, "prompt_window", Minutes{1}, kLongestPromptWindow)
                             .value_or(limits.prompt_window);
  if (const auto unanswered = value_of(*node, "unanswered")) read_unanswered(*unanswered, limits);
}

}  // namespace tocsin::playbook
