#include "incident/coordinator/prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "incident/coordinator/shortfall.h"
#include "incident/coordinator/verdict.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// Fewer than this are normal in a bad network. The coordinator must know of more.
constexpr std::uint64_t kRefusalsWorthAPrompt = 10;
constexpr int kFailuresWorthAPrompt = 10;

struct Question {
  Flag flag = Flag::gap;
  std::string subject;
  std::string advice;
};

// In words, what accepting the recommendation for a gap does.
std::string remedy(const State& state, const std::vector<Shortfall>& shortfalls) {
  std::vector<std::string> without;
  std::vector<std::string> from_neighbours;
  for (const Shortfall& shortfall : shortfalls)
    (shortfall.is_dispensable ? without : from_neighbours).push_back(words_of(state, shortfall));
  std::string text;
  if (!from_neighbours.empty())
    text = "ask a neighbouring hospital for " + base::join(from_neighbours, ", ");
  if (!without.empty())
    text += fmt::format("{}do without {}", text.empty() ? "" : "; ", base::join(without, ", "));
  return text;
}

bool has_calls_to_make(const State& state) {
  // Thanking people and telling them to stay at home can wait.
  return std::any_of(state.phone_list.begin(), state.phone_list.end(), [&](MessageIndex index) {
    const auto kind = state.messages[index].kind;
    return kind != playbook::MessageKind::offer_acknowledgement &&
           kind != playbook::MessageKind::stand_down && kind != playbook::MessageKind::standby;
  });
}

std::uint64_t refusals(const State& state) {
  std::uint64_t refused = 0;
  for (const auto& [reason, count] : state.refused)
    refused += reason == kDuplicate || reason == kOutdated ? 0 : count;
  return refused;
}

const Prompt* latest(const State& state, Flag flag, std::string_view subject) {
  for (auto prompt = state.prompts.rbegin(); prompt != state.prompts.rend(); ++prompt)
    if (prompt->flag == flag && prompt->subject == subject) return &*prompt;
  return nullptr;
}

// Whether this was asked recently, so that it is not asked again yet.
bool is_quiet(const State& state, Flag flag, std::string_view subject, Instant now) {
  const Prompt* prompt = latest(state, flag, subject);
  return prompt != nullptr && !prompt->waits() && now < prompt->opened + kPromptQuiet;
}

void ask_about_area(const State& state, const playbook::Area& area, Instant now,
                    std::vector<Question>& questions) {
  if (!is_quiet(state, Flag::gap, area.id.str(), now)) {
    const auto shortfalls = shortfalls_of(state, area, now);
    if (!shortfalls.empty())
      questions.push_back(
          {Flag::gap, area.id.str(),
           fmt::format("{}: {}", reason_of(state, shortfalls), remedy(state, shortfalls))});
  }
  if (is_quiet(state, Flag::lead_missing, area.id.str(), now)) return;
  const auto post = missing_lead(state, area, now);
  if (!post) return;
  const auto other = stand_in(state, area, now);
  const std::string answer =
      other ? fmt::format("let {} lead until one comes", state.roster[*other].name)
            : "name somebody with \"tocsin assign\"";
  questions.push_back(
      {Flag::lead_missing, area.id.str(),
       fmt::format("no {} is coming: {}", state.playbook.posts[*post].title, answer)});
}

// All questions that there are now, asked already or not.
std::vector<Question> questions_of(const State& state, Instant now) {
  std::vector<Question> questions;
  for (const auto& [channel, failed] : state.failing)
    if (failed >= kFailuresWorthAPrompt)
      questions.push_back({Flag::channel_failed, channel.str(),
                           fmt::format("nothing gets through: have {} looked at; meanwhile each "
                                       "person's next channel is tried",
                                       channel.str())});
  if (state.reviewed) {
    for (const playbook::Area& area : state.playbook.areas)
      ask_about_area(state, area, now, questions);
    const Prompt* asked = latest(state, Flag::rest_override, "");
    if (asked == nullptr || (!asked->waits() && !is_quiet(state, Flag::rest_override, "", now))) {
      std::vector<std::string> posts;
      if (!state.keeps_rest)
        for (const PostIndex post : rest_only(state, now))
          posts.push_back(state.playbook.posts[post].id.str());
      if (!posts.empty())
        questions.push_back({Flag::rest_override, "",
                             fmt::format("only people whose rest would be broken are left for {}: "
                                         "call them, and see that they get their rest later",
                                         base::join(posts, ", "))});
    }
  }
  if (refusals(state) >= kRefusalsWorthAPrompt)
    questions.push_back({Flag::refused, "",
                         "somebody may be forging replies: go by the board, whose answers are "
                         "good, and report it to information security"});
  if (has_calls_to_make(state))
    questions.push_back({Flag::phone_list, "", "let the switchboard run \"tocsin phone\""});
  return questions;
}

// Whether what a prompt about an area asks for is still missing. A lead was missing in the shift
// that ran then; that a later one has none so far is not what it says.
bool is_missing_people(const State& state, const Prompt& prompt) {
  const playbook::Area* area = area_of(state, prompt);
  if (area == nullptr) return false;
  const auto position = static_cast<int>(area - state.playbook.areas.data());
  const int shift = state.running_shift_position(prompt.opened);
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    if (state.area_position(p) != position || state.open_seats(p) <= 0) continue;
    if (prompt.flag == Flag::gap ||
        (state.shift_position(p) == shift && state.is_lead(p) && state.holders[p].people.empty()))
      return true;
  }
  return false;
}

bool is_over(const State& state, const Prompt& prompt) {
  switch (prompt.flag) {
    case Flag::phone_list:
      return state.phone_list.empty();
    case Flag::channel_failed: {
      const auto failing = state.failing.find(ChannelId{prompt.subject});
      return failing == state.failing.end() || failing->second < kFailuresWorthAPrompt;
    }
    case Flag::gap:
    case Flag::lead_missing:
      return !is_missing_people(state, prompt);
    case Flag::rest_override:
    case Flag::refused:
    case Flag::unsettled:
      return false;
  }
  return false;
}

// The order of importance: first channels, because without them nothing else works; then areas, in
// the playbook's order.
auto order_of(const State& state, std::uint64_t number) {
  const Prompt& prompt = state.prompts[number - 1];
  int stage = 4;
  if (prompt.flag == Flag::channel_failed || prompt.flag == Flag::unsettled) stage = 0;
  if (is_about_an_area(prompt.flag)) stage = 1;
  if (prompt.flag == Flag::rest_override) stage = 2;
  if (prompt.flag == Flag::refused) stage = 3;
  const playbook::Area* area = area_of(state, prompt);
  return std::tuple{stage, area == nullptr ? 0 : area - state.playbook.areas.data(), prompt.flag,
                    number};
}

// The prompts that interrupt now, within the budget of the last hour. If some have to wait, `next`
// is when the budget allows more.
Prompting raise(const State& state, Instant now) {
  Prompting out;
  std::vector<Instant> spent;
  std::map<std::string, Instant> spent_on;  // by area
  for (const Prompt& prompt : state.prompts) {
    if (!prompt.raised || now >= *prompt.raised + kPromptQuiet) continue;
    spent.push_back(*prompt.raised);
    if (is_about_an_area(prompt.flag)) spent_on[prompt.subject] = *prompt.raised;
  }
  const auto most = static_cast<std::size_t>(std::max(0, state.playbook.limits.prompts_per_hour));
  const auto wait_for = [&](Instant raised) {
    const Instant over = raised + kPromptQuiet;
    if (!out.next || over < *out.next) out.next = over;
  };
  for (const std::uint64_t number : waiting(state)) {
    const Prompt& prompt = state.prompts[number - 1];
    if (prompt.raised) continue;
    if (spent.size() >= most) {
      if (!spent.empty()) wait_for(*std::min_element(spent.begin(), spent.end()));
      continue;
    }
    const auto before =
        is_about_an_area(prompt.flag) ? spent_on.find(prompt.subject) : spent_on.end();
    if (before != spent_on.end()) {
      wait_for(before->second);
      continue;
    }
    out.events.emplace_back(Raised{number});
    spent.push_back(now);
    if (is_about_an_area(prompt.flag)) spent_on[prompt.subject] = now;
  }
  return out;
}

}  // namespace

std::vector<std::uint64_t> waiting(const State& state) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 1; number <= state.prompts.size(); ++number) {
    const Prompt& prompt = state.prompts[number - 1];
    if (prompt.waits() && !is_over(state, prompt)) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end(), [&](std::uint64_t a, std::uint64_t b) {
    return order_of(state, a) < order_of(state, b);
  });
  return numbers;
}

Prompting prompting(const State& state, Instant now, base::Random& ids) {
  Prompting out;
  std::optional<Instant> next;
  for (std::uint64_t number = 1; number <= state.prompts.size(); ++number) {
    const Prompt& prompt = state.prompts[number - 1];
    if (!prompt.waits()) continue;
    const Instant expiry = expiry_of(state, prompt);
    if (now >= expiry)
      expire(state, number, now, ids, out.events);
    else if (!next || expiry < *next)
      next = expiry;
  }
  if (!out.events.empty()) return out;
  for (Question& question : questions_of(state, now)) {
    if (is_quiet(state, question.flag, question.subject, now)) continue;
    const Prompt* asked = latest(state, question.flag, question.subject);
    if (asked != nullptr && asked->waits() && asked->advice == question.advice) continue;
    out.events.emplace_back(
        Flagged{question.flag, std::move(question.subject), std::move(question.advice)});
  }
  if (!out.events.empty()) return out;
  out = raise(state, now);
  if (next && (!out.next || *next < *out.next)) out.next = next;
  return out;
}

}  // namespace tocsin::incident
