// The words of one message to one person, rendered from the playbook's template in their language.
#pragma once

#include <string>
#include <string_view>

#include "incident/message/payload.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// All that tells one notice of an incident from another: messages alike in this say the same.
struct Topic {
  playbook::MessageKind kind = playbook::MessageKind::request;
  const playbook::Post* post = nullptr;  // of the state's playbook; null when it is about none
  base::Instant by;                      // when the person must be there, if there is a post
  std::string_view text;                 // the message's and the roster's: as long as the state
  std::string_view language;
  friend auto operator<=>(const Topic&, const Topic&) = default;
};
Topic topic_of(const State& state, const Message& message);

Notice notice_for(const State& state, const Topic& topic, const seal::Certificate& certificate);
inline Notice notice_for(const State& state, const Message& message,
                         const seal::Certificate& certificate) {
  return notice_for(state, topic_of(state, message), certificate);
}

// What an operator reads out on the telephone, or the switchboard's sheet says.
std::string spoken(const State& state, const Message& message);

seal::Kind envelope_kind(playbook::MessageKind kind) noexcept;

// Nobody is asked to answer later than this after they were asked.
inline constexpr base::Minutes kMessageLife{12 * 60};

}  // namespace tocsin::incident
