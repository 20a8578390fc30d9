#include "screen/staff/stint_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "roster/reading/rota_calendar.h"
#include "roster/rota/on_call.h"

namespace tocsin::cli {

using nlohmann::json;

namespace {

void print_json(Output& out, const ShownStints& shown) {
  auto list = json::array();
  for (const roster::Listed& one : shown.stints)
    list.push_back({{"person", one.person->id.str()},
                    {"name", one.person->name},
                    {"duty", to_text(one.stint.duty)},
                    {"role", role_in(one.stint, *one.person).str()},
                    {"ward", ward_in(one.stint, *one.person).str()},
                    {"from", base::to_rfc3339(one.stint.from)},
                    {"until", base::to_rfc3339(one.stint.until)}});
  out.json({{"about", shown.about.empty() ? json(nullptr) : json(shown.about)},
            {"from", base::to_rfc3339(shown.within.from)},
            {"until", base::to_rfc3339(shown.within.until)},
            {"stints", std::move(list)}});
}

void print_text(Output& out, const ShownStints& shown) {
  if (!shown.about.empty()) out.line(out.paint(Paint::bold, base::printable(shown.about)));
  for (const roster::Listed& one : shown.stints)
    out.line(fmt::format("{} to {}  {} {} {} {} {}", base::local_stamp(one.stint.from),
                         base::local_stamp(one.stint.until), out.cell(to_text(one.stint.duty), 7),
                         out.cell(one.person->id.str(), 10),
                         out.cell(base::printable(one.person->name), 24),
                         out.cell(role_in(one.stint, *one.person).str(), 24),
                         ward_in(one.stint, *one.person).str()));
  out.note(fmt::format(
      "{} from {} to {}; {}", base::counted(shown.stints.size(), "stint", "stints"),
      base::local_stamp(shown.within.from), base::local_stamp(shown.within.until), shown.reach));
}

}  // namespace

void print_stints(Output& out, StintForm form, const ShownStints& shown,
                  const roster::Roster& roster, base::Instant now) {
  switch (form) {
    case StintForm::text:
      return print_text(out, shown);
    case StintForm::json:
      return print_json(out, shown);
    case StintForm::calendar:
      return out.text(roster::rota_calendar(shown.stints, roster, now));
  }
}

}  // namespace tocsin::cli
