#include "incident/calling/rota_needs.h"

#include <set>
#include <string>

namespace tocsin::incident {

std::vector<roster::RotaNeed> rota_needs(const State& declared) {
  using Kind = roster::RotaNeed::Kind;
  std::vector<roster::RotaNeed> needs;
  std::set<std::string> on_call;
  std::set<PostIndex> key_posts;
  for (const playbook::KeyRole& key : declared.playbook.cascade.key_roles) {
    if (const auto post = declared.post_index(key.post)) key_posts.insert(*post);
    if (!key.on_call.empty() && on_call.insert(key.on_call.str()).second)
      needs.push_back(roster::on_call_need(declared.roster, roster::RoleId{key.on_call.str()}));
  }
  for (PostIndex p = 0; p < declared.playbook.posts.size(); ++p) {
    const playbook::Post& post = declared.playbook.posts[p];
    const bool is_key = key_posts.contains(p);
    if (declared.is_relief(p) || (!is_key && post.minimum == 0)) continue;
    needs.push_back({is_key ? Kind::key_role : Kind::minimum, post.id.str(),
                     [&declared, p](std::size_t person, const roster::Stint&) {
                       return declared.can_hold(static_cast<PersonIndex>(person), p);
                     }});
  }
  return needs;
}

roster::Coverage coverage(const State& declared) {
  return roster::coverage_of(declared.rota, declared.roster, declared.declared_at,
                             rota_needs(declared));
}

}  // namespace tocsin::incident
