// Why a post of the best allocation has empty seats, in words for the coordinator. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "allocation/problem.h"

namespace tocsin::allocation {

// Where the responders are who could hold a post.
struct Able {
  std::int64_t here = 0;             // hold it
  std::int64_t higher_priority = 0;  // hold a post of higher priority
  std::int64_t same_priority = 0;    // hold another post of the same priority
  std::int64_t kept_away = 0;        // have the skills, but are barred or fixed elsewhere

  std::int64_t all() const noexcept { return here + higher_priority + same_priority; }
};

// "airway and paediatrics", "ed and one of nurse or paramedic"; empty when the post asks for
// nothing.
std::string wanted_skills(const Post& post);

// An empty seat means that nobody able is free: in the best allocation they would have it, late or
// not.
std::string reason_unfilled(const Post& post, const Able& able,
                            std::span<const Responder* const> responders);

}  // namespace tocsin::allocation
