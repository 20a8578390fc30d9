#include "relay/hook/hooks.h"

#include <chrono>
#include <utility>

#include "base/form.h"
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

// Twilio takes any other text for something to send or to say. In a call it waits for what comes
// next.
HookAnswer thanks(const Hook& hook, const Posted& posted) {
  if (hook.provider != Provider::twilio) return {};
  HookAnswer answer{200, "<Response/>", "text/xml", 0, {}};
  if (const auto form = base::read_form(base::text_of(posted.body)))
    if (auto next = wire::next_words(hook.url, posted.query, *form)) answer.body = *std::move(next);
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
