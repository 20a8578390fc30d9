#include "incident/calling/ask.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::string on_relay_first() {
  constexpr std::string_view kChannels = "channels: [phone]";
  std::string playbook = kPlaybook;
  return playbook.replace(playbook.find(kChannels), kChannels.size(),
                          "channels: [relay, phone]\n  answer_window: 12min\n  reminders: 2");
}

// When, in minutes, and by which channel messages go to somebody who stays silent.
std::vector<std::pair<int, std::string>> said_to_the_silent(int from, int minutes) {
  Night night{on_relay_first()};
  const PersonIndex eli = night.index("eli");
  night.state.people[eli].devices.push_back(0);
  night.happens(
      from,
      Issued{seal::random_message_id(night.random), PersonId{"eli"}, playbook::MessageKind::request,
             ChannelId{"relay"}, PostId{"resus/doctor/response"}, 1, at(from + 720), "", "first"},
      "");
  std::vector<std::pair<int, std::string>> said;
  for (int minute = from; minute < from + minutes; ++minute) {
    Escalation escalation = escalate(night.state, at(minute), night.random);
    for (const Body& body : escalation.events)
      said.emplace_back(minute, std::get<Issued>(body).channel.str());
    night.all_happen(minute, std::move(escalation.events));
  }
  return said;
}

// Eli has a device, Threema and a number to ring; the first two are tried together.
struct Together {
  Night night{[] {
    constexpr std::string_view kChannels = "channels: [phone]";
    std::string playbook = kPlaybook;
    return playbook.replace(playbook.find(kChannels), kChannels.size(),
                            "channels: [email, relay, threema, phone]\n  answer_window: 12min\n"
                            "  reminders: 0\n  together: {1: [threema, relay]}");
  }()};
  std::vector<std::string> said{};

  Together() {
    night.enrols(0, "eli");
    callout::Recourses recourses;
    Pool pool;
    pool.follow(night.state, at(0));
    take(0, ask(night.state, pool, at(0), night.random, recourses));
  }
  void take(int minute, std::vector<Body> events) {
    for (Body& body : events) {
      if (const auto* issued = std::get_if<Issued>(&body); issued && issued->person.str() == "eli")
        said.push_back(fmt::format("{} {} {}", minute, playbook::to_text(issued->kind),
                                   issued->channel.str()));
      night.happens(minute, std::move(body), "");
    }
  }
  void pass(int from, int until) {
    for (int minute = from; minute < until; ++minute)
      take(minute, escalate(night.state, at(minute), night.random).events);
  }
  auto waiting() const {
    return std::count_if(night.state.outbox.begin(), night.state.outbox.end(), [&](const auto& at) {
      return night.state.messages[at.second].person == night.index("eli");
    });
  }
  void receipt(int minute, std::string_view channel, contact::Receipt receipt) {
    for (const MessageIndex m : night.of("eli").messages)
      if (night.state.messages[m].channel.str() == channel)
        night.happens(minute, Receipted{night.state.messages[m].id, receipt, ""}, "");
  }
};

using Said = std::vector<std::string>;

TEST(Together, SilenceGoesOnFromAllOfThem) {
  Together t;
  t.pass(1, 30);
  EXPECT_EQ(t.said, (Said{"0 request threema", "0 request relay", "12 reminder phone"}));
}

TEST(Together, OneThatFailsIsNotWaitedForAndNotReplaced) {
  Together t;
  t.receipt(1, "relay", contact::Receipt::failed_for_good);
  t.pass(1, 5);
  EXPECT_EQ(t.said.size(), 2U) << "the other may still be read";
  t.receipt(5, "threema", contact::Receipt::failed_for_good);
  t.pass(5, 7);
  EXPECT_EQ(t.said.back(), "5 reminder phone");
}

TEST(Together, AnAnswerOnOneEndsTheOthers) {
  Together t;
  t.receipt(0, "threema", contact::Receipt::delivered);
  EXPECT_EQ(t.waiting(), 1) << "the relay has not taken it yet";
  t.night.replies(1, "eli", Answer::no, 0, ChannelId{"threema"});
  EXPECT_EQ(t.waiting(), 0);
  t.pass(1, 60);
  EXPECT_EQ(t.said.size(), 2U);
}

TEST(Escalate, RemindersDivideTheWindowAndDoNotProlongIt) {
  const std::vector<std::pair<int, std::string>> expected = {
      {7, "relay"}, {11, "relay"}, {15, "phone"}};
  EXPECT_EQ(said_to_the_silent(3, 60), expected);
}

// Asked by telephone, with a device that enrolled since; the calls end so.
std::vector<std::string> asked_after(std::vector<std::string_view> outcomes) {
  Night night{on_relay_first()};
  night.happens(
      0,
      Issued{seal::random_message_id(night.random), PersonId{"eli"}, playbook::MessageKind::request,
             kPhone, PostId{"resus/doctor/response"}, 1, at(720), "", "first"},
      "");
  night.enrols(1, "eli");
  for (const std::string_view outcome : outcomes)
    night.happens(2,
                  CallEnded{0, night.state.events, PersonId{"eli"},
                            night.state.contact_to_ring(night.index("eli")), std::string{outcome}});
  std::vector<std::string> asked;
  for (int minute = 3; minute < 90; ++minute) {
    Escalation escalation = escalate(night.state, at(minute), night.random);
    for (const Body& body : escalation.events)
      asked.push_back(
          fmt::format("{}: {}", std::get<Issued>(body).channel.str(), std::get<Issued>(body).why));
    night.all_happen(minute, std::move(escalation.events));
  }
  return asked;
}

TEST(Escalate, WhoWasRungInVainIsWrittenToOnceMore) {
  using Asked = std::vector<std::string>;
  EXPECT_EQ(asked_after({}), Asked{}) << "the switchboard rings them";
  EXPECT_EQ(asked_after({kNoAnswer}), Asked{}) << "and once more";
  const Asked reminded{"relay: no answer yet", "relay: no answer yet"};
  Asked expected{"relay: no answer on phone"};
  expected.insert(expected.end(), reminded.begin(), reminded.end());
  EXPECT_EQ(asked_after({kNoAnswer, kNoAnswer}), expected);
  expected.front() = "relay: wrong number on phone";
  EXPECT_EQ(asked_after({kWrongNumber}), expected);
}

// Ana's messenger takes nothing from minute 0 on.
TEST(Escalate, WhoseChannelTakesNothingGoesOnBeforeTheWindowEnds) {
  Night night{written_first()};
  const auto issue = [&](const char* who) {
    Issued request{seal::random_message_id(night.random),
                   PersonId{who},
                   playbook::MessageKind::request,
                   kThreema,
                   PostId{"resus/nurse/response"},
                   1,
                   at(720),
                   "",
                   "first"};
    night.happens(0, request, "");
    return request.id;
  };
  const seal::MessageId ana = issue("ana");
  const seal::MessageId ben = issue("ben");
  night.happens(0, Receipted{ben, contact::Receipt::sent, ""}, "");
  for (int i = 0; i < kFailuresBeforeRest; ++i)
    night.happens(0, Receipted{ana, contact::Receipt::failed_for_now, "in trouble"}, "");
  const Escalation before = escalate(night.state, at(0), night.random);
  EXPECT_TRUE(before.events.empty());
  EXPECT_EQ(before.next, at(0) + kRestBeforePassing);
  const Escalation after = escalate(night.state, at(0) + kRestBeforePassing, night.random);
  ASSERT_EQ(after.events.size(), 1U) << "the message to Ben was taken";
  const auto& issued = std::get<Issued>(after.events.front());
  EXPECT_EQ(issued.person, PersonId{"ana"});
  EXPECT_EQ(issued.channel, kPhone);
  EXPECT_EQ(issued.why, "not taken on threema");
}

}  // namespace
}  // namespace tocsin::incident
