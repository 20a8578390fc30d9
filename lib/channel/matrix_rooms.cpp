#include "channel/matrix_rooms.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kRoomsAtOnce = 10;
constexpr std::string_view kMatrix = "the Matrix homeserver";

bool is_usable(Membership membership) noexcept {
  return membership == Membership::join || membership == Membership::invite;
}

bool is_answered(const HttpAnswer& answer, int status) {
  return answer.failure == HttpFailure::none && answer.status == status;
}

}  // namespace

Verdict matrix_failure(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kMatrix))
    return {Receipt::failed_for_now, std::move(verdict->reason)};
  switch (answer.status) {
    case 401:
      return {Receipt::failed_for_now, "the Matrix homeserver refuses the access token"};
    case 429:
      return {Receipt::failed_for_now, "the Matrix homeserver takes no more at the moment", true,
              std::max(answer.retry_after, parse_matrix_wait(answer.body))};
    default:
      if (answer.status >= 500 || answer.status < 300)
        return {Receipt::failed_for_now, "the Matrix homeserver is in trouble"};
      return {Receipt::failed_for_good, "the Matrix homeserver lets the person not be written to"};
  }
}

MatrixRooms::MatrixRooms(MatrixAccess& access, base::Rate rate, const base::Clock& clock)
    : access_(access), http_(HttpSettings{}), throttle_(rate, kRoomsAtOnce, clock) {}

std::map<std::string, MatrixRooms::Place> MatrixRooms::places(const std::set<std::string>& people) {
  std::map<std::string, Place> places;
  if (people.empty()) return places;
  Place failure;
  if (!load(failure)) {
    for (const std::string& person : people) places.emplace(person, failure);
    return places;
  }
  look(unknown(people), places);
  std::set<std::string> without;
  {
    const std::lock_guard lock{mutex_};
    for (const std::string& person : people) {
      if (places.contains(person)) continue;  // it could not be looked at
      Place place;
      bool has_left = false;
      const auto own = direct_.find(person);
      if (own != direct_.end())
        for (const std::string& room : own->second) {
          const auto known = memberships_.find(room);
          const Membership membership =
              known == memberships_.end() ? Membership::none : known->second;
          has_left = has_left || membership == Membership::leave;
          if (is_usable(membership)) place.room = room;  // the newest
        }
      if (place.room.empty() && has_left)
        place.verdict = {Receipt::failed_for_good,
                         "the person has left the room, or refused the invitation"};
      else if (place.room.empty())
        without.insert(person);
      places.emplace(person, std::move(place));
    }
  }
  make(without, places);
  return places;
}

// Whose list it is, and the list.
bool MatrixRooms::load(Place& failure) {
  {
    const std::lock_guard lock{mutex_};
    if (is_loaded_) return true;
  }
  HttpAnswer answer;
  const std::string self = access_.self(http_, answer);
  if (!self.empty()) {
    answer = http_.perform(
        access_.get(fmt::format("user/{}/account_data/m.direct", percent_encoded(self))));
    if (is_answered(answer, 404)) {  // nothing was ever written there
      learn({});
      return true;
    }
    if (is_answered(answer, 200))
      if (auto direct = parse_matrix_direct(answer.body)) {
        learn(*std::move(direct));
        return true;
      }
  }
  failure.verdict = matrix_failure(answer);
  failure.verdict.receipt = Receipt::failed_for_now;  // of the account, and of no person
  return false;
}

std::vector<MatrixRooms::Asked> MatrixRooms::unknown(const std::set<std::string>& people) const {
  std::vector<Asked> asked;
  const std::lock_guard lock{mutex_};
  for (const std::string& person : people) {
    const auto own = direct_.find(person);
    if (own == direct_.end()) continue;
    for (const std::string& room : own->second)
      if (!memberships_.contains(room)) asked.push_back({person, room});
  }
  return asked;
}

// Whether the person is in each room, or invited.
void MatrixRooms::look(const std::vector<Asked>& asked, std::map<std::string, Place>& places) {
  const auto answers = http_.perform(asked.size(), kRoomsAtOnce, [&](std::size_t i) {
    return access_.get(fmt::format("rooms/{}/state/m.room.member/{}",
                                   percent_encoded(asked[i].room),
                                   percent_encoded(asked[i].person)));
  });
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const HttpAnswer& answer = answers[i];
    if (is_answered(answer, 200)) {
      changed(asked[i].room, asked[i].person, parse_matrix_membership(answer.body));
    } else if (is_answered(answer, 403) || is_answered(answer, 404)) {
      changed(asked[i].room, asked[i].person, Membership::none);  // we or they are not in it
    } else {
      Place place{{}, matrix_failure(answer)};
      place.verdict.receipt = Receipt::failed_for_now;
      places.insert_or_assign(asked[i].person, std::move(place));
    }
  }
}

void MatrixRooms::make(const std::set<std::string>& people, std::map<std::string, Place>& places) {
  std::vector<std::string> going;
  for (const std::string& person : people) {
    if (const auto wait = throttle_.take())
      places[person].verdict = {Receipt::failed_for_now, "too many rooms are made at once", false,
                                *wait};
    else
      going.push_back(person);
  }
  const auto answers = http_.perform(going.size(), kRoomsAtOnce, [&](std::size_t i) {
    const Json body{{"preset", "private_chat"}, {"is_direct", true}, {"invite", {going[i]}}};
    return access_.post("createRoom", body.dump(-1, ' ', false, Json::error_handler_t::replace));
  });
  for (std::size_t i = 0; i < going.size(); ++i) {
    Place& place = places[going[i]];
    const auto room =
        is_answered(answers[i], 200) ? parse_matrix_room(answers[i].body) : std::nullopt;
    if (!room) {
      place.verdict = matrix_failure(answers[i]);
      if (place.verdict.is_busy) throttle_.was_busy(place.verdict.retry_after);
      continue;
    }
    throttle_.was_taken();
    place.room = *room;
    has_forgotten_ = true;
    const std::lock_guard lock{mutex_};
    direct_[going[i]].push_back(*room);
    memberships_[*room] = Membership::invite;
    people_[*room] = going[i];
  }
  if (has_forgotten_) remember();
}

void MatrixRooms::remember() {
  Json list = Json::object();
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [person, rooms] : direct_) list[person] = rooms;
  }
  HttpAnswer answer;
  const std::string self = access_.self(http_, answer);
  answer =
      http_.perform(access_.put(fmt::format("user/{}/account_data/m.direct", percent_encoded(self)),
                                list.dump(-1, ' ', false, Json::error_handler_t::replace)));
  has_forgotten_ = !is_answered(answer, 200);
}

void MatrixRooms::learn(DirectRooms direct) {
  const std::lock_guard lock{mutex_};
  // What was made and is not written down yet stays.
  for (auto& [person, rooms] : direct_)
    for (std::string& room : rooms)
      if (auto& theirs = direct[person];
          std::find(theirs.begin(), theirs.end(), room) == theirs.end())
        theirs.push_back(std::move(room));
  direct_ = std::move(direct);
  is_loaded_ = true;
  people_.clear();
  for (const auto& [person, rooms] : direct_)
    for (const std::string& room : rooms) people_[room] = person;
}

void MatrixRooms::changed(std::string_view room, std::string_view person, Membership membership) {
  const std::lock_guard lock{mutex_};
  const auto own = people_.find(room);
  if (own != people_.end() && own->second == person)
    memberships_.insert_or_assign(std::string{room}, membership);
}

std::string MatrixRooms::person_in(std::string_view room) const {
  const std::lock_guard lock{mutex_};
  const auto own = people_.find(room);
  return own == people_.end() ? std::string{} : own->second;
}

}  // namespace tocsin::channel
