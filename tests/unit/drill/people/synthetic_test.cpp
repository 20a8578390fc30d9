#include "drill/people/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/file.h"
#include "playbook/reading/bounds.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

const base::Instant kEvening = *base::from_rfc3339("2026-01-10T22:40:00Z");

const std::vector<playbook::Playbook>& shipped() {
  static const std::vector<playbook::Playbook> all = [] {
    std::vector<playbook::Playbook> read;
    for (const auto& entry : std::filesystem::directory_iterator{"playbooks"})
      if (entry.path().extension() == ".yaml")
        read.push_back(
            playbook_of(base::read_file(entry.path().string(), playbook::kLargestPlaybook)));
    return read;
  }();
  return all;
}

bool can_hold(const roster::Responder& person, const playbook::Post& post) {
  const auto has = [&](const playbook::SkillId& skill) {
    return std::count_if(person.skills.begin(), person.skills.end(),
                         [&](const auto& own) { return own.str() == skill.str(); }) > 0;
  };
  return (post.staff_group.empty() || post.staff_group.str() == person.staff_group.str()) &&
         std::all_of(post.all_of.begin(), post.all_of.end(), has) &&
         (post.any_of.empty() || std::any_of(post.any_of.begin(), post.any_of.end(), has));
}

TEST(Synthetic, TheSameStreamMakesTheSameStaff) {
  const auto& book = shipped().front();
  const Staff one = synthesise(book, 200, kEvening, base::SeededRandom{5});
  const Staff same = synthesise(book, 200, kEvening, base::SeededRandom{5});
  const Staff other = synthesise(book, 200, kEvening, base::SeededRandom{6});
  EXPECT_EQ(one.roster, same.roster);
  EXPECT_EQ(one.rota, same.rota);
  EXPECT_NE(one.roster.responders(), other.roster.responders());
}

// Each post is owed its share of the staff, and gets it to within one person.
TEST(Synthetic, EveryTradeHasItsShareOfAnyNumberOfStaff) {
  ASSERT_GE(shipped().size(), 4u);
  for (const auto& book : shipped())
    for (const std::size_t size : {1, 7, 100, 555}) {
      const Staff staff = synthesise(book, size, kEvening, base::SeededRandom{5});
      ASSERT_EQ(staff.roster.size(), size);
      std::map<std::pair<std::string, std::string>, int> have;
      for (const auto& person : staff.roster.responders())
        ++have[{person.staff_group.str(), person.role.str()}];
      std::map<std::pair<std::string, std::string>, std::pair<double, int>> owed;
      double seats = 0;
      for (const auto& post : book.posts) seats += post.count();
      for (const auto& post : book.posts) {
        auto& [share, posts] = owed[{post.staff_group.str(), post.role.str()}];
        share += post.count() / seats * static_cast<double>(size);
        ++posts;
      }
      for (const auto& [trade, due] : owed)
        EXPECT_NEAR(have[trade], due.first, due.second) << book.id << ' ' << trade.second;
      for (const auto& [trade, count] : have) EXPECT_TRUE(owed.contains(trade)) << trade.second;
    }
}

TEST(Synthetic, EverybodyCanHoldAPostOfTheirRole) {
  for (const auto& book : shipped()) {
    const Staff staff = synthesise(book, 600, kEvening, base::SeededRandom{5});
    for (const auto& person : staff.roster.responders())
      EXPECT_TRUE(std::any_of(book.posts.begin(), book.posts.end(),
                              [&](const auto& post) {
                                return post.role.str() == person.role.str() &&
                                       can_hold(person, post);
                              }))
          << book.id << ' ' << person.id.str();
  }
}

TEST(Synthetic, ATypicalShareIsAtWorkByDayAndByNight) {
  for (const auto& [time, at_work] : {std::pair{"2026-01-10T22:40:00Z", 0.16},
                                      {"2026-01-11T04:00:00Z", 0.16},
                                      {"2026-01-12T10:00:00Z", 0.34}}) {
    const base::Instant at = *base::from_rfc3339(time);
    const Staff staff = synthesise(small_playbook(), 1'000, at, base::SeededRandom{5});
    std::map<roster::Duty, int> count;
    for (const auto& person : staff.roster.responders()) {
      ++count[staff.rota.duty_of(person.id, at)];
      EXPECT_LE(staff.rota.of(person.id).size(), 1u) << "nobody is in two places";
    }
    EXPECT_NEAR(count[roster::Duty::on_duty], 1'000 * at_work, 15) << time;
    EXPECT_NEAR(count[roster::Duty::absent], 100, 15) << time;
  }
}

TEST(Synthetic, TwoPeopleAreOnCallForEachKeyRoleWhileThereAreAnyWhoCanHoldItsPost) {
  int covered = 0;
  for (const auto& book : shipped()) {
    const Staff staff = synthesise(book, 600, kEvening, base::SeededRandom{5});
    std::map<std::string, const playbook::Post*> posts;  // where each role is named first
    for (const auto& key : book.cascade.key_roles) {
      const playbook::Post* post = book.find_post(key.post);
      ASSERT_NE(post, nullptr);
      if (!key.on_call.empty()) posts.emplace(key.on_call.str(), post);
      for (const auto& deputy : key.deputies) posts.emplace(deputy.str(), post);
    }
    for (const auto& [role, post] : posts) {
      int on_call = 0;
      for (const roster::Stint& stint : staff.rota.at(kEvening)) {
        if (stint.duty != roster::Duty::on_call || stint.role.str() != role) continue;
        ++on_call;
        const roster::Responder* person = staff.roster.find(stint.person);
        ASSERT_NE(person, nullptr);
        EXPECT_TRUE(can_hold(*person, *post)) << role;
      }
      EXPECT_LE(on_call, 2) << book.id << ' ' << role;
      covered += on_call == 2 ? 1 : 0;
      for (const auto& person : staff.roster.responders())
        EXPECT_FALSE(on_call < 2 && can_hold(person, *post) && staff.rota.of(person.id).empty())
            << book.id << ' ' << role << ": " << person.id.str() << " is free";
    }
  }
  EXPECT_GT(covered, 10);
}

TEST(Synthetic, NumbersAreThoseThatOfcomReservesForDrama) {
  const Staff staff = synthesise(small_playbook(), 2'000, kEvening, base::SeededRandom{5});
  std::set<std::string> ids;
  for (const auto& person : staff.roster.responders()) {
    EXPECT_TRUE(ids.insert(person.id.str()).second);
    ASSERT_EQ(person.contacts.size(), 1u);
    const std::string& number = person.contacts.front().address;
    EXPECT_EQ(number.size(), 13u) << number;
    EXPECT_TRUE(number.starts_with("+447700900")) << number;
    EXPECT_GE(person.travel, base::Minutes{3});
    EXPECT_LE(person.travel, base::Minutes{120});
  }
}

}  // namespace
}  // namespace tocsin::drill
