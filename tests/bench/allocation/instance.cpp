#include "bench/allocation/instance.h"

#include <algorithm>
#include <array>
#include <string>

namespace tocsin::bench {

using allocation::Minutes;
using allocation::Post;
using allocation::PostId;
using allocation::Problem;
using allocation::Responder;
using allocation::ResponderId;
using allocation::ShiftId;
using allocation::SkillId;
using base::SeededRandom;

namespace {

constexpr std::size_t kSkills = 30;
constexpr std::array<const char*, 3> kShifts{"response", "relief", "second-relief"};
constexpr std::int64_t kShiftMinutes = 480;

SkillId skill(std::uint64_t number) { return SkillId{"skill-" + std::to_string(number)}; }
PostId post_id(std::uint64_t number) { return PostId{"post-" + std::to_string(number)}; }

}  // namespace

Responder draw_responder(SeededRandom& random, const Size& size, std::size_t number) {
  Responder responder;
  responder.id = ResponderId{"r" + std::to_string(number)};
  for (std::uint64_t s = 0; s < kSkills; ++s)
    if (random.chance(0.2)) responder.skills.push_back(skill(s));
  // Half of the people take at most 40 minutes, one in twenty takes more than two hours.
  const double minutes = std::clamp(random.log_normal(3.7, 0.66), 5.0, 400.0);
  responder.eta = Minutes{static_cast<std::int64_t>(minutes)};
  responder.last_resort = random.chance(0.1);
  for (const char* shift : kShifts)
    if (random.chance(0.15)) responder.breaches.emplace_back(shift);
  if (random.chance(0.1)) responder.told = post_id(random.below(size.posts));
  return responder;
}

Problem draw_problem(SeededRandom& random, const Size& size) {
  Problem problem;
  const double mean =
      static_cast<double>(size.responders) * size.seats_each / static_cast<double>(size.posts);
  for (std::size_t p = 0; p < size.posts; ++p) {
    Post post;
    post.id = post_id(p);
    const std::uint64_t shift = random.below(kShifts.size());
    post.shift = ShiftId{kShifts[shift]};
    post.from = Minutes{static_cast<std::int64_t>(shift) * kShiftMinutes};
    if (shift == 0) {
      constexpr std::array<int, 3> kBy{20, 60, 120};
      post.by = Minutes{kBy[random.below(kBy.size())]};
    }
    post.priority = static_cast<std::int64_t>(1 + random.below(3));
    post.count = static_cast<std::int64_t>(mean * (0.5 + random.uniform()) + 0.5);
    post.minimum = post.count * 2 / 3;
    for (std::uint64_t needed = 1 + random.below(3); needed > 0; --needed)
      post.skills.push_back(skill(random.below(kSkills)));
    problem.posts.push_back(post);
  }
  for (std::size_t r = 0; r < size.responders; ++r)
    problem.responders.push_back(draw_responder(random, size, r));
  return problem;
}

}  // namespace tocsin::bench
