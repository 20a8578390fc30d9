#include "incident/state/key_chain.h"

#include <gtest/gtest.h>

namespace tocsin::incident {
namespace {

using roster::Duty;
using roster::RoleId;

class KeyChainTest : public testing::Test {
 protected:
  void add(const char* id, const char* role, int travel) {
    roster::Responder row;
    row.id = PersonId{id};
    row.role = RoleId{role};
    row.travel = base::Minutes{travel};
    people_.push_back(std::move(row));
  }
  void serves(const char* id, Duty duty, const char* role = "") {
    on_now_.push_back({PersonId{id}, duty, RoleId{role}, {}, {}, {}});
  }
  // The ids of the only chain.
  std::vector<std::string> chain(const char* on_call, std::vector<playbook::RoleId> deputies,
                                 const std::string& cannot = "") {
    playbook::Playbook book;
    playbook::Post post;
    post.id = PostId{"resus/lead/response"};
    book.posts = {{}, post};
    book.cascade.key_roles = {{PostId{"gone/lead/response"}, playbook::RoleId{on_call}, deputies},
                              {post.id, playbook::RoleId{on_call}, deputies}};
    const roster::Roster roster{1, {}, people_};
    std::vector<Person> staff(people_.size());
    for (std::size_t p = 0; p < staff.size(); ++p)
      if (people_[p].id.str() == unknown_) staff[p].duty = Duty::unknown;
    const auto chains =
        key_chains(book, roster, on_now_, staff, [&](PersonIndex person, PostIndex asked) {
          EXPECT_EQ(asked, 1U);
          return roster[person].id.str() != cannot;
        });
    EXPECT_EQ(chains.size(), 1U);  // one post of the two is not in the playbook
    EXPECT_EQ(chains.at(0).post, 1U);
    std::vector<std::string> ids;
    for (const PersonIndex person : chains.at(0).people) ids.push_back(roster[person].id.str());
    return ids;
  }

  using Ids = std::vector<std::string>;
  std::vector<roster::Responder> people_;
  std::vector<roster::Stint> on_now_;
  std::string unknown_;  // whose duty the rota does not say
};

TEST_F(KeyChainTest, WhoIsOnCallIsAskedBeforeDeputiesAndTheNearestDeputyFirst) {
  add("a", "surgeon", 50);
  add("b", "surgeon", 10);
  add("c", "surgeon", 30);
  add("d", "consultant", 90);
  add("e", "matron", 5);
  serves("c", Duty::on_call);
  serves("d", Duty::on_call, "trauma-lead");
  EXPECT_EQ(chain("trauma-lead", {playbook::RoleId{"surgeon"}}), (Ids{"d", "c", "b", "a"}));
  EXPECT_EQ(chain("", {playbook::RoleId{"matron"}, playbook::RoleId{"surgeon"}}),
            (Ids{"e", "c", "b", "a"}));
}

TEST_F(KeyChainTest, AStintForAnotherRoleIsNotForTheirOwn) {
  add("a", "surgeon", 10);
  add("b", "surgeon", 20);
  serves("a", Duty::on_call, "matron");
  serves("b", Duty::on_call);
  EXPECT_EQ(chain("surgeon", {}), Ids{"b"});
}

TEST_F(KeyChainTest, OnlyOnCallCountsAndOnlyForPeopleOnTheRoster) {
  for (const char* id : {"a", "b", "c"}) add(id, "surgeon", 10);
  serves("a", Duty::on_duty, "trauma-lead");
  serves("b", Duty::absent, "trauma-lead");
  serves("stranger", Duty::on_call, "trauma-lead");
  EXPECT_EQ(chain("trauma-lead", {}), Ids{});
}

TEST_F(KeyChainTest, OfDeputiesByTradeThoseOfUnknownDutyComeLast) {
  add("a", "surgeon", 10);
  add("b", "surgeon", 30);
  unknown_ = "a";
  EXPECT_EQ(chain("", {playbook::RoleId{"surgeon"}}), (Ids{"b", "a"}));
}

TEST_F(KeyChainTest, NobodyIsAskedTwiceNorForWhatTheyCannotHold) {
  add("a", "surgeon", 10);
  add("b", "surgeon", 20);
  serves("a", Duty::on_call, "trauma-lead");
  serves("a", Duty::on_call);
  const std::vector<playbook::RoleId> deputies{playbook::RoleId{"surgeon"},
                                               playbook::RoleId{"surgeon"}};
  EXPECT_EQ(chain("trauma-lead", deputies), (Ids{"a", "b"}));
  EXPECT_EQ(chain("trauma-lead", deputies, "a"), Ids{"b"});
}

}  // namespace
}  // namespace tocsin::incident
