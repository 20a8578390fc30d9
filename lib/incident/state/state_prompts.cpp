// The part of the fold about prompts: what the coordinator was asked, and the answers.
#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "incident/state/state.h"

namespace tocsin::incident {

Prompt& State::prompt(std::uint64_t number) {
  if (number == 0 || number > prompts.size()) misfit(fmt::format("it has no prompt {}", number));
  return prompts[number - 1];
}

void State::on(const Event& event, const Flagged& body) {
  const auto same = std::find_if(prompts.begin(), prompts.end(), [&](const Prompt& prompt) {
    return prompt.waits() && prompt.flag == body.flag && prompt.subject == body.subject;
  });
  if (same != prompts.end())
    same->advice = body.advice;
  else
    prompts.push_back({body.flag, body.subject, body.advice, event.at, {}, {}});
}

void State::on(const Event& event, const Raised& body) {
  Prompt& asked = prompt(body.prompt);
  if (!asked.raised) ++interruptions;
  asked.raised = event.at;
}

void State::on(const Event& event, const Answered& body) {
  Prompt& asked = prompt(body.prompt);
  asked.verdict = body.verdict;
  decisions += event.by.empty() ? 0 : 1;
  if (asked.flag != Flag::rest_override) return;
  keeps_rest = body.verdict == Verdict::declined ||
               (body.verdict == Verdict::expired &&
                playbook.limits.unanswered_rest_override == playbook::Unanswered::decline);
}

}  // namespace tocsin::incident
