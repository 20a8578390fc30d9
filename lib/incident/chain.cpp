#include "incident/chain.h"

#include <algorithm>

namespace tocsin::incident {

namespace {

class Chain {
 public:
  Chain(const State& state, const std::vector<roster::Stint>& on_now, PostIndex post)
      : state_(state), on_now_(on_now), post_(post) {}

  void add_on_call(const playbook::RoleId& role) {
    for (const roster::Stint& stint : on_now_) {
      if (stint.duty != roster::Duty::on_call) continue;
      const auto person = state_.person_index(stint.person);
      if (!person) continue;
      const roster::RoleId& on_for = stint.role.empty() ? state_.roster[*person].role : stint.role;
      if (on_for.str() == role.str()) add(*person);
    }
  }

  void add_by_trade(const playbook::RoleId& role) {
    std::vector<PersonIndex> people;
    for (PersonIndex p = 0; p < state_.people.size(); ++p)
      if (state_.roster[p].role.str() == role.str()) people.push_back(p);
    std::stable_sort(people.begin(), people.end(), [&](PersonIndex a, PersonIndex b) {
      return state_.roster[a].travel < state_.roster[b].travel;
    });
    for (const PersonIndex person : people) add(person);
  }

  std::vector<PersonIndex> take() { return std::move(people_); }

 private:
  void add(PersonIndex person) {
    if (state_.can_hold(person, post_) &&
        std::find(people_.begin(), people_.end(), person) == people_.end())
      people_.push_back(person);
  }

  const State& state_;
  const std::vector<roster::Stint>& on_now_;
  const PostIndex post_;
  std::vector<PersonIndex> people_;
};

}  // namespace

std::vector<KeyChain> key_chains(const State& state) {
  std::vector<KeyChain> out;
  const std::vector<roster::Stint> on_now = state.rota.at(state.declared_at);
  for (const playbook::KeyRole& key : state.playbook.cascade.key_roles) {
    const auto post = state.post_index(key.post);
    if (!post) continue;
    Chain chain{state, on_now, *post};
    if (!key.on_call.empty()) chain.add_on_call(key.on_call);
    for (const playbook::RoleId& deputy : key.deputies) {
      chain.add_on_call(deputy);
      chain.add_by_trade(deputy);
    }
    out.push_back({*post, chain.take()});
  }
  return out;
}

}  // namespace tocsin::incident
