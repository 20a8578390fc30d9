#include "drill/people/people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "unit/drill/recorded_phones.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using base::Instant;
using incident::Answer;
using playbook::MessageKind;

class PeopleTest : public testing::Test {
 protected:
  People people(Policy policy, double belief = 1) {
    return {staff.roster,          staff.rota,      now, seal::Realness::exercise, {}, phones,
            base::SeededRandom{2}, {policy, belief}};
  }
  roster::Duty duty(std::size_t p) const { return staff.rota.duty_of(staff.roster[p].id, now); }
  bool is_on_duty(std::size_t p) const { return duty(p) == roster::Duty::on_duty; }
  void ask_everybody(People& all) {
    for (std::size_t p = 0; p < staff.roster.size(); ++p)
      all.hear(p, notice_of(MessageKind::request), now);
  }
  static void live_until(People& all, Instant end) {
    while (all.next() && *all.next() <= end) all.act(*all.next());
  }
  // What a person sent, each message once.
  std::vector<RecordedPhones::Sent> said_by(std::size_t p) const {
    std::vector<RecordedPhones::Sent> said;
    std::set<seal::MessageId> seen;
    for (const auto& sent : phones.sent)
      if (sent.person == p && seen.insert(sent.header.id).second) said.push_back(sent);
    return said;
  }

  const Instant now = small_settings(0).at;
  const Instant end = now + std::chrono::hours{20};
  const Staff staff = synthesise(small_playbook(), 300, now, base::SeededRandom{1});
  RecordedPhones phones;
  const Figures figures;
};

// What a night says, in the order of time, when everybody is asked at the declaration and nobody is
// told anything after it.
struct Line {
  Instant at;
  Answer answer;
  std::optional<Instant> when;
};
std::vector<Line> lines_of(const Night& night, Instant now, bool is_reached, bool offers) {
  std::vector<Line> lines;
  if (!is_reached && !offers) return lines;
  const Instant at = now + (is_reached ? night.reply_delay : night.offers_after);
  const Answer answer = is_reached ? night.says : Answer::coming;
  std::optional<Instant> when;
  if (answer == Answer::coming) when = at + night.promised;
  if (answer == Answer::later) when = std::max(at, now + night.later_from);
  lines.push_back({at, answer, when});
  if (answer != Answer::no && night.changes_mind)
    lines.push_back({at + night.yes_lasts, Answer::no, std::nullopt});
  return lines;
}

TEST_F(PeopleTest, EachSaysWhatTheirNightHolds) {
  People all = people(Policy::measured);
  ask_everybody(all);
  live_until(all, end);
  int offers = 0, changed = 0;
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const Night& night = all.night(p);
    const bool is_reached = night.notices || (is_on_duty(p) && night.has_device);
    const bool is_offer = !is_reached && duty(p) == roster::Duty::off && night.has_device &&
                          night.shyness < figures.offers;
    const auto expected = lines_of(night, now, is_reached, is_offer);
    const auto said = said_by(p);
    ASSERT_EQ(said.size(), expected.size()) << p;
    for (std::size_t i = 0; i < said.size(); ++i) {
      EXPECT_EQ(said[i].header.created, expected[i].at) << p;
      EXPECT_EQ(said[i].header.kind, seal::Kind::reply);
      EXPECT_EQ(said[i].header.realness, seal::Realness::exercise);
      EXPECT_EQ(said[i].reply.answer, expected[i].answer) << p;
      EXPECT_EQ(said[i].reply.when, expected[i].when) << p;
    }
    offers += is_offer ? 1 : 0;
    changed += said.size() == 2 ? 1 : 0;
  }
  EXPECT_GT(offers, 0);
  EXPECT_GT(changed, 0);
}

TEST_F(PeopleTest, TheNetworkDoublesAMessageUnderItsOwnId) {
  People all = people(Policy::measured);
  ask_everybody(all);
  live_until(all, end);
  std::map<std::pair<std::size_t, seal::MessageId>, int> copies;
  for (const auto& sent : phones.sent) ++copies[{sent.person, sent.header.id}];
  int doubled = 0;
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const auto said = said_by(p);
    for (std::size_t i = 0; i < said.size(); ++i) {  // the answer, then the change of mind
      const int expected = all.night(p).doubled[i] ? 2 : 1;
      EXPECT_EQ((copies[{p, said[i].header.id}]), expected) << p;
      doubled += expected - 1;
    }
  }
  EXPECT_GT(doubled, 0);
}

TEST_F(PeopleTest, AMessageOnAStaleContactIsReadByNobodyAtHome) {
  People all = people(Policy::measured);
  std::size_t delivered = 0;
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    phones.waiting[p] = {{{}, notice_of(MessageKind::request)},
                         {{}, notice_of(MessageKind::update)}};
    all.notify(p, now);
    const bool is_read = all.night(p).has_device || is_on_duty(p);
    EXPECT_EQ(phones.waiting[p].empty(), is_read) << p;
    delivered += is_read ? 2 : 0;
  }
  EXPECT_EQ(all.delivered(), delivered);
  EXPECT_LT(delivered, 2 * staff.roster.size());
}

// People at home who are told of a post as soon as they have said that they are coming.
TEST_F(PeopleTest, WhoIsGivenAPostArrivesAfterTheirJourneyAndOnce) {
  People all = people(Policy::measured);
  ask_everybody(all);
  std::set<std::size_t> told;
  while (all.next() && *all.next() <= end) {
    const Instant at = *all.next();
    const std::size_t before = phones.sent.size();
    all.act(at);
    for (std::size_t i = before; i < phones.sent.size(); ++i)
      if (phones.sent[i].reply.answer == Answer::coming && !is_on_duty(phones.sent[i].person) &&
          told.insert(phones.sent[i].person).second)
        all.hear(phones.sent[i].person, notice_of(MessageKind::assigned), at);
  }
  ASSERT_GT(told.size(), 20u);
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const Night& night = all.night(p);
    const auto said = said_by(p);
    const auto arrivals = std::count_if(said.begin(), said.end(), [](const auto& sent) {
      return sent.reply.answer == Answer::arrived;
    });
    const bool comes =
        told.contains(p) && !(night.changes_mind && night.yes_lasts <= night.journey);
    ASSERT_EQ(all.arrival(p).has_value(), comes) << p;
    EXPECT_EQ(arrivals, comes ? 1 : 0) << p;
    if (comes) {
      EXPECT_EQ(*all.arrival(p), said.front().header.created + night.journey) << p;
    }
  }
}

TEST_F(PeopleTest, WhoIsStoodDownOnTheRoadGoesBackAndHasTheWholeWayToGoAgain) {
  People all = people(Policy::measured);
  const Instant again = now + std::chrono::hours{5};
  std::set<std::size_t> back, home;
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const Night& night = all.night(p);
    if (is_on_duty(p) || night.says != Answer::coming || night.changes_mind || !night.picks_up[0])
      continue;
    ASSERT_TRUE(all.pick_up(p, now));
    all.hear(p, notice_of(MessageKind::assigned), now);
    all.hear(p, notice_of(MessageKind::stand_down), now + base::Minutes{1});
    if (p % 2 == 0) all.hear(p, notice_of(MessageKind::assigned), again);
    (p % 2 == 0 ? back : home).insert(p);
  }
  live_until(all, end);
  ASSERT_GT(back.size(), 10u);
  ASSERT_GT(home.size(), 10u);
  for (const std::size_t p : home) EXPECT_FALSE(all.arrival(p)) << p;
  for (const std::size_t p : back) EXPECT_EQ(all.arrival(p), again + staff.roster[p].travel) << p;
}

TEST_F(PeopleTest, TheSwitchboardHearsWhatTheNightHoldsAndAYesOnce) {
  People all = people(Policy::measured);
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    const Night& night = all.night(p);
    bool has_said_yes = false;
    for (std::size_t ring = 0; ring < night.picks_up.size() + 2; ++ring) {
      const auto reply = all.pick_up(p, now);
      const bool picks_up = ring < night.picks_up.size() && night.picks_up[ring] && !has_said_yes;
      ASSERT_EQ(reply.has_value(), picks_up) << p << ' ' << ring;
      if (reply) {
        EXPECT_EQ(reply->answer, night.says);
      }
      has_said_yes = has_said_yes || (reply && night.says != Answer::no);
      EXPECT_EQ(all.awaits_call(p), has_said_yes);
    }
  }
}

// Who is rung to hear something answers nothing.
TEST_F(PeopleTest, WhoIsOnlyToldPicksUpAtWorkAndElseAsTheyWould) {
  People all = people(Policy::measured);
  for (std::size_t p = 0; p < staff.roster.size(); ++p) {
    EXPECT_EQ(all.picks_up(p), is_on_duty(p) || all.night(p).picks_up[0]);
    EXPECT_FALSE(all.awaits_call(p));
  }
}

TEST_F(PeopleTest, AfterABroadcastPeopleComeWhateverTheyAreTold) {
  for (const Policy policy : {Policy::measured, Policy::broadcast}) {
    People all = people(policy);
    ask_everybody(all);
    live_until(all, now + base::Minutes{20});
    for (std::size_t p = 0; p < staff.roster.size(); ++p)
      all.hear(p, notice_of(MessageKind::stand_down), now + base::Minutes{20});
    live_until(all, end);
    int arrived = 0;
    for (std::size_t p = 0; p < staff.roster.size(); ++p) {
      const Night& night = all.night(p);
      arrived += all.arrival(p) ? 1 : 0;
      if (policy == Policy::measured || !night.notices || night.says != Answer::coming) continue;
      if (night.changes_mind && night.yes_lasts <= night.journey) {
        EXPECT_FALSE(all.arrival(p)) << p;
      } else {
        EXPECT_EQ(all.arrival(p), now + night.reply_delay + night.journey) << p;
      }
    }
    EXPECT_EQ(arrived > 50, policy == Policy::broadcast);
    EXPECT_EQ(arrived > 0, policy == Policy::broadcast);
  }
}

TEST_F(PeopleTest, UnaskedOffersRingOnlyInABroadcast) {
  People measured = people(Policy::measured);
  live_until(measured, end);
  EXPECT_TRUE(measured.take_rings().empty());
  const std::size_t sent = phones.sent.size();
  EXPECT_GT(sent, 0u);

  People broadcast = people(Policy::broadcast);
  std::set<std::size_t> expected;
  for (std::size_t p = 0; p < staff.roster.size(); ++p)
    if (duty(p) == roster::Duty::off && broadcast.night(p).shyness < figures.offers_to_a_broadcast)
      expected.insert(p);
  live_until(broadcast, now + base::Minutes{60});
  std::set<std::size_t> rang;
  for (const People::Ring& ring : broadcast.take_rings()) {
    EXPECT_TRUE(rang.insert(ring.person).second) << "nobody rings twice";
    const Night& night = broadcast.night(ring.person);
    EXPECT_EQ(ring.arrives, now + night.offers_after + night.promised);
  }
  EXPECT_EQ(rang, expected);
  EXPECT_TRUE(broadcast.take_rings().empty()) << "each ring is taken once";
}

// So that two policies can be compared.
TEST_F(PeopleTest, AreTheSameUnderBothPolicies) {
  People measured = people(Policy::measured);
  const People broadcast = people(Policy::broadcast);
  // Drawing for one run changes nobody's random numbers.
  for (std::size_t p = 0; p < 100; ++p) measured.pick_up(p, now);
  live_until(measured, end);
  for (std::size_t p = 0; p < staff.roster.size(); ++p)
    ASSERT_EQ(measured.night(p), broadcast.night(p)) << p;
}

}  // namespace
}  // namespace tocsin::drill
