// What a drill found: numbers for scripts, and the same in words for people.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/instant.h"
#include "drill/people.h"
#include "incident/state.h"

namespace tocsin::drill {

struct Filled {
  int required = 0;
  int filled = 0;   // somebody with a seat there has arrived
  int on_time = 0;  // arrived by the time that their seat was needed
};

struct AreaResult {
  std::string id;
  std::string title;
  Filled posts;
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
  std::size_t decisions = 0;
  std::size_t events = 0;
  std::string head;
  double wall_seconds = 0;

  bool is_complete() const noexcept;  // every post filled on time
};

// The fields of people, posts and areas from where the incident ended up.
Report summarise(const incident::State& state, const People& people);

nlohmann::json to_json(const Report& report);
std::string to_text(const Report& report);  // for people, 80 columns, ends with a newline

}  // namespace tocsin::drill
