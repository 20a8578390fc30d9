// What a command line says of a rota: a role, the time that is looked at, the form of the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "input/context.h"
#include "input/options.h"
#include "roster/rota/horizon.h"
#include "roster/rota/rota.h"
#include "screen/staff/stint_view.h"

namespace tocsin::cli {

// The role in its canonical form; empty when nothing was said. A role that neither roster nor rota
// has gets a note with the nearest one: the answer will be empty, and this is why.
roster::RoleId role_named(const Context& context, const roster::Rota& rota,
                          const roster::Roster& roster, const std::string& text);

// A time of the rota: the first one from `after` on, as `when` reads it, or a day such as
// 2026-11-22, "today" or "tomorrow", of which the beginning is meant or the end.
enum class Edge : std::uint8_t { begin, end };
base::Instant rota_time(const std::string& text, base::Instant now, base::Instant after, Edge edge);
// The day that a text names, or nothing.
std::optional<roster::Date> day_named(const std::string& text, base::Instant now);

// --from, --until and --ics, which the commands that show stints share.
class StintFlags {
 public:
  void describe(Options& app, const std::string& until_when);
  // From now, or --from, for so long unless --until says otherwise. A Fault (usage) when it ends
  // before it begins.
  roster::Stretch within(base::Instant now, base::Milliseconds length) const;
  bool is_given() const { return !from_.empty() || !until_.empty(); }
  StintForm form(const Context& context) const;

 private:
  std::string from_;
  std::string until_;
  bool ics_ = false;
};

}  // namespace tocsin::cli
