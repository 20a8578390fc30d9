#include "playbook/need.h"

#include <fmt/format.h>

#include "base/text.h"
#include "document/fields.h"

namespace tocsin::playbook {

namespace {

using base::Minutes;
using document::shown;

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::string_view part : base::split(text, ',')) {
    for (;;) {
      const auto then = part.find(" then ");
      parts.push_back(base::trim(part.substr(0, then)));
      if (then == std::string_view::npos) break;
      part = part.substr(then + 6);
    }
  }
  return parts;
}

constexpr std::string_view kExample = "say \"3 by 20min\" or \"3 by 20min then 6 by 60min\"";

std::variant<Need, NeedFault> parse_part(std::string_view part, const Minutes* otherwise) {
  const auto by = part.find(" by ");
  const std::string_view count_text = base::trim(part.substr(0, by));
  const auto count = base::parse_count(count_text, kMostSeats);
  if (!count || *count == 0)
    return NeedFault{
        fmt::format("expected how many from 1 to {}, not \"{}\"", kMostSeats, shown(count_text)),
        std::string{kExample}};
  if (by == std::string_view::npos) {
    if (otherwise == nullptr)
      return NeedFault{fmt::format("{} by when?", *count), std::string{kExample}};
    return Need{static_cast<int>(*count), *otherwise};
  }
  const std::string_view time_text = base::trim(part.substr(by + 4));
  const auto time = document::parse_time(time_text);
  if (!time)
    return NeedFault{
        fmt::format("expected a time such as 25min, 2h or 1h30, not \"{}\"", shown(time_text)),
        std::string{kExample}};
  return Need{static_cast<int>(*count), *time};
}

}  // namespace

std::variant<std::vector<Need>, NeedFault> parse_needs(std::string_view text,
                                                       const Minutes* otherwise) {
  constexpr std::size_t kMostParts = 8;
  const auto parts = parts_of(text);
  if (parts.size() > kMostParts)
    return NeedFault{fmt::format("{} steps: at most {} are read", parts.size(), kMostParts), {}};
  std::vector<Need> needs;
  for (const std::string_view part : parts) {
    const auto parsed = parse_part(part, otherwise);
    if (const auto* fault = std::get_if<NeedFault>(&parsed)) return *fault;
    const Need need = std::get<Need>(parsed);
    if (!needs.empty() && need.count <= needs.back().count)
      return NeedFault{
          fmt::format("{} after {}: the counts must rise", need.count, needs.back().count),
          "each count includes the ones before it"};
    if (!needs.empty() && need.by <= needs.back().by)
      return NeedFault{fmt::format("{} after {}: the times must rise", base::minutes_text(need.by),
                                   base::minutes_text(needs.back().by)),
                       "put the earliest first"};
    needs.push_back(need);
  }
  return needs;
}

}  // namespace tocsin::playbook
