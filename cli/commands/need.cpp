// tocsin need: sets how many people a post needs by when. Without arguments, lists all needs.
#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "command.h"
#include "incident/state/find.h"
#include "input/when.h"
#include "order.h"
#include "screen/incident/need_list.h"

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
    app.add_option("area", area_, "The area, by id or title; or AREA/ROLE, or AREA/ROLE/SHIFT")
        ->type_name("AREA");
    app.add_option("role", role_, "The role in it, by id or title")->type_name("ROLE");
    app.add_option("count", count_, "How many in all")->type_name("COUNT");
    app.add_option("--by", by_, "When they are needed: +30min, 23:30")->type_name("TIME");
    app.add_option("--shift", shift_, "The shift, when the role is in more than one")
        ->type_name("SHIFT");
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    if (area_.empty()) {
      print_needs(context.out, context.form(),
                  open_incident(context, label_, Access::read).state());
      return Exit::done;
    }
    if (count_.empty() && incident::names_post(area_)) take_post();
    if (role_.empty() || count_.empty())
      throw Fault(Exit::usage, "a need is an area, a role and a count",
                  "such as: tocsin need resus/nurse 8 --by +30min");
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

  // "resus/nurse/relief 8": the post is one word, and what follows it is the count.
  void take_post() {
    count_ = std::move(role_);
    const std::string post = std::exchange(area_, {});
    const std::vector<std::string_view> parts = base::split(post, '/');
    if (parts.size() > 3 || (parts.size() == 3 && !shift_.empty()))
      throw Fault(Exit::usage, fmt::format("\"{}\" is not a post", post),
                  "write AREA/ROLE or AREA/ROLE/SHIFT, and the shift only once");
    if (parts.size() == 3) shift_ = parts[2];
    role_ = parts[1];
    area_ = parts[0];
  }

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

  std::string area_, role_, count_, by_, shift_, reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_need() { return std::make_unique<Need>(); }

}  // namespace tocsin::cli
