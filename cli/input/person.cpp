#include "input/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/fault.h"
#include "roster/people/lookup.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

std::string names_of(const std::vector<const roster::Responder*>& people) {
  constexpr std::size_t kMost = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(people.size(), kMost); ++i)
    out += fmt::format("{}{} ({})", i == 0 ? "" : ", ", people[i]->name, people[i]->id.str());
  if (people.size() > kMost) out += fmt::format(" and {} more", people.size() - kMost);
  return out;
}

}  // namespace

const roster::Responder& person_named(const roster::Roster& roster, std::string_view text) {
  const roster::Found found = roster::find_person(roster, text);
  if (const auto* person = std::get_if<const roster::Responder*>(&found)) return **person;
  if (const auto* several = std::get_if<std::vector<const roster::Responder*>>(&found))
    throw Fault(Exit::usage, fmt::format("\"{}\" could be {} people", text, several->size()),
                fmt::format("name one by id: {}", names_of(*several)));
  const auto& nearest = std::get<roster::NobodyFound>(found).nearest;
  throw Fault(Exit::usage, fmt::format("\"{}\" is nobody on the roster", text),
              nearest.empty() ? std::string{"\"tocsin staff list\" shows who is on it"}
                              : fmt::format("did you mean {}?", names_of(nearest)));
}

}  // namespace tocsin::cli
