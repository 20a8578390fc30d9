#include "screen/staff/history_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using nlohmann::json;

json called_json(const std::vector<TimesCalled>& people) {
  json called = json::array();
  for (const TimesCalled& one : people)
    called.push_back({{"person", one.id.str()}, {"name", one.name}, {"times", one.times}});
  return called;
}

json nights_json(const std::vector<record::Night>& nights) {
  json list = json::array();
  for (const record::Night& night : nights)
    list.push_back({{"incident", night.label},
                    {"exercise", night.realness == seal::Realness::exercise},
                    {"declared_at", base::to_rfc3339(night.declared)},
                    {"asked_by_device", record::asked_by_device(night)},
                    {"answered_by_device", night.counts.answered},
                    {"rung", night.counts.picked_up + night.counts.not_picked_up},
                    {"picked_up", night.counts.picked_up},
                    {"coming", night.counts.coming},
                    {"later", night.counts.later},
                    {"last_resort", night.counts.last_resort},
                    {"no", night.counts.no}});
  return list;
}

void print_called(Output& out, const std::vector<TimesCalled>& people) {
  if (people.empty())
    out.line("nobody was called in the last twelve months");
  else
    out.line(out.paint(Paint::bold, fmt::format("{} {} CALLED IN THE LAST TWELVE MONTHS",
                                                out.cell("ID", 10), out.cell("NAME", 24))));
  for (const TimesCalled& one : people)
    out.line(fmt::format("{} {} {}", out.cell(one.id.str(), 10),
                         out.cell(one.name.empty() ? "(has left)" : base::printable(one.name), 24),
                         one.times == 0   ? std::string{"never"}
                         : one.times == 1 ? std::string{"once"}
                                          : fmt::format("{} times", one.times)));
}

void print_nights(Output& out, const std::vector<record::Night>& nights) {
  if (nights.empty()) return;
  out.line("");
  out.line(out.paint(Paint::bold, fmt::format("{} {}   ASKED  ANSWERED  COMING  RUNG  PICKED UP",
                                              out.cell("NIGHT", 20), out.cell("", 8))));
  for (const record::Night& night : nights) {
    const callout::Evidence& counts = night.counts;
    out.line(fmt::format("{} {} {:>7} {:>9} {:>7} {:>5} {:>10}",
                         out.cell(base::printable(night.label), 20),
                         out.cell(night.realness == seal::Realness::real ? "real" : "exercise", 8),
                         record::asked_by_device(night), counts.answered, counts.coming,
                         counts.picked_up + counts.not_picked_up, counts.picked_up));
  }
}

}  // namespace

void print_history(Output& out, Form form, const std::vector<TimesCalled>& people,
                   const std::vector<record::Night>& nights) {
  if (form == Form::json)
    return out.json({{"called", called_json(people)}, {"nights", nights_json(nights)}});
  print_called(out, people);
  print_nights(out, nights);
}

}  // namespace tocsin::cli
