#include "incident/state/key_chain.h"

#include <algorithm>
#include <utility>

namespace tocsin::incident {

namespace {

class Chain {
 public:
  Chain(const roster::Roster& roster, const std::vector<roster::Stint>& on_now,
        const std::vector<Person>& staff, std::function<bool(PersonIndex)> can_hold)
      : roster_(roster), on_now_(on_now), staff_(staff), can_hold_(std::move(can_hold)) {}

  void add_on_call(const playbook::RoleId& role) {
    for (const roster::Stint& stint : on_now_) {
      if (stint.duty != roster::Duty::on_call) continue;
      const auto person = roster_.index_of(stint.person);
      if (!person) continue;
      const roster::RoleId& on_for = stint.role.empty() ? roster_[*person].role : stint.role;
      if (on_for.str() == role.str()) add(static_cast<PersonIndex>(*person));
    }
  }

  void add_by_trade(const playbook::RoleId& role) {
    std::vector<PersonIndex> people;
    for (PersonIndex p = 0; p < roster_.size(); ++p)
      if (roster_[p].role.str() == role.str()) people.push_back(p);
    std::stable_sort(people.begin(), people.end(), [&](PersonIndex a, PersonIndex b) {
      const auto key = [&](PersonIndex p) {
        return std::pair{staff_[p].duty == roster::Duty::unknown, roster_[p].travel};
      };
      return key(a) < key(b);
    });
    for (const PersonIndex person : people) add(person);
  }

  std::vector<PersonIndex> take() { return std::move(people_); }

 private:
  void add(PersonIndex person) {
    if (can_hold_(person) && std::find(people_.begin(), people_.end(), person) == people_.end())
      people_.push_back(person);
  }

  const roster::Roster& roster_;
  const std::vector<roster::Stint>& on_now_;
  const std::vector<Person>& staff_;
  const std::function<bool(PersonIndex)> can_hold_;
  std::vector<PersonIndex> people_;
};

}  // namespace

std::vector<KeyChain> key_chains(const playbook::Playbook& playbook, const roster::Roster& roster,
                                 const std::vector<roster::Stint>& on_now,
                                 const std::vector<Person>& people,
                                 const std::function<bool(PersonIndex, PostIndex)>& can_hold) {
  std::vector<KeyChain> out;
  for (const playbook::KeyRole& key : playbook.cascade.key_roles) {
    const playbook::Post* found = playbook.find_post(key.post);
    if (found == nullptr) continue;
    const auto post = static_cast<PostIndex>(found - playbook.posts.data());
    Chain chain{roster, on_now, people, [&](PersonIndex person) { return can_hold(person, post); }};
    if (!key.on_call.empty()) chain.add_on_call(key.on_call);
    for (const playbook::RoleId& deputy : key.deputies) {
      chain.add_on_call(deputy);
      chain.add_by_trade(deputy);
    }
    out.push_back({post, chain.take()});
  }
  return out;
}

}  // namespace tocsin::incident
