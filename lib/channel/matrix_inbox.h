// What people write in their rooms, mark and have read, by long polling (tocsin-channel(5),
// MATRIX). It remembers in memory how far it has read, and after a restart reads the last events of
// each room again, under the same ids.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/matrix_access.h"
#include "channel/matrix_answer.h"
#include "channel/matrix_rooms.h"
#include "channel/polling.h"
#include "channel/setback.h"

namespace tocsin::channel {

class MatrixInbox {
 public:
  // All must outlive it. With a thread of its own, requests wait for news.
  MatrixInbox(MatrixAccess& access, MatrixRooms& rooms, const base::Clock& clock, Listen listen);

  // Asks for what is new.
  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { http_.interrupt(); }

 private:
  struct Shown {  // an event of a room
    std::string event;
    std::optional<seal::MessageId> message;  // of ours
    bool asks = false;
    bool is_read = false;
  };
  using Room = std::deque<Shown>;  // its last events, in order

  HttpRequest request() const;
  Polling::Asked put_off(const HttpAnswer& answer);
  Collected take(const MatrixNews& news, base::Milliseconds ahead);
  void take_event(const std::string& person, const MatrixEvent& event, Room& room,
                  base::Milliseconds ahead, Collected& collected);
  static void take_read(std::string_view event, Room& room, Collected& collected);

  MatrixAccess& access_;
  MatrixRooms& rooms_;
  const base::Clock& clock_;
  base::Milliseconds wait_;  // of a request
  HttpClient http_;
  Setback setback_;
  std::string self_;
  std::string since_;  // from where to go on; empty: at the beginning
  std::map<std::string, Room, std::less<>> shown_;
};

}  // namespace tocsin::channel
