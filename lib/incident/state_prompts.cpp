// What the coordinator was asked, and what became of it: the part of the fold that prompts are.
#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "incident/state.h"

namespace tocsin::incident {

namespace {

Prompt& numbered(std::vector<Prompt>& prompts, std::uint64_t number) {
  if (number == 0 || number > prompts.size())
    throw base::Fault(base::Exit::untrusted,
                      fmt::format("the journal does not make sense: it has no prompt {}", number),
                      "run \"tocsin record verify\" on it");
  return prompts[number - 1];
}

}  // namespace

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
  Prompt& prompt = numbered(prompts, body.prompt);
  if (!prompt.raised) ++interruptions;
  prompt.raised = event.at;
}

void State::on(const Event& event, const Answered& body) {
  Prompt& prompt = numbered(prompts, body.prompt);
  prompt.verdict = body.verdict;
  decisions += event.by.empty() ? 0 : 1;
  if (prompt.flag != Flag::rest_override) return;
  keeps_rest = body.verdict == Verdict::declined ||
               (body.verdict == Verdict::expired &&
                playbook.limits.unanswered_rest_override == playbook::Unanswered::decline);
}

}  // namespace tocsin::incident
