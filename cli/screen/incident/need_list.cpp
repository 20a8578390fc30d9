#include "screen/incident/need_list.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using incident::PostIndex;
using incident::State;
using nlohmann::json;

json need_json(const State& state, PostIndex index) {
  const playbook::Post& post = state.playbook.posts[index];
  auto steps = json::array();
  for (const playbook::Need& need : post.needs)
    steps.push_back({{"count", need.count}, {"by", base::to_rfc3339(state.at(need.by))}});
  return {{"post", post.id.str()},
          {"area", post.area.str()},
          {"role", post.role.str()},
          {"shift", post.shift.str()},
          {"filled", post.count() - state.open_seats(index)},
          {"required", post.count()},
          {"minimum", post.minimum},
          {"needs", steps}};
}

std::string need_line(const Output& out, const State& state, PostIndex index) {
  const playbook::Post& post = state.playbook.posts[index];
  std::string needs;
  for (const playbook::Need& need : post.needs)
    needs += fmt::format("{}{} by {}", needs.empty() ? "" : ", ", need.count,
                         base::local_clock(state.at(need.by)));
  return base::printable(fmt::format("  {} {} {:>3} of {:<3} {}", out.cell(post.role.str(), 26),
                                     out.cell(post.shift.str(), 10),
                                     post.count() - state.open_seats(index), post.count(), needs));
}

}  // namespace

void print_needs(Output& out, Form form, const State& state) {
  const auto& posts = state.playbook.posts;
  if (form == Form::json) {
    auto rows = json::array();
    for (PostIndex p = 0; p < posts.size(); ++p) rows.push_back(need_json(state, p));
    return out.json(rows);
  }
  std::string area;
  for (PostIndex p = 0; p < posts.size(); ++p) {
    if (posts[p].area.str() != area) {
      area = posts[p].area.str();
      out.line(out.paint(Paint::bold,
                         base::printable(fmt::format(
                             "{}: {}", area, state.playbook.find_area(posts[p].area)->title))));
    }
    out.line(need_line(out, state, p));
  }
}

}  // namespace tocsin::cli
