// tocsin need: sets how many people a post needs by when. Without arguments, lists all needs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "incident/state/find.h"
#include "input/when.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Access;
using control::Session;
using incident::State;

class Need final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("area", area_, "The area, by id or title")->type_name("AREA");
    app.add_option("role", role_, "The role in it, by id or title")->type_name("ROLE");
    app.add_option("count", count_, "How many in all")->type_name("COUNT");
    app.add_option("--by", by_, "When they are needed: +30min, 23:30")->type_name("TIME");
    app.add_option("--shift", shift_, "The shift, when the role is in more than one")
        ->type_name("SHIFT");
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    if (area_.empty()) return list(context);
    if (role_.empty() || count_.empty())
      throw Fault(Exit::usage, "a need is an area, a role and a count",
                  "such as: tocsin need resus nurse 8 --by +30min");
    const auto count = base::parse_count(count_, kMostSeats);
    if (!count)
      throw Fault(Exit::usage, fmt::format("\"{}\" is not a number of people", count_),
                  fmt::format("0 to {}", kMostSeats));
    const std::string why = reason_.empty() ? "" : incident::words_of(reason_, "--reason");
    Session session = open_incident(context, label_, Access::act);
    const base::Instant now = context.clock.now();
    std::optional<base::Instant> by;
    if (!by_.empty()) by = when(by_, now);
    act(context, session, [&](const State& state) {
      const playbook::Area& area = incident::find_area(state, area_);
      return incident::set_need(state, post_of(state, area), static_cast<int>(*count), by, why,
                                now);
    });
    return Exit::done;
  }

 private:
  static constexpr std::int64_t kMostSeats = 500;

  incident::PostIndex post_of(const State& state, const playbook::Area& area) const {
    const auto posts = incident::find_posts(state, &area, role_);
    if (shift_.empty()) return posts.front();
    std::vector<std::string> shifts;
    for (const auto post : posts) {
      const playbook::ShiftId& id = state.playbook.posts[post].shift;
      if (base::to_lower(id.str()) == base::to_lower(shift_)) return post;
      shifts.push_back(id.str());
    }
    throw Fault(Exit::usage, fmt::format("there is no shift \"{}\" of this role", shift_),
                "there are: " + base::join(shifts, ", "));
  }

  Exit list(Context& context) const {
    Session session = open_incident(context, label_, Access::read);
    const State& state = session.state();
    auto rows = nlohmann::json::array();
    std::string area;
    for (incident::PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
      const playbook::Post& post = state.playbook.posts[p];
      std::string needs;
      auto steps = nlohmann::json::array();
      for (const playbook::Need& need : post.needs) {
        const base::Instant by = state.at(need.by);
        needs +=
            fmt::format("{}{} by {}", needs.empty() ? "" : ", ", need.count, base::local_clock(by));
        steps.push_back({{"count", need.count}, {"by", base::to_rfc3339(by)}});
      }
      rows.push_back({{"post", post.id.str()},
                      {"area", post.area.str()},
                      {"role", post.role.str()},
                      {"shift", post.shift.str()},
                      {"filled", post.count() - state.open_seats(p)},
                      {"required", post.count()},
                      {"minimum", post.minimum},
                      {"needs", steps}});
      if (context.json) continue;
      if (post.area.str() != area) {
        area = post.area.str();
        context.out.line(context.out.paint(
            Paint::bold, base::printable(fmt::format("{}: {}", area,
                                                     state.playbook.find_area(post.area)->title))));
      }
      context.out.line(
          base::printable(fmt::format("  {} {} {:>3} of {:<3} {}", base::fit(post.role.str(), 26),
                                      base::fit(post.shift.str(), 10),
                                      post.count() - state.open_seats(p), post.count(), needs)));
    }
    if (context.json) context.out.json(rows);
    return Exit::done;
  }

  std::string area_, role_, count_, by_, shift_, reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_need() { return std::make_unique<Need>(); }

}  // namespace tocsin::cli
