#include "incident/find.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"

namespace tocsin::incident {

namespace {

using base::Exit;
using base::Fault;

constexpr std::size_t kMostListed = 6;

bool same(std::string_view a, std::string_view b) { return base::to_lower(a) == base::to_lower(b); }

// Every word that was typed begins a word of the name: "a mor" means Ana Moreira.
bool abbreviates(std::string_view typed, std::string_view name) {
  const std::string lower_typed = base::to_lower(typed);
  const std::string lower_name = base::to_lower(name);
  const auto words = base::split(lower_name, ' ');
  for (const std::string_view part : base::split(lower_typed, ' ')) {
    if (part.empty()) continue;
    if (std::none_of(words.begin(), words.end(),
                     [&](std::string_view word) { return word.starts_with(part); }))
      return false;
  }
  return true;
}

[[noreturn]] void unknown(std::string_view what, std::string_view text,
                          const std::vector<std::string_view>& known, std::string_view otherwise) {
  const auto meant = base::did_you_mean(text, known);
  throw Fault(Exit::usage, fmt::format("there is no {} \"{}\"", what, text),
              meant ? fmt::format("did you mean \"{}\"?", *meant) : std::string{otherwise});
}

}  // namespace

PersonIndex find_person(const State& state, std::string_view typed) {
  const std::string_view text = base::trim(typed);
  if (const auto exact = state.person_index(PersonId{text})) return *exact;
  std::vector<PersonIndex> found;
  const auto collect = [&](const auto& matches) {
    for (PersonIndex p = 0; p < state.people.size(); ++p)
      if (matches(state.roster[p])) found.push_back(p);
  };
  if (!text.empty()) {
    collect([&](const roster::Responder& r) { return same(r.id.str(), text); });
    if (found.empty()) collect([&](const roster::Responder& r) { return same(r.name, text); });
    if (found.empty())
      collect([&](const roster::Responder& r) { return abbreviates(text, r.name); });
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    std::string list;
    for (std::size_t i = 0; i < std::min(found.size(), kMostListed); ++i) {
      const roster::Responder& row = state.roster[found[i]];
      list += fmt::format("{}{} ({}{})", list.empty() ? "" : ", ", row.id.str(), row.name,
                          row.role.empty() ? "" : ", " + row.role.str());
    }
    if (found.size() > kMostListed) list += fmt::format(" and {} more", found.size() - kMostListed);
    throw Fault(Exit::usage, fmt::format("\"{}\" could be {} people", text, found.size()),
                "give one of these ids: " + list);
  }
  std::vector<std::string_view> known;
  for (const roster::Responder& row : state.roster.responders()) {
    known.push_back(row.id.str());
    known.push_back(row.name);
    // A family name alone is what people type most, and mistype.
    known.push_back(base::split(row.name, ' ').back());
  }
  unknown("person", text, known, "\"tocsin staff list\" shows who is on the roster");
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
  std::vector<std::string_view> known;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    const std::string in_area = fmt::format("{}/{}", post.area.str(), post.role.str());
    if (same(post.id.str(), text) || same(in_area, text)) return p;
    known.push_back(post.id.str());
  }
  unknown("post", text, known, "write AREA/ROLE or AREA/ROLE/SHIFT; \"tocsin need\" lists them");
}

bool names_post(std::string_view text) noexcept { return text.find('/') != std::string_view::npos; }

}  // namespace tocsin::incident
