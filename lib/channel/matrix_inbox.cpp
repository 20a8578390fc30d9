#include "channel/matrix_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "channel/verdict.h"

namespace tocsin::channel {

namespace {

using std::chrono::seconds;

constexpr base::Milliseconds kSyncWait = seconds{30};
// Of the network, beside the time that the homeserver is asked to wait. The first answer is long.
constexpr base::Milliseconds kSyncPatience = seconds{15};
constexpr base::Milliseconds kFirstSyncPatience = seconds{60};
constexpr std::size_t kMostSyncBytes = std::size_t{64} << 20;
constexpr std::size_t kMostShown = 40;
// After an answer that came at once and brought nothing.
constexpr base::Milliseconds kBetweenSyncs = seconds{1};
// The last ten events of each room, receipts, and which rooms are for whom.
constexpr std::string_view kSyncFilter =
    R"({"presence":{"not_types":["*"]},"account_data":{"types":["m.direct"]},"room":{)"
    R"("account_data":{"not_types":["*"]},"state":{"not_types":["*"]},)"
    R"("ephemeral":{"types":["m.receipt"]},"timeline":{"limit":10,"types":["m.room.message",)"
    R"("m.reaction","m.room.encrypted","m.room.member"]}}})";

std::string matrix_trouble_of(const HttpAnswer& answer) {
  return reading_trouble(answer, "what people answer on Matrix", "the access token is refused");
}

}  // namespace

MatrixInbox::MatrixInbox(MatrixAccess& access, MatrixRooms& rooms, const base::Clock& clock,
                         Listen listen)
    : access_(access),
      rooms_(rooms),
      clock_(clock),
      wait_(listen == Listen::background ? kSyncWait : base::Milliseconds{0}),
      http_(HttpSettings{}) {}

HttpRequest MatrixInbox::request() const {
  // What there is already is not waited for.
  const base::Milliseconds wait = since_.empty() ? base::Milliseconds{0} : wait_;
  std::string target =
      fmt::format("sync?timeout={}&filter={}", wait.count(), percent_encoded(kSyncFilter));
  if (!since_.empty()) target += "&since=" + percent_encoded(since_);
  HttpRequest request = access_.get(target);
  request.patience = since_.empty() ? kFirstSyncPatience : wait + kSyncPatience;
  request.most_answer_bytes = kMostSyncBytes;
  return request;
}

Polling::Asked MatrixInbox::ask() {
  if (self_.empty()) {
    HttpAnswer answer;
    self_ = access_.self(http_, answer);
    if (self_.empty()) return put_off(answer);
  }
  const base::Milliseconds begun = clock_.steady();
  const HttpAnswer answer = http_.perform(request());
  const auto news = answer.failure == HttpFailure::none && answer.status == 200
                        ? parse_matrix_sync(answer.body)
                        : std::nullopt;
  if (!news) {
    // The homeserver may have forgotten where that was.
    if (answer.failure == HttpFailure::none && answer.status == 400) since_.clear();
    return put_off(answer);
  }
  setback_.is_over();
  since_ = news->next;
  Polling::Asked asked;
  asked.collected = take(*news, answer.date ? *answer.date - clock_.now() : base::Milliseconds{0});
  const bool is_quick = clock_.steady() - begun < kBetweenSyncs;
  asked.pause = is_quick ? kBetweenSyncs : base::Milliseconds{0};
  return asked;
}

Polling::Asked MatrixInbox::put_off(const HttpAnswer& answer) {
  return {{},
          setback_.next(std::max(answer.retry_after, parse_matrix_wait(answer.body))),
          matrix_trouble_of(answer)};
}

Collected MatrixInbox::take(const MatrixNews& news, base::Milliseconds ahead) {
  Collected collected;
  if (news.direct) rooms_.learn(*news.direct);
  for (const MatrixRoomNews& one : news.rooms) {
    const std::string person = rooms_.person_in(one.room);
    if (person.empty()) continue;  // a room of several, or of somebody else's making
    Room& room = shown_[one.room];
    for (const MatrixEvent& event : one.events) {
      if (event.kind == MatrixEvent::Kind::member)
        rooms_.changed(one.room, event.member, event.membership);
      else
        take_event(person, event, room, ahead, collected);
    }
    for (const MatrixRoomNews::Read& read : one.read)
      if (read.by == person) take_read(read.event, room, collected);
  }
  return collected;
}

void MatrixInbox::take_event(const std::string& person, const MatrixEvent& event, Room& room,
                             base::Milliseconds ahead, Collected& collected) {
  const auto find = [&](std::string_view id) { return std::ranges::find(room, id, &Shown::event); };
  if (find(event.id) != room.end()) return;  // said twice
  const bool is_ours = event.sender == self_;
  const auto related = event.related.empty() ? room.end() : find(event.related);
  const bool is_about_ours = related != room.end() && related->message;
  std::optional<seal::MessageId> about;
  if (is_about_ours) about = related->message;
  const bool is_answer = is_about_ours && related->asks;
  room.push_back({event.id, is_ours ? event.message : std::nullopt, is_ours && event.asks});
  if (room.size() > kMostShown) room.pop_front();
  if (event.sender != person) return;
  // A thumb up below what asks for nothing is none.
  if (event.kind == MatrixEvent::Kind::other ||
      (event.kind == MatrixEvent::Kind::reaction && !is_answer))
    return;
  // Said by this machine's clock, by which it is compared with what was sent.
  collected.said.push_back(
      {said_id("matrix", event.id), person, event.words, event.at - ahead, about});
}

// Up to this event.
void MatrixInbox::take_read(std::string_view event, Room& room, Collected& collected) {
  const auto last = std::ranges::find(room, event, &Shown::event);
  if (last == room.end()) return;
  for (auto one = room.begin(); one != last + 1; ++one) {
    if (!one->message || std::exchange(one->is_read, true)) continue;
    collected.deliveries.push_back({*one->message, Receipt::read, {}, {}});
  }
}

}  // namespace tocsin::channel
