#include "playbook/reading/need.h"

#include <limits>

#include "base/text.h"
#include "document/fields.h"

namespace tocsin::playbook {

namespace {

NeedStep parse_step(std::string_view text) {
  constexpr std::string_view kBy = " by ";
  NeedStep step;
  const auto by = text.find(kBy);
  step.count_text = base::trim(text.substr(0, by));
  if (const auto count = base::parse_count(step.count_text, std::numeric_limits<int>::max()))
    step.count = static_cast<int>(*count);
  if (by == std::string_view::npos) return step;
  step.time_text = base::trim(text.substr(by + kBy.size()));
  step.by = document::parse_time(*step.time_text);
  return step;
}

}  // namespace

std::vector<NeedStep> parse_need(std::string_view text) {
  constexpr std::string_view kThen = " then ";
  std::vector<NeedStep> steps;
  for (std::string_view part : base::split(text, ',')) {
    for (;;) {
      const auto then = part.find(kThen);
      steps.push_back(parse_step(base::trim(part.substr(0, then))));
      if (then == std::string_view::npos) break;
      part = part.substr(then + kThen.size());
    }
  }
  return steps;
}

}  // namespace tocsin::playbook
