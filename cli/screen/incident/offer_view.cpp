#include "screen/incident/offer_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::cli {

std::vector<std::string> offer_lines(const Output& out, const incident::State& state,
                                     const std::vector<incident::Offer>& offers) {
  std::vector<std::string> lines;
  for (const incident::Offer& offer : offers) {
    const roster::Responder& row = state.roster[offer.person];
    const std::string fills =
        offer.fills ? "would fill " + state.playbook.posts[*offer.fills].id.str() : "";
    lines.emplace_back(base::trim(base::printable(
        fmt::format("{}  {}  {}  {} {}", base::local_clock(offer.arrives), out.cell(row.name, 26),
                    out.cell(row.role.str(), 20),
                    out.cell(incident::to_text(state.people[offer.person].answer), 12), fills))));
  }
  return lines;
}

nlohmann::json offers_json(const incident::State& state, const std::vector<incident::Offer>& offers,
                           base::Instant now) {
  auto rows = nlohmann::json::array();
  for (const incident::Offer& offer : offers) {
    const roster::Responder& row = state.roster[offer.person];
    rows.push_back(
        {{"person", row.id.str()},
         {"name", row.name},
         {"role", row.role.str()},
         {"answer", incident::to_text(state.people[offer.person].answer)},
         {"arrives", base::to_rfc3339(offer.arrives)},
         {"fills", offer.fills ? nlohmann::json(state.playbook.posts[*offer.fills].id.str())
                               : nlohmann::json(nullptr)}});
  }
  return {{"incident", state.declared.label}, {"at", base::to_rfc3339(now)}, {"offers", rows}};
}

}  // namespace tocsin::cli
