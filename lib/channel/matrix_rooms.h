// The room of each person with the account, which is made and remembered where the protocol has a
// place for it: in the account's own data at the homeserver (m.direct). May be used by two threads:
// one that sends, and one that hears what happens in rooms.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/matrix_access.h"
#include "channel/matrix_answer.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {

class MatrixRooms {
 public:
  // `access` and `clock` must outlive it. `rate` is that of making rooms.
  MatrixRooms(MatrixAccess& access, base::Rate rate, const base::Clock& clock);

  struct Place {
    std::string room;   // empty when there is none
    Verdict verdict{};  // why
  };
  // By person, each once. Makes the rooms that are missing, as fast as the homeserver lets it. For
  // the thread that sends.
  std::map<std::string, Place> places(const std::set<std::string>& people);

  // What the homeserver says by itself. For the thread that hears.
  void learn(DirectRooms direct);
  void changed(std::string_view room, std::string_view person, Membership membership);
  // Whose room it is; empty when it is nobody's alone.
  std::string person_in(std::string_view room) const;

 private:
  struct Asked {
    std::string person;
    std::string room;
  };
  bool load(Place& failure);
  std::vector<Asked> unknown(const std::set<std::string>& people) const;
  void look(const std::vector<Asked>& asked, std::map<std::string, Place>& places);
  void make(const std::set<std::string>& people, std::map<std::string, Place>& places);
  void remember();

  MatrixAccess& access_;
  HttpClient http_;
  Throttle throttle_;
  bool has_forgotten_ = false;  // to write the list down

  mutable std::mutex mutex_;  // of what follows
  bool is_loaded_ = false;
  DirectRooms direct_;
  std::map<std::string, Membership, std::less<>> memberships_;  // of its person, by room
  std::map<std::string, std::string, std::less<>> people_;      // by room
};

// What the homeserver's answer to anything but a message means for the message that waits for it.
// It was certainly not sent.
Verdict matrix_failure(const HttpAnswer& answer);

}  // namespace tocsin::channel
