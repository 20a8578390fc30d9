// The text of one message to one person, rendered from the playbook's template in their language.
#pragma once

#include <string>
#include <string_view>

#include "incident/message/payload.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// Everything in which notices of an incident differ: messages with the same topic have the same
// text.
struct Topic {
  playbook::MessageKind kind = playbook::MessageKind::request;
  const playbook::Post* post = nullptr;  // in the state's playbook; null when it is about none
  base::Instant by;                      // when the person must be there, if there is a post
  std::string_view text;                 // views into the state: valid as long as it is
  std::string_view language;
  friend auto operator<=>(const Topic&, const Topic&) = default;
};
Topic topic_of(const State& state, const Message& message);

Notice notice_for(const State& state, const Topic& topic, const seal::Certificate& certificate);
inline Notice notice_for(const State& state, const Message& message,
                         const seal::Certificate& certificate) {
  return notice_for(state, topic_of(state, message), certificate);
}

// The text that an operator reads out on the telephone, also for the printed sheet.
std::string spoken(const State& state, const Message& message);

seal::Kind envelope_kind(playbook::MessageKind kind) noexcept;

// A request expires this long after it was sent.
inline constexpr base::Minutes kMessageLife{12 * 60};

}  // namespace tocsin::incident
