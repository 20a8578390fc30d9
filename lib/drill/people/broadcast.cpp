#include "drill/people/broadcast.h"

#include <optional>

#include "incident/message/notice.h"
#include "incident/state/reach.h"

namespace tocsin::drill {

bool could_be_asked(const incident::State& state, incident::PersonIndex person) {
  const roster::Duty duty = state.people[person].duty;
  return state.roster[person].is_active() && duty != roster::Duty::on_duty &&
         duty != roster::Duty::absent &&
         incident::can_reach(state, person, state.playbook.cascade.channels.front());
}

std::vector<incident::Body> broadcast(const incident::State& state, base::Instant now,
                                      base::Random& ids) {
  std::vector<incident::Body> events;
  const std::vector<playbook::Post>& posts = state.playbook.posts;
  std::vector<double> asked_per_seat(posts.size(), 0);
  for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
    if (!could_be_asked(state, p)) continue;
    std::optional<incident::PostIndex> best;
    for (incident::PostIndex post = 0; post < posts.size(); ++post)
      if (!state.is_relief(post) && state.can_hold(p, post) &&
          (!best || asked_per_seat[post] < asked_per_seat[*best]))
        best = post;
    if (best) asked_per_seat[*best] += 1.0 / posts[*best].count();
    events.emplace_back(incident::Issued{
        seal::random_message_id(ids), state.roster[p].id, playbook::MessageKind::request,
        state.playbook.cascade.channels.front(), best ? posts[*best].id : incident::PostId{}, 1,
        now + incident::kMessageLife, "", "everybody was asked"});
  }
  return events;
}

}  // namespace tocsin::drill
