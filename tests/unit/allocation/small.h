// Posts and responders for problems that a test writes by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "allocation/problem.h"

namespace tocsin::allocation {

inline Post post(std::string id, std::int64_t count, std::vector<SkillId> skills = {},
                 std::int64_t priority = 1) {
  Post result;
  result.id = PostId{id};
  result.shift = ShiftId{"response"};
  result.count = count;
  result.priority = priority;
  result.skills = std::move(skills);
  return result;
}

inline Responder responder(std::string id, std::vector<SkillId> skills = {}, int eta = 10) {
  Responder result;
  result.id = ResponderId{id};
  result.skills = std::move(skills);
  result.eta = Minutes{eta};
  return result;
}

inline const SkillId airway{"airway"};
inline const SkillId paediatrics{"paediatrics"};
inline const SkillId nurse{"nurse"};

}  // namespace tocsin::allocation
