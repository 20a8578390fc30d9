#include "drill/people/broadcast.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "incident/message/notice.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

incident::Issued issued(const incident::Body& body) { return std::get<incident::Issued>(body); }

// Computes from the roster and the rota alone who may be asked.
TEST(Broadcast, AsksEverybodyOffDutyAndNobodyElse) {
  const Settings settings = small_settings(400, Policy::broadcast);
  Staff staff = synthesise(small_playbook(), settings.staff, settings.at, base::SeededRandom{1});
  std::vector<roster::Responder> people = staff.roster.responders();
  for (std::size_t p = 0; p < people.size(); p += 7)
    people[p].employment = roster::Employment::inactive;
  staff.roster = roster::Roster{1, settings.at, std::move(people)};
  OpenedRoom opened{settings, staff};
  std::set<std::string> off_duty;
  for (const roster::Responder& person : staff.roster.responders()) {
    const roster::Duty duty = staff.rota.duty_of(person.id, settings.at);
    if (person.is_active() && (duty == roster::Duty::off || duty == roster::Duty::on_call))
      off_duty.insert(person.id.str());
  }
  std::set<std::string> asked;
  std::set<seal::MessageId> ids;
  for (const incident::Body& body : broadcast(opened.state(), settings.at, opened.ids)) {
    const incident::Issued one = issued(body);
    EXPECT_TRUE(asked.insert(one.person.str()).second) << "each is asked once";
    EXPECT_TRUE(ids.insert(one.id).second);
    EXPECT_EQ(one.kind, playbook::MessageKind::request);
    EXPECT_EQ(one.channel.str(), "relay");
    EXPECT_EQ(one.expires, settings.at + incident::kMessageLife);
  }
  EXPECT_EQ(asked, off_duty);
  EXPECT_GT(asked.size(), 200u) << "more than a playbook's limits allow";
}

TEST(Broadcast, AsksNobodyWhomItsFirstChannelDoesNotReach) {
  std::string text = kSmallPlaybook;
  text.replace(text.find("[relay, phone]"), 14, "[phone, relay]");
  const playbook::Playbook by_phone = playbook_of(text);
  const Settings settings = small_settings(60, Policy::broadcast);
  Staff staff = synthesise(by_phone, settings.staff, settings.at, base::SeededRandom{1});
  std::vector<roster::Responder> people = staff.roster.responders();
  std::set<std::string> without;
  for (std::size_t p = 0; p < people.size(); p += 3) {
    people[p].contacts.clear();
    without.insert(people[p].id.str());
  }
  staff.roster = roster::Roster{1, settings.at, std::move(people)};
  OpenedRoom opened{settings, staff, by_phone};
  const auto events = broadcast(opened.state(), settings.at, opened.ids);
  EXPECT_GT(events.size(), 10u);
  for (const incident::Body& body : events)
    EXPECT_FALSE(without.contains(issued(body).person.str()));
}

// Nurses can hold two posts of the first shift, of two seats and of three; doctors one of one seat.
TEST(Broadcast, DividesPeopleAmongThePostsInProportionToTheirSeats) {
  const Settings settings = small_settings(300, Policy::broadcast);
  OpenedRoom opened{settings};
  std::map<std::string, int> asked;
  for (const incident::Body& body : broadcast(opened.state(), settings.at, opened.ids)) {
    const incident::Issued one = issued(body);
    ++asked[one.post.str()];
    const auto person = opened.state().person_index(one.person);
    const auto post = opened.state().post_index(one.post);
    ASSERT_TRUE(person && post) << one.post.str();
    EXPECT_TRUE(opened.state().can_hold(*person, *post));
  }
  EXPECT_EQ(asked.size(), 3u) << "none of the relief";
  const int trauma = asked["resus/nurse/response"];
  const int ward = asked["wards/nurse/response"];
  EXPECT_GT(trauma, 20);
  // Some nurses are doctors too, and go where least were asked: at most one person off.
  EXPECT_NEAR(trauma / 2.0, ward / 3.0, 0.51);
}

}  // namespace
}  // namespace tocsin::drill
