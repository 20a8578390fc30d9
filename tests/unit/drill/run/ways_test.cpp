#include "drill/run/ways.h"

#include <gtest/gtest.h>

#include <set>

#include "incident/calling/calls.h"
#include "incident/coordinator/switchboard.h"
#include "incident/message/notice.h"
#include "incident/state/reach.h"
#include "incident/view/traffic.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using base::Instant;
using base::Minutes;
using incident::ChannelId;

const std::string kStormPlaybook = playbooks::changed(
    kSmallPlaybook,
    {{"1 by 45min then 2 by 90min, relief: 2", "15 by 45min then 40 by 90min, relief: 20"},
     {"need: {response: 3 by 90min}", "need: {response: 60 by 90min}"},
     {"channels: [relay, phone]",
      "channels: [relay, threema, sms, voice, phone]\nlimits:\n  on_duty_share: 0%"}});

World storm() {
  constexpr std::string_view kWorld = R"(format: 1
channels:
  relay: {have: 50%, fails: [{from: 0min, until: 10min}]}
  threema: {have: 50%, fails: [{from: 10min, until: 18min}]}
  sms: {have: 90%, per_minute: 600, fails: [{from: 14min, until: 26min}]}
  voice: {have: 90%, per_minute: 60, fails: [{from: 20min, until: 40min}]}
  phone: {have: 100%}
)";
  document::Findings findings;
  World world = read_world(kWorld, "storm.yaml", findings);
  findings.throw_if_errors("world");
  return world;
}

// A night of 2,000 people in which each provider fails in its turn, looked at whenever nothing is
// left to do.
class Storm : public testing::Test {
 protected:
  static constexpr std::size_t kPeople = 2'000;

  Storm()
      : playbook_(playbook_of(kStormPlaybook)),
        settings_(settings()),
        opened_(settings_,
                equip(synthesise(playbook_, kPeople, settings_.at, base::SeededRandom{3}),
                      *settings_.world, base::SeededRandom{4}),
                playbook_),
        people_(opened_.staff.roster, opened_.staff.rota, settings_.at, seal::Realness::exercise,
                state().declared.incident, opened_.room->phones(), base::SeededRandom{5},
                {Policy::measured, 1.0, true}) {}

  static Settings settings() {
    Settings settings = small_settings(kPeople);
    settings.world = storm();
    return settings;
  }
  const incident::State& state() const { return opened_.state(); }
  Instant now() const { return opened_.clock.now(); }

  void play(Minutes length) {
    const Instant end = settings_.at + length;
    for (;;) {
      while (turn()) {
      }
      look();
      std::optional<Instant> next = people_.next();
      for (const auto& other : {opened_.room->wake(), std::optional{next_ring_}})
        if (other && (!next || *other < *next)) next = other;
      if (*next > end) return;
      opened_.clock.set(std::max(*next, now()));
    }
  }

  // What happens at this instant; false when that is all.
  bool turn() {
    bool any = opened_.room->turn();
    for (const std::size_t person : opened_.room->take_arrivals()) {
      people_.notify(person, now());
      any = true;
    }
    any = any || (people_.next() && *people_.next() <= now());
    people_.act(now());
    if (now() < next_ring_) return any;
    next_ring_ = now() + Minutes{1};
    for (int operators = 0; operators < 2; ++operators) ring();
    return true;
  }

  void ring() {
    incident::TakenCall taken = incident::take_call(state(), now());
    if (!taken.call) return;
    const incident::PersonIndex person = taken.call->person;
    const std::uint64_t number = taken.call->number;
    note(std::move(taken.order));
    rung_.insert(person);
    const bool asks = taken.call->asks;
    const bool is_open = !people_.awaits_call(person);
    const auto reply = is_open && asks ? people_.pick_up(person, now()) : std::nullopt;
    if (is_open && !reply && (asks || !people_.picks_up(person)))
      return note(incident::unanswered(state(), person, incident::kNoAnswer, {number}));
    if (reply)
      note({{incident::Replied{seal::random_message_id(opened_.ids), state().roster[person].id,
                               reply->answer, reply->when.value_or(Instant{}), incident::kPhone}},
            ""});
    incident::Order told;
    for (const incident::MessageIndex index : state().phone_list)
      if (state().messages[index].person == person) {
        people_.hear(person,
                     incident::notice_for(state(), state().messages[index], opened_.room->caller()),
                     now());
        told.events.emplace_back(
            incident::Receipted{state().messages[index].id, contact::Receipt::read, ""});
      }
    note(incident::and_hang_up(std::move(told), state(), person, number));
  }
  void note(incident::Order order) {
    incident::Ledger& ledger = opened_.room->ledger();
    for (incident::Body& body : order.events) ledger.add(now(), "switchboard", std::move(body));
    ASSERT_TRUE(ledger.commit());
  }

  // The board beside what each provider has in truth.
  void look() {
    for (const incident::Traffic& board : incident::traffic(state(), now())) {
      most_failing_[board.channel] = std::max(most_failing_[board.channel], board.failing);
      for (const auto& messenger : opened_.room->messengers()) {
        if (messenger->channel().id != board.channel) continue;
        const auto taken = static_cast<int>(messenger->taken());
        // A call that nobody takes has failed, and was taken by the provider.
        const int least = board.sent + board.delivered;
        const bool rings = board.channel.str() == "voice";
        EXPECT_LE(least, taken) << board.channel.str();
        EXPECT_GE(least + (rings ? board.failed : 0), taken) << board.channel.str();
        if (messenger->channel().is_down(now() - settings_.at)) ++looks_while_down_[board.channel];
      }
    }
  }

  const playbook::Playbook playbook_;
  const Settings settings_;
  OpenedRoom opened_;
  People people_;
  Instant next_ring_ = settings_.at + Minutes{1};
  std::set<incident::PersonIndex> rung_;
  std::map<ChannelId, int> most_failing_;
  std::map<ChannelId, int> looks_while_down_;
};

TEST_F(Storm, EverybodyIsReachedBySomethingAndAskedOnceOnEach) {
  play(Minutes{180});
  std::size_t asked = 0;
  std::set<std::pair<incident::PersonIndex, ChannelId>> requests;
  for (incident::PersonIndex p = 0; p < state().people.size(); ++p) {
    const incident::Person& person = state().people[p];
    asked += person.was_asked() ? 1 : 0;
    bool waits_to_be_rung = false;
    for (const incident::MessageIndex m : person.messages) {
      const incident::Message& message = state().messages[m];
      waits_to_be_rung = waits_to_be_rung || incident::waits_for_call(state(), m);
      if (message.kind != playbook::MessageKind::request) continue;
      EXPECT_TRUE(requests.emplace(p, message.channel).second) << "asked twice on one channel";
    }
    if (!person.was_asked() || person.reached) continue;
    EXPECT_TRUE(rung_.contains(p) || waits_to_be_rung || person.status != incident::Status::free)
        << state().roster[p].name;
  }
  EXPECT_GT(asked, 60U);
  EXPECT_EQ(requests.size(), asked);
  int seen_to_fail = 0;
  for (const auto& [channel, failing] : most_failing_) seen_to_fail += failing >= 3 ? 1 : 0;
  EXPECT_GE(seen_to_fail, 3) << "of four, by what the board says";
  for (const char* channel : {"threema", "sms", "voice"})
    EXPECT_GT(looks_while_down_[ChannelId{channel}], 0) << channel;
  int filled = 0;
  for (const incident::Holders& post : state().holders)
    filled += static_cast<int>(post.people.size());
  EXPECT_GT(filled, 100) << "of 121 seats";
}

TEST(Ways, ReportWhomEachChannelReached) {
  const playbook::Playbook book = playbook_of(playbooks::changed(
      kSmallPlaybook,
      {{"channels: [relay, phone]", "channels: [relay, threema, sms, voice, phone]"}}));
  Settings settings = small_settings(300);
  settings.world = storm();
  const Report report = play(settings, book);
  ASSERT_EQ(report.ways.size(), 5U);
  EXPECT_EQ(report.ways.front().channel.str(), "relay");
  EXPECT_NEAR(static_cast<double>(report.ways.front().have), 150, 40);
  EXPECT_EQ(report.ways.back().have, 300U);
  std::size_t answered = 0;
  for (const Way& way : report.ways) {
    EXPECT_LE(way.asked, way.have);
    EXPECT_LE(way.delivered, way.asked);
    EXPECT_LE(way.answered, way.asked);
    answered += way.answered;
  }
  EXPECT_GT(answered, 0U);
  EXPECT_EQ(told_by(play(settings, book)), told_by(report));
  EXPECT_NE(to_text(report).find("Channel"), std::string::npos);
  EXPECT_TRUE(play(small_settings(20)).ways.empty());
}

}  // namespace
}  // namespace tocsin::drill
