// The result of a drill: numbers for scripts, and a text for people.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/instant.h"
#include "drill/people/people.h"
#include "drill/people/policy.h"
#include "drill/report/calibration.h"
#include "drill/report/hindsight.h"
#include "drill/report/watch.h"
#include "incident/state/state.h"

namespace tocsin::drill {

struct Filled {
  int required = 0;
  int filled = 0;   // seats whose holder was there in the end
  int on_time = 0;  // seats with somebody there when they were needed
  bool all_on_time() const noexcept { return on_time == required; }
};

struct AreaResult {
  std::string id;
  std::string title;
  Filled posts;
};

struct PostResult {
  std::string id;
  std::string area;  // id
  playbook::Priority priority = 1;
  bool relief = false;  // of a later shift than the first
  base::Minutes by{0};  // when its last seat is needed
  Filled seats;
  int held = 0;           // seats with a holder, there or not
  int from_off_duty = 0;  // seats that nobody on duty holds
  int asked = 0;          // people who were asked for this post
};

// Among the people off duty who could be asked and can hold one of these posts: those who would say
// that they are coming if a message went to them in the first second. It is known, because every
// night is drawn before it begins.
struct Yield {
  int able = 0;
  int would_come = 0;
};

// One way to the people of a world, by what the journal says.
struct Way {
  incident::ChannelId channel;
  std::size_t have = 0;                                // people who can be reached there
  std::size_t asked = 0, delivered = 0, answered = 0;  // people, of those who have it
};

struct Report {
  std::string exercise;  // label of the incident
  std::string playbook;  // id
  std::uint64_t seed = 0;
  std::size_t staff = 0;
  base::Minutes minutes{0};  // simulated

  struct Messages {
    std::size_t sent = 0, delivered = 0, duplicates = 0, rejected = 0;
  } messages;
  incident::Counts people;
  int surplus_arrivals = 0;  // arrived and had no post
  Filled posts;              // of the first shift
  std::vector<AreaResult> areas;
  Filled relief;  // of the later shifts
  std::size_t interruptions = 0;
  std::size_t interruptions_first_hour = 0;
  std::size_t decisions = 0;
  std::size_t events = 0;
  std::string head;
  double wall_seconds = 0;

  std::vector<Way> ways;  // of a world, in the order of the cascade

  // For experiments; not printed in the report of one run.
  Policy policy = Policy::measured;
  double belief = 1;
  std::vector<PostResult> post_results;      // in the playbook's order
  Yield yield_sooner, yield_later;           // of first shift posts due within kSoon, and later
  std::vector<incident::PersonIndex> asked;  // the people asked
  Hindsight hindsight;                       // when the settings ask for it
  std::vector<Look> looks;                   // of the first kCurve
  Calibrating forecasts;                     // all that the loop made

  static constexpr base::Minutes kSoon{60};  // posts due earlier are due soon
  static constexpr base::Minutes kCurve{180};

  bool is_complete() const noexcept;  // every post filled on time
};

// Fills the report except seed, minutes, head and wall_seconds, which the run knows. `rings` are
// the offers that rang the coordinator, in all and in the first hour.
struct Rings {
  std::size_t all = 0;
  std::size_t first_hour = 0;
};
Report summarise(const incident::State& state, const People& people, const Watch& watch,
                 const Rings& rings);

// Who was asked, reached and heard by which way.
std::vector<Way> ways_of(const incident::State& state);

nlohmann::json to_json(const Report& report);
std::string to_text(const Report& report);  // for people, 80 columns, ends with a newline

}  // namespace tocsin::drill
