#include "incident/state/find.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "roster/people/lookup.h"

namespace tocsin::incident {

namespace {

using base::Exit;
using base::Fault;

constexpr std::size_t kMostListed = 6;

bool same(std::string_view a, std::string_view b) { return base::to_lower(a) == base::to_lower(b); }

[[noreturn]] void unknown(std::string_view what, std::string_view text,
                          const std::vector<std::string_view>& known, std::string_view otherwise) {
  const auto meant = base::did_you_mean(text, known);
  throw Fault(Exit::usage, fmt::format("there is no {} \"{}\"", what, text),
              meant ? fmt::format("did you mean \"{}\"?", *meant) : std::string{otherwise});
}

}  // namespace

PersonIndex find_person(const State& state, std::string_view text) {
  const auto described = [&](const std::vector<const roster::Responder*>& people) {
    std::vector<std::string> parts;
    for (const roster::Responder* row : people) {
      if (parts.size() == kMostListed) {
        parts.push_back(fmt::format("and {} more", people.size() - kMostListed));
        break;
      }
      parts.push_back(fmt::format("{} ({}{}{})", row->id.str(), row->name,
                                  row->role.empty() ? "" : ", ", row->role.str()));
    }
    return base::join(parts, ", ");
  };
  const roster::Found found = roster::find_person(state.roster, text);
  if (const auto* one = std::get_if<const roster::Responder*>(&found))
    return *state.person_index((*one)->id);
  if (const auto* several = std::get_if<std::vector<const roster::Responder*>>(&found))
    throw Fault(Exit::usage, fmt::format("\"{}\" could be {} people", text, several->size()),
                "give one of these ids: " + described(*several));
  const auto& nearest = std::get<roster::NobodyFound>(found).nearest;
  throw Fault(Exit::usage, fmt::format("there is nobody called \"{}\"", text),
              nearest.empty() ? "\"tocsin staff list\" shows who is on the roster"
                              : fmt::format("did you mean {}?", described(nearest)));
}

const playbook::Area& find_area(const State& state, std::string_view text) {
  std::vector<std::string_view> known;
  for (const playbook::Area& area : state.playbook.areas) {
    if (same(area.id.str(), text) || same(area.title, text)) return area;
    known.push_back(area.id.str());
    known.push_back(area.title);
  }
  unknown("area", text, known, "\"tocsin need\" lists areas and roles");
}

std::vector<PostIndex> find_posts(const State& state, const playbook::Area* area,
                                  std::string_view role) {
  std::vector<PostIndex> found;
  std::vector<std::string_view> known;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    if (area != nullptr && post.area != area->id) continue;
    if (same(post.role.str(), role) || same(post.title, role)) found.push_back(p);
    known.push_back(post.role.str());
    known.push_back(post.title);
  }
  if (found.empty())
    unknown(area == nullptr ? std::string{"role"} : "role in " + area->id.str(), role, known,
            "\"tocsin need\" lists areas and roles");
  return found;
}

PostIndex find_post(const State& state, std::string_view text) {
  std::vector<std::string> in_areas;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    in_areas.push_back(fmt::format("{}/{}", post.area.str(), post.role.str()));
    if (same(post.id.str(), text) || same(in_areas.back(), text)) return p;
  }
  std::vector<std::string_view> known(in_areas.begin(), in_areas.end());
  for (const playbook::Post& post : state.playbook.posts) known.push_back(post.id.str());
  unknown("post", text, known, "write AREA/ROLE or AREA/ROLE/SHIFT; \"tocsin need\" lists them");
}

bool names_post(std::string_view text) noexcept { return text.find('/') != std::string_view::npos; }

}  // namespace tocsin::incident
