#include "relay/hook/hooks.h"

#include <chrono>
#include <utility>

#include "relay/hook/authentic.h"
#include "wire/call_script.h"
#include "wire/hooked.h"
#include "wire/messages.h"

namespace tocsin::relay {

namespace {

// Of posts that are authentic: others use up no provider's allowance. Each costs a commit and two
// X25519 operations.
constexpr base::Rate kPosts{5'000, 500};
// Whoever drives an incident reads what came in the last day, and each incident has its own
// driver: so nobody deletes it earlier.
constexpr std::chrono::hours kLife{24};

Hooking refused(HookOutcome outcome, int status, std::string_view reason, int retry_after = 0) {
  return {outcome,
          {status, std::string{reason} + "\n", "text/plain; charset=utf-8", retry_after, {}},
          std::nullopt};
}

// In a call the provider waits for what comes next. Twilio takes any other text for something to
// send or to say.
HookAnswer thanks(const Hook& hook, const Posted& posted) {
  const bool is_twilio = hook.provider == Provider::twilio;
  if (!is_twilio && hook.provider != Provider::vonage) return {};
  HookAnswer answer;
  if (is_twilio) answer = {200, "<Response/>", "text/xml", 0, {}};
  const auto dialect = is_twilio ? wire::CallDialect::twiml : wire::CallDialect::ncco;
  const auto news = wire::read_call_news(dialect, posted.body);
  const auto turn = news ? wire::next_turn(hook.url, posted.query, *news) : std::nullopt;
  if (!turn) return answer;
  answer.body = wire::write_turn(dialect, *turn);
  if (!is_twilio) answer.type = "application/json";
  return answer;
}

}  // namespace

Hooks::Hooks(std::vector<Hook> hooks, const base::Clock& clock) : clock_(clock) {
  for (Hook& hook : hooks) {
    std::string name = hook.name;
    doors_.emplace(std::move(name), Door{std::move(hook), base::Allowance{kPosts, clock.now()}});
  }
}

Hooking Hooks::take(std::string_view method, std::string_view name, const Posted& posted) {
  const auto door = doors_.find(name);
  if (door == doors_.end()) return refused(HookOutcome::unknown, 404, "no such hook");
  const Hook& hook = door->second.hook;
  if (method == "GET" && hook.challenge) {
    if (auto said = answer_to_challenge(hook, posted.query))
      return {HookOutcome::challenge, {200, *std::move(said), "text/plain", 0, {}}, std::nullopt};
    return refused(HookOutcome::forged, 403, "not by this hook's provider");
  }
  if (method != "POST") {
    Hooking hooking = refused(HookOutcome::malformed, 405, "not with this method");
    hooking.answer.allow = "POST";
    return hooking;
  }
  if (posted.body.size() > wire::kMostHookedBytes)
    return refused(HookOutcome::too_large, 413, "the body is too large");
  switch (authentic(hook, posted, clock_.now())) {
    case Authentic::no:
      return refused(HookOutcome::forged, 403, "not by this hook's provider");
    case Authentic::malformed:
      return refused(HookOutcome::malformed, 400, "the body does not decode");
    case Authentic::yes:
      break;
  }
  return keep(door->second, posted);
}

Hooking Hooks::keep(Door& door, const Posted& posted) {
  const base::Instant now = clock_.now();
  if (!door.allowance.take(kPosts, now))
    return refused(HookOutcome::too_fast, 429, "too many at once",
                   door.allowance.wait_seconds(kPosts));
  const wire::Hooked hooked{
      door.hook.name, now, std::string{posted.query}, {posted.body.begin(), posted.body.end()}};
  Hooking::Kept kept{door.hook.key.id(), wire::hooked_id(hooked), now + kLife,
                     wire::seal(hooked, door.hook.key.seal, entropy_)};
  return {HookOutcome::kept, thanks(door.hook, posted), std::move(kept)};
}

}  // namespace tocsin::relay
