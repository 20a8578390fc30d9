#include "incident/coordinator/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/fault.h"
#include "base/text.h"
#include "incident/coordinator/shortfall.h"

namespace tocsin::incident {

using base::Exit;
using base::Fault;
using base::Instant;

namespace {

Order accept_gap(const State& state, const Prompt& prompt, Instant now) {
  const playbook::Area* area = area_of(state, prompt);
  const auto shortfalls =
      area == nullptr ? std::vector<Shortfall>{} : shortfalls_of(state, *area, now);
  Order order;
  std::vector<std::string> said;
  std::vector<std::string> from_neighbours;
  for (const Shortfall& shortfall : shortfalls) {
    const playbook::Post& post = state.playbook.posts[shortfall.post];
    if (!shortfall.is_dispensable) {
      from_neighbours.push_back(words_of(state, shortfall));
      continue;
    }
    Order lowered = set_need(state, shortfall.post, post.count() - shortfall.missing, std::nullopt,
                             reason_of(state, {shortfall}), now);
    std::move(lowered.events.begin(), lowered.events.end(), std::back_inserter(order.events));
    said.push_back(std::move(lowered.said));
  }
  if (!from_neighbours.empty())
    said.push_back(fmt::format("noted: you ask a neighbouring hospital for {}; Tocsin cannot",
                               base::join(from_neighbours, ", ")));
  order.said = said.empty() ? "nothing is missing any more" : base::join(said, "; ");
  return order;
}

Order accept_lead(const State& state, const Prompt& prompt, Instant now, base::Random& ids) {
  const playbook::Area* area = area_of(state, prompt);
  const auto other = area == nullptr || !missing_lead(state, *area, now)
                         ? std::nullopt
                         : stand_in(state, *area, now);
  if (!other) return {{}, "noted; nobody was told anything"};
  return tell(state, {Audience::person, state.roster[*other].id.str()},
              fmt::format("You lead {} until its lead comes.", area->title), now, ids);
}

Order accept(const State& state, const Prompt& prompt, Instant now, base::Random& ids) {
  switch (prompt.flag) {
    case Flag::gap:
      return accept_gap(state, prompt, now);
    case Flag::lead_missing:
      return accept_lead(state, prompt, now, ids);
    case Flag::rest_override:
      return {{}, "they are called, after everyone else"};
    case Flag::phone_list:
    case Flag::refused:
    case Flag::channel_failed:
    case Flag::unsettled:
      return {{}, "noted; it is for people to do"};
  }
  return {};
}

bool is_accepted_unanswered(const State& state, Flag flag) noexcept {
  const playbook::Limits& limits = state.playbook.limits;
  switch (flag) {
    case Flag::gap:
      return limits.unanswered_gap == playbook::Unanswered::accept;
    case Flag::lead_missing:
      return limits.unanswered_lead_missing == playbook::Unanswered::accept;
    case Flag::rest_override:
      return limits.unanswered_rest_override == playbook::Unanswered::accept;
    case Flag::phone_list:
    case Flag::refused:
    case Flag::channel_failed:
    case Flag::unsettled:
      return false;
  }
  return false;
}

}  // namespace

bool is_about_an_area(Flag flag) noexcept {
  return flag == Flag::gap || flag == Flag::lead_missing;
}

const playbook::Area* area_of(const State& state, const Prompt& prompt) {
  return is_about_an_area(prompt.flag) ? state.playbook.find_area(AreaId{prompt.subject}) : nullptr;
}

Instant expiry_of(const State& state, const Prompt& prompt) {
  return prompt.opened + state.playbook.limits.prompt_window;
}

std::string_view default_of(const State& state, Flag flag) noexcept {
  const bool accepts = is_accepted_unanswered(state, flag);
  switch (flag) {
    case Flag::gap:
      return accepts ? "what can be spared is done without; the rest is still needed"
                     : "the need stays, and whoever offers fills it";
    case Flag::lead_missing:
      return accepts ? "whoever was recommended is told to lead"
                     : "the post stays open, and whoever offers fills it";
    case Flag::rest_override:
      return accepts ? "they are called, after everyone else"
                     : "nobody is asked whose rest would be broken";
    case Flag::phone_list:
      return "the list waits";
    case Flag::refused:
      return "what cannot be trusted is refused, as before";
    case Flag::channel_failed:
      return "each person's next channel is tried";
    case Flag::unsettled:
      return "asking and telling go on, and nobody new is placed";
  }
  return "";
}

void expire(const State& state, std::uint64_t number, Instant now, base::Random& ids,
            std::vector<Body>& events) {
  const Prompt& prompt = state.prompts[number - 1];
  std::string held{default_of(state, prompt.flag)};
  Order order;
  if (is_accepted_unanswered(state, prompt.flag)) {
    try {
      order = accept(state, prompt, now, ids);
    } catch (const Fault& fault) {  // the shift is over, or nobody is left to tell
      held = fmt::format("nothing could be done: {}", fault.what());
    }
  }
  events.emplace_back(Answered{number, Verdict::expired, std::move(held)});
  std::move(order.events.begin(), order.events.end(), std::back_inserter(events));
}

Order answer_prompt(const State& state, std::uint64_t number, Verdict verdict, std::string why,
                    Instant now, base::Random& ids) {
  if (number == 0 || number > state.prompts.size())
    throw Fault(Exit::usage, fmt::format("there is no prompt {}", number),
                "\"tocsin board\" shows what waits, each with its number");
  const Prompt& prompt = state.prompts[number - 1];
  if (!prompt.waits())
    return {{},
            fmt::format("prompt {} was answered already: {}", number, to_text(*prompt.verdict))};
  if (state.has_ended())
    throw Fault(Exit::usage, fmt::format("{} has ended", state.declared.label),
                "what remains to be said goes into the record: tocsin decide TEXT");
  Order order;
  if (verdict == Verdict::accepted) {
    order = accept(state, prompt, now, ids);
  } else {
    order.said = prompt.flag == Flag::rest_override
                     ? "nobody is asked any more whose rest would be broken"
                     : "noted";
  }
  order.events.insert(order.events.begin(), Answered{number, verdict, std::move(why)});
  order.said = fmt::format("prompt {} {}: {}", number, to_text(verdict), order.said);
  return order;
}

}  // namespace tocsin::incident
