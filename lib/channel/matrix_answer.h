// What a Matrix homeserver answers (tocsin-channel(5), MATRIX): ids, refusals, the list of direct
// rooms, and what happened in rooms. Every byte of an answer is hostile until it is decoded here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/envelope.h"

namespace tocsin::channel {

// Whether it is an access token: printed characters without blanks.
bool is_matrix_token(std::string_view text) noexcept;

// As one segment of a path or one value of a query.
std::string percent_encoded(std::string_view text);

// The wait that a refusal names in its body, or 0.
base::Milliseconds parse_matrix_wait(base::ByteView body);

// The one id in an answer: of ourselves, of a new room, of an event. Nullopt when there is none.
std::optional<std::string> parse_matrix_user(base::ByteView body);
std::optional<std::string> parse_matrix_room(base::ByteView body);
std::optional<std::string> parse_matrix_event(base::ByteView body);

enum class Membership : std::uint8_t { none, invite, join, leave };  // leave: also when banned
Membership parse_matrix_membership(base::ByteView body);

// The rooms that are for one person each, by person; the newest last.
using DirectRooms = std::map<std::string, std::vector<std::string>, std::less<>>;
std::optional<DirectRooms> parse_matrix_direct(base::ByteView body);

struct MatrixEvent {
  enum class Kind : std::uint8_t { other, text, reaction, encrypted, member };
  Kind kind = Kind::other;
  std::string id;
  std::string sender;
  base::Instant at{};
  std::string words;                         // of a text or a reaction; empty when it has none
  std::string related;                       // the event that it answers or marks
  std::optional<seal::MessageId> message{};  // of ours
  bool asks = false;                         // of ours, for an answer
  std::string member;                        // who entered or left
  Membership membership = Membership::none;
};
struct MatrixRoomNews {
  std::string room;
  std::vector<MatrixEvent> events;  // in their order
  struct Read {
    std::string by;
    std::string event;  // up to
  };
  std::vector<Read> read;
};
struct MatrixNews {
  std::string next;  // from where to go on
  std::optional<DirectRooms> direct;
  std::vector<MatrixRoomNews> rooms;
};
// Damaged entries are left out; nullopt when it does not say from where to go on.
std::optional<MatrixNews> parse_matrix_sync(base::ByteView body);

}  // namespace tocsin::channel
