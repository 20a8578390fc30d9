// Reads the JSON that a provider answers with. All of it is hostile: strangers write the texts in
// it. Unlike lib/document it refuses no page because of a character in one of its texts; whoever
// wrote that could hold up everybody else's. For the sources of this folder alone.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"

namespace tocsin::channel {

using Json = nlohmann::json;

// Null when it is not JSON. The caller has limited its size (HttpRequest::most_answer_bytes), and
// does not copy it: a copy takes as much stack as it nests deep.
Json parse_answer(base::ByteView body);

// The member, or null when `object` is no object or has none of that name.
const Json& member(const Json& object, std::string_view name);
// The text of a member; empty when it has none, and when it is longer than `most` bytes.
std::string_view text_member(const Json& object, std::string_view name, std::size_t most = 200);

// RFC 3339, also with a space for the T and without a zone, which then is UTC.
std::optional<base::Instant> provider_time(std::string_view text);

// The longest beginning of UTF-8 text that has at most `most` bytes and ends with a character.
std::string_view beginning_of(std::string_view utf8, std::size_t most);

}  // namespace tocsin::channel
