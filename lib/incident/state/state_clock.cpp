// The part of the fold about a clock that was set back. Nothing that happened is later than now:
// what was stamped later is taken to have happened now, or it would wait until the clock is there
// again.
#include <algorithm>
#include <utility>

#include "incident/state/state.h"

namespace tocsin::incident {

using base::Instant;
using base::Milliseconds;

void State::on(const Event& event, const ClockSetBack& body) {
  const Instant now = event.at;
  const auto ahead = [now](Instant when) { return std::max(when - now, Milliseconds{0}); };
  decltype(outbox) due;
  for (const auto& [when, index] : outbox) {
    const Message& message = messages[index];
    due.emplace(when - ahead(message.attempts == 0 ? message.issued : message.receipted), index);
  }
  outbox = std::move(due);
  for (Message& message : messages) {
    message.expires -= ahead(message.issued);
    message.issued -= ahead(message.issued);
    message.receipted -= ahead(message.receipted);
  }
  for (Person& person : people) {
    person.window_from -= ahead(person.window_from);
    person.sent_for -= ahead(person.sent_for);
    // It lies ahead by nature, so it moves as far as the clock did.
    const Milliseconds back{static_cast<std::int64_t>(body.milliseconds)};
    person.phone_taken_until -= std::min(ahead(person.phone_taken_until), back);
  }
  for (Prompt& prompt : prompts) {
    prompt.opened -= ahead(prompt.opened);
    if (prompt.raised) *prompt.raised -= ahead(*prompt.raised);
  }
  if (reviewed) *reviewed -= ahead(*reviewed);
}

}  // namespace tocsin::incident
