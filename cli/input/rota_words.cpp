#include "input/rota_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/fault.h"
#include "base/text.h"
#include "input/when.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/rota/listing.h"

namespace tocsin::cli {

using base::Exit;
using base::Fault;

roster::RoleId role_named(const Context& context, const roster::Rota& rota,
                          const roster::Roster& roster, const std::string& text) {
  const std::string word = roster::canonical_word(text);
  if (word.empty()) return {};
  const std::vector<std::string> known = known_roles(rota, roster);
  if (std::find(known.begin(), known.end(), word) == known.end()) {
    const std::vector<std::string_view> candidates{known.begin(), known.end()};
    const auto near = base::did_you_mean(word, candidates);
    context.out.note(fmt::format("neither roster nor rota has a role \"{}\"{}",
                                 base::printable(word),
                                 near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
  }
  return roster::RoleId{word};
}

std::optional<roster::Date> day_named(const std::string& text, base::Instant now) {
  if (text != "today" && text != "tomorrow") return roster::parse_date(text);
  const base::Civil civil = base::to_local(now);
  const roster::Date today = std::chrono::year{civil.year} /
                             std::chrono::month{static_cast<unsigned>(civil.month)} /
                             std::chrono::day{static_cast<unsigned>(civil.day)};
  return text == "today" ? today : today + std::chrono::days{1};
}

base::Instant rota_time(const std::string& text, base::Instant now, base::Instant after,
                        Edge edge) {
  const auto day = day_named(text, now);
  if (!day) return when(text, after);
  return roster::local_instant(edge == Edge::begin ? *day : *day + std::chrono::days{1},
                               base::Minutes{0});
}

void StintFlags::describe(Options& app, const std::string& until_when) {
  app.add_option("--from", from_, "Since when; now unless it is given")->type_name("TIME");
  app.add_option("--until", until_, "Until when; " + until_when)->type_name("TIME");
  app.add_flag("--ics", ics_, "Print a calendar (iCalendar) instead");
}

roster::Stretch StintFlags::within(base::Instant now, base::Milliseconds length) const {
  roster::Stretch out;
  out.from = rota_time(from_, now, now, Edge::begin);
  out.until = until_.empty() ? out.from + length : rota_time(until_, now, out.from, Edge::end);
  if (out.until <= out.from)
    throw Fault(Exit::usage, "it ends before it begins", "look at --from and --until");
  return out;
}

StintForm StintFlags::form(const Context& context) const {
  if (ics_ && context.json)
    throw Fault(Exit::usage, "--ics and --json are two forms of one answer", "name one of them");
  return ics_ ? StintForm::calendar : context.json ? StintForm::json : StintForm::text;
}

}  // namespace tocsin::cli
