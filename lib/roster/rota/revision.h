// What a later file makes of the stints of an earlier one: a swap, a new version of a series, or a
// cancellation takes the place of what was planned (RFC 5545, 3.8.4.4; RFC 5546, 2.1.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "document/finding.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// What a file says about one event, whether or not it plans a stint: a swap to somebody who is not
// on the roster takes a stint away all the same.
struct Edition {
  enum class Of : std::uint8_t {
    series,  // everything of its UID
    later,   // those of its UID that were to begin at `original` or after
    one,     // the repetition that was to begin at `original`
    day,     // the repetitions that were to begin on the local day of `original`
  };
  std::string uid;
  Of of = Of::series;
  base::Instant original{};
  int sequence = 0;
  base::Instant stamp{};
  bool called_off = false;  // of a series: all of it was cancelled

  friend bool operator==(const Edition&, const Edition&) = default;
};

// A change of all later repetitions whose series is in another file: what becomes of each one.
struct LaterChange {
  struct Span {
    base::Instant from;
    base::Instant until;
  };
  std::string uid;
  base::Instant begins{};
  int sequence = 0;
  base::Instant stamp{};
  std::vector<Stint> stints;  // without their times; none when it calls off
  std::function<Span(base::Instant original)> move;
  document::Place place;
  bool is_used = false;  // its series was found
};

// What files plan.
struct Draft {
  std::vector<Planned> stints;
  std::vector<Edition> editions;
  std::vector<LaterChange> changes_of_others = {};
};
Draft draft_of(const Rota& rota);
Draft draft_of(std::vector<Stint> stints);  // of a table

// Whether a draft is no rota by itself: it has nothing but changes and cancellations of events that
// the rota has from an earlier file.
bool only_changes(const Draft& draft, const Rota& rota);

struct Revised {
  Draft draft;
  std::size_t replaced = 0;  // stints of the earlier draft that the later one has not
  std::size_t outdated =
      0;  // stints of the later draft that the earlier one has in a newer version
};

// A newer version replaces all of a series, and a repetition that is written by itself replaces
// that of its series, in whichever order the files come. A change of all later repetitions replaces
// those of the series that nobody wrote by themselves. Of two equal versions of a series a stint
// is replaced when duty, role, ward and original beginning are the same: otherwise two systems may
// use one UID, and both stay. A cancellation counts before what it has the version of. What has no
// UID stays.
Revised revise(Draft earlier, Draft later);

}  // namespace tocsin::roster
