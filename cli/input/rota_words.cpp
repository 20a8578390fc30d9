#include "input/rota_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/fault.h"
#include "base/text.h"
#include "input/when.h"
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

void StintFlags::describe(Options& app, const std::string& until_when) {
  app.add_option("--from", from_, "Since when; now unless it is given")->type_name("TIME");
  app.add_option("--until", until_, "Until when; " + until_when)->type_name("TIME");
  app.add_flag("--ics", ics_, "Print a calendar (iCalendar) instead");
}

roster::Stretch StintFlags::within(base::Instant now, base::Milliseconds length) const {
  roster::Stretch out;
  out.from = when(from_, now);
  out.until = until_.empty() ? out.from + length : when(until_, out.from);
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
