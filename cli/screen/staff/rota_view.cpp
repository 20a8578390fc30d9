#include "screen/staff/rota_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"

namespace tocsin::cli {

namespace {

std::string name_on(const roster::Roster& roster, const roster::PersonId& id) {
  const roster::Responder* person = roster.find(id);
  return person == nullptr ? std::string{} : person->name;
}

}  // namespace

void print_overrides(Output& out, Form form, const std::vector<roster::Override>& overrides,
                     const roster::Roster& roster) {
  if (form == Form::json) {
    auto list = nlohmann::json::array();
    for (const roster::Override& change : overrides)
      list.push_back({{"number", change.number},
                      {"person", change.stint.person.str()},
                      {"name", name_on(roster, change.stint.person)},
                      {"duty", to_text(change.stint.duty)},
                      {"role", change.stint.role.str()},
                      {"ward", change.stint.ward.str()},
                      {"from", base::to_rfc3339(change.stint.from)},
                      {"until", base::to_rfc3339(change.stint.until)},
                      {"reason", change.reason},
                      {"added", base::to_rfc3339(change.added)}});
    return out.json(list);
  }
  for (const roster::Override& change : overrides)
    out.line(fmt::format(
        "{:>4}  {} {} {} to {}  {}", change.number,
        out.cell(
            fmt::format("{} {}", change.stint.person.str(), name_on(roster, change.stint.person)),
            30),
        out.cell(to_text(change.stint.duty), 8), base::local_stamp(change.stint.from),
        base::local_stamp(change.stint.until), base::printable(change.reason)));
  if (overrides.empty()) out.note("the rota has no overrides");
}

}  // namespace tocsin::cli
