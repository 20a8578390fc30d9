// What somebody wrote in words on a channel that carries text, read as an answer
// (tocsin-respond(1), ANSWERS IN WORDS). What could mean two things is never guessed: it is
// unclear.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.h"
#include "base/zone.h"
#include "incident/message/payload.h"

namespace tocsin::incident {

// `words` is hostile: any bytes of any length. Times of day are the next ones after `now` in
// `zone`, and durations begin at `now`.
std::variant<Reply, Unread> read_text_answer(std::string_view words, base::Instant now,
                                             const base::Zone& zone);

struct NamedAnswer {
  std::size_t whose = 0;  // the place of the name; 0 when no name was needed to read the words
  std::variant<Reply, Unread> said;
};
// The same of an address that several people have, of whom `names` are the names: Unread::whose
// unless the words name one of them.
NamedAnswer read_named_answer(std::string_view words, base::Instant now, const base::Zone& zone,
                              std::span<const std::string> names);

}  // namespace tocsin::incident
