#include "channel/matrix_answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "channel/json_answer.h"
#include "channel/matrix_message.h"
#include "channel/said.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kLongestId = 255;        // of users, rooms and events
constexpr std::size_t kLongestCursor = 4'096;  // that a server may name
constexpr std::size_t kMostBodyBytes = 64 * 1024;
constexpr std::int64_t kMostWait = std::int64_t{24} * 60 * 60 * 1'000;
constexpr std::int64_t kLastStamp = 4'102'444'800'000;  // the year 2100
constexpr std::size_t kMostRoomsOfOne = 100;

bool is_printed(char c) noexcept { return c > 0x20 && c < 0x7f; }

// "@ana:example.org", "!room", "$event": empty when it is none.
std::string_view id_member(const Json& object, std::string_view name, char sigil) {
  const std::string_view id = text_member(object, name, kLongestId);
  const bool is_id =
      id.size() > 1 && id.front() == sigil && std::all_of(id.begin(), id.end(), is_printed);
  return is_id ? id : std::string_view{};
}

std::optional<std::string> one_id(base::ByteView body, std::string_view name, char sigil) {
  const Json answer = parse_answer(body);
  const std::string_view id = id_member(answer, name, sigil);
  return id.empty() ? std::nullopt : std::optional{std::string{id}};
}

std::int64_t whole_member(const Json& object, std::string_view name, std::int64_t most) {
  const Json& value = member(object, name);
  if (!value.is_number_unsigned()) return 0;
  const auto number = value.get<std::uint64_t>();
  return number <= static_cast<std::uint64_t>(most) ? static_cast<std::int64_t>(number) : 0;
}

Membership membership_of(const Json& content) {
  const std::string_view word = text_member(content, "membership");
  if (word == "join") return Membership::join;
  if (word == "invite") return Membership::invite;
  return word == "leave" || word == "ban" ? Membership::leave : Membership::none;
}

std::optional<DirectRooms> direct_of(const Json& content) {
  if (!content.is_object()) return std::nullopt;
  DirectRooms direct;
  for (const auto& [person, rooms] : content.items()) {
    if (person.size() > kLongestId || !rooms.is_array()) continue;
    std::vector<std::string> own;
    for (const Json& room : rooms) {
      if (!room.is_string()) continue;
      const auto& id = room.get_ref<const std::string&>();
      const bool is_room = id.size() > 1 && id.size() <= kLongestId && id.front() == '!' &&
                           std::all_of(id.begin(), id.end(), is_printed);
      if (is_room) own.push_back(id);
    }
    if (own.size() > kMostRoomsOfOne) own.erase(own.begin(), own.end() - kMostRoomsOfOne);
    direct.emplace(person, std::move(own));
  }
  return direct;
}

void read_text(const Json& content, MatrixEvent& event) {
  const std::string_view type = text_member(content, "msgtype");
  if (type == "m.notice") return;  // a program wrote it
  event.kind = MatrixEvent::Kind::text;
  const Json& relation = member(content, "m.relates_to");
  const bool is_corrected = text_member(relation, "rel_type") == "m.replace";
  const Json& said = is_corrected ? member(content, "m.new_content") : content;
  // The body of a picture is the name of its file.
  if (type == "m.text" || type == "m.emote")
    event.words = beginning_of(text_member(said, "body", kMostBodyBytes), kMostSaidBytes);
  event.related = id_member(member(relation, "m.in_reply_to"), "event_id", '$');
  const Json& own = member(content, kMatrixMessageKey);
  event.message = seal::message_id_from_text(text_member(own, "id"));
  const Json& asks = member(own, "asks");
  event.asks = asks.is_boolean() && asks.get<bool>();
}

void read_reaction(const Json& content, MatrixEvent& event) {
  const Json& relation = member(content, "m.relates_to");
  if (text_member(relation, "rel_type") != "m.annotation") return;
  event.kind = MatrixEvent::Kind::reaction;
  event.words = beginning_of(text_member(relation, "key"), kMostSaidBytes);
  event.related = id_member(relation, "event_id", '$');
}

std::optional<MatrixEvent> read_event(const Json& entry) {
  MatrixEvent event;
  event.id = id_member(entry, "event_id", '$');
  event.sender = id_member(entry, "sender", '@');
  const std::int64_t stamp = whole_member(entry, "origin_server_ts", kLastStamp);
  if (event.id.empty() || event.sender.empty() || stamp == 0) return std::nullopt;
  event.at = base::Instant{base::Milliseconds{stamp}};
  const Json& content = member(entry, "content");
  const std::string_view type = text_member(entry, "type");
  if (type == "m.room.message") {
    if (member(content, "body").is_string()) read_text(content, event);  // else it was removed
  } else if (type == "m.reaction") {
    read_reaction(content, event);
  } else if (type == "m.room.encrypted") {
    event.kind = MatrixEvent::Kind::encrypted;
  } else if (type == "m.room.member") {
    event.kind = MatrixEvent::Kind::member;
    event.member = id_member(entry, "state_key", '@');
    event.membership = membership_of(content);
  }
  return event;
}

void read_receipts(const Json& entry, MatrixRoomNews& news) {
  if (text_member(entry, "type") != "m.receipt") return;
  const Json& content = member(entry, "content");
  if (!content.is_object()) return;
  for (const auto& [event, kinds] : content.items()) {
    const Json& readers = member(kinds, "m.read");
    if (!readers.is_object()) continue;
    for (const auto& reader : readers.items()) news.read.push_back({reader.key(), event});
  }
}

const Json& events_of(const Json& part) { return member(part, "events"); }

}  // namespace

bool is_matrix_token(std::string_view text) noexcept {
  return text.size() >= 8 && text.size() <= 2'000 &&
         std::all_of(text.begin(), text.end(), is_printed);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') ||
                          std::string_view{"-._~"}.find(c) != std::string_view::npos;
    if (is_plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

base::Milliseconds parse_matrix_wait(base::ByteView body) {
  return base::Milliseconds{whole_member(parse_answer(body), "retry_after_ms", kMostWait)};
}

std::optional<std::string> parse_matrix_user(base::ByteView body) {
  return one_id(body, "user_id", '@');
}
std::optional<std::string> parse_matrix_room(base::ByteView body) {
  return one_id(body, "room_id", '!');
}
std::optional<std::string> parse_matrix_event(base::ByteView body) {
  return one_id(body, "event_id", '$');
}

Membership parse_matrix_membership(base::ByteView body) {
  return membership_of(parse_answer(body));
}

std::optional<DirectRooms> parse_matrix_direct(base::ByteView body) {
  return direct_of(parse_answer(body));
}

std::optional<MatrixNews> parse_matrix_sync(base::ByteView body) {
  const Json answer = parse_answer(body);
  MatrixNews news;
  news.next = text_member(answer, "next_batch", kLongestCursor);
  if (news.next.empty()) return std::nullopt;
  const Json& account = events_of(member(answer, "account_data"));
  if (account.is_array())
    for (const Json& entry : account)
      if (text_member(entry, "type") == "m.direct")
        news.direct = direct_of(member(entry, "content"));
  const Json& joined = member(member(answer, "rooms"), "join");
  if (!joined.is_object()) return news;
  for (const auto& [room, parts] : joined.items()) {
    MatrixRoomNews one;
    one.room = room;
    const Json& timeline = events_of(member(parts, "timeline"));
    if (timeline.is_array())
      for (const Json& entry : timeline)
        if (auto event = read_event(entry)) one.events.push_back(*std::move(event));
    const Json& passing = events_of(member(parts, "ephemeral"));
    if (passing.is_array())
      for (const Json& entry : passing) read_receipts(entry, one);
    news.rooms.push_back(std::move(one));
  }
  return news;
}

}  // namespace tocsin::channel
