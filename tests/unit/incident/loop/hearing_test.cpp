#include "incident/loop/hearing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "incident/state/reach.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using playbook::MessageKind;

const ChannelId kMessenger{"threema"};

// Ana was asked by a messenger, and Ben was not.
class HearingTest : public ::testing::Test {
 protected:
  HearingTest() : night_(written()) { asked("ana", 0); }
  static std::string written() {
    std::string playbook = kPlaybook;
    const std::string_view rung = "channels: [phone]";
    playbook.replace(playbook.find(rung), rung.size(), "channels: [threema, phone]");
    return playbook;
  }
  void asked(const char* id, int minute) {
    night_.happens(
        minute,
        Issued{seal::random_message_id(night_.random), PersonId{id}, MessageKind::request,
               kMessenger, PostId{"resus/nurse/response"}, 1, at(600), "", ""},
        "");
  }
  std::string address_of(const char* id) const {
    for (const auto& point : night_.state.roster[night_.index(id)].contacts)
      if (point.channel == kMessenger) return point.address;
    return {};
  }
  Judged says(const char* words, const std::string& from) {
    ++count_;
    return judge(night_.state, kMessenger,
                 {channel::said_id("threema", std::to_string(count_)), from, words, at(5)}, at(5),
                 base::Zone{});
  }
  Judged taps(const seal::MessageId& about, const char* from) {
    channel::Said said{channel::said_id("threema", std::to_string(++count_)), address_of(from),
                       "Y 20", at(5), about};
    return judge(night_.state, kMessenger, said, at(5), base::Zone{});
  }
  // What was judged goes into the journal, and the step follows.
  void hears(int minute, const char* words) {
    Judged judged = says(words, address_of("ana"));
    if (auto* replied = std::get_if<Replied>(&judged)) night_.happens(minute, *replied, "");
    if (auto* unread = std::get_if<WordsUnread>(&judged)) night_.happens(minute, *unread, "");
    night_.settle(minute);
  }
  int sent(MessageKind kind) const {
    return static_cast<int>(
        std::count_if(night_.state.messages.begin(), night_.state.messages.end(),
                      [&](const Message& message) { return message.kind == kind; }));
  }

  Night night_;
  int count_ = 0;
};

TEST_F(HearingTest, WordsAreBelievedOfTheAddressThatWasWrittenTo) {
  const Judged judged = says("Y 20", address_of("ana"));
  const auto* replied = std::get_if<Replied>(&judged);
  ASSERT_NE(replied, nullptr);
  EXPECT_EQ(replied->person, PersonId{"ana"});
  EXPECT_EQ(replied->answer, Answer::coming);
  EXPECT_EQ(replied->when, at(25));
  EXPECT_EQ(replied->channel, kMessenger);
  EXPECT_EQ(replied->device, "");
  EXPECT_TRUE(std::holds_alternative<std::string_view>(says("Y 20", address_of("ben"))))
      << "nobody asked him";
  EXPECT_TRUE(std::holds_alternative<std::string_view>(says("Y 20", "ABCD0999")));
}

TEST_F(HearingTest, MinutesCountFromWhenTheyWereWritten) {
  const Judged judged =
      judge(night_.state, kMessenger,
            {channel::said_id("threema", "late"), address_of("ana"), "Y 20", at(5)}, at(15),
            base::Zone{});
  ASSERT_TRUE(std::holds_alternative<Replied>(judged));
  EXPECT_EQ(std::get<Replied>(judged).when, at(25));
}

TEST_F(HearingTest, AYesWithoutATimeIsAYes) {
  const Judged judged = says("Y", address_of("ana"));
  const auto* replied = std::get_if<Replied>(&judged);
  ASSERT_NE(replied, nullptr);
  EXPECT_EQ(replied->answer, Answer::coming);
  EXPECT_GE(replied->when, at(5 + 20)) << "her journey takes 20 minutes";
}

TEST_F(HearingTest, ACopyCountsOnce) {
  const Judged judged = says("N", address_of("ana"));
  night_.happens(5, std::get<Replied>(judged), "");
  --count_;
  EXPECT_TRUE(std::holds_alternative<std::monostate>(says("N", address_of("ana"))));
}

// A provider lists what people wrote for days.
TEST_F(HearingTest, WhatWasSaidBeforeTheyWereWrittenToIsNoAnswer) {
  asked("ben", 30);
  const auto said = [&](const char* who, int minute) {
    return judge(night_.state, kMessenger,
                 {channel::said_id("threema", who), address_of(who), "Y 20", at(minute)}, at(31),
                 base::Zone{});
  };
  EXPECT_FALSE(std::holds_alternative<Replied>(said("ben", 20)));
  EXPECT_TRUE(std::holds_alternative<Replied>(said("ben", 30)));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(said("ana", -60)))
      << "in the drill of this morning";
}

TEST_F(HearingTest, WhatIsUnclearIsAnsweredWithTheChoicesAndNotForEver) {
  for (int minute = 5; minute < 15; ++minute) hears(minute, "perhaps, who knows");
  EXPECT_EQ(sent(MessageKind::choices), 3);
  EXPECT_EQ(night_.of("ana").answer, Answer::none);
  hears(16, "N");
  EXPECT_EQ(night_.of("ana").answer, Answer::no);
}

TEST_F(HearingTest, WordsAboutAPatientAreNotKept) {
  hears(5, "NHS number 943 476 5919 needs a bed");
  EXPECT_EQ(sent(MessageKind::no_details), 1);
  for (const Event& event : night_.events)
    EXPECT_EQ(to_json(event).dump().find("943"), std::string::npos);
}

TEST_F(HearingTest, NothingAnswersAProgram) {
  const std::uint64_t before = night_.state.events;
  hears(5, "Out of office: I am away until Monday.");
  EXPECT_EQ(sent(MessageKind::choices), 0);
  EXPECT_EQ(night_.of("ana").unanswered.has_value(), false);
  EXPECT_GE(night_.state.events, before);
}

TEST_F(HearingTest, StopStopsTheChannelAndNotTheCall) {
  hears(5, "STOP");
  EXPECT_EQ(sent(MessageKind::stopped), 1);
  EXPECT_FALSE(can_reach(night_.state, night_.index("ana"), kMessenger));
  EXPECT_TRUE(can_reach(night_.state, night_.index("ana"), kPhone));
  for (int minute = 6; minute < 40; ++minute) night_.settle(minute);
  const auto& messages = night_.of("ana").messages;
  const Message& last = night_.state.messages[messages.back()];
  EXPECT_EQ(last.channel, kPhone) << "the switchboard asks";
  EXPECT_TRUE(std::none_of(messages.begin(), messages.end(), [&](MessageIndex index) {
    const Message& message = night_.state.messages[index];
    return message.channel == kMessenger && message.issued > at(5);
  }));
}

// A button below a message of last month's drill.
TEST_F(HearingTest, AButtonOfAnotherNightIsNoAnswer) {
  EXPECT_TRUE(
      std::holds_alternative<std::monostate>(taps(seal::random_message_id(night_.random), "ana")));
  const Judged judged = taps(night_.state.messages.front().id, "ana");
  ASSERT_TRUE(std::holds_alternative<Replied>(judged));
  EXPECT_EQ(std::get<Replied>(judged).person, PersonId{"ana"});
}

TEST_F(HearingTest, AButtonOfAMessageToSomebodyElseIsNoAnswer) {
  asked("ben", 1);
  ASSERT_EQ(night_.state.messages.back().person, night_.index("ben"));
  EXPECT_TRUE(
      std::holds_alternative<std::string_view>(taps(night_.state.messages.back().id, "ana")));
}

// Ana and Ben have one mailbox, or one telephone.
class SharedAddressTest : public HearingTest {
 protected:
  SharedAddressTest() {
    std::vector<roster::Responder> people = night_.state.roster.responders();
    for (const char* id : {"ana", "ben"})
      for (roster::ContactPoint& point : people[night_.index(id)].contacts)
        if (point.channel == kMessenger) point.address = kShared;
    night_.state.roster = {1, at(-1000), std::move(people)};
    asked("ben", 1);
  }
  static constexpr const char* kShared = "ABCD0001";
};

TEST_F(SharedAddressTest, TheNameSaysWhoseAnswerItIs) {
  const Judged judged = says("Ben: Y 20", kShared);
  ASSERT_TRUE(std::holds_alternative<Replied>(judged));
  EXPECT_EQ(std::get<Replied>(judged).person, PersonId{"ben"});
}

TEST_F(SharedAddressTest, WithoutANameTheyAreAskedForIt) {
  hears(5, "Y 20");
  EXPECT_EQ(sent(MessageKind::whose), 1);
  EXPECT_EQ(night_.of("ana").answer, Answer::none);
  EXPECT_EQ(night_.of("ben").answer, Answer::none);
  EXPECT_FALSE(night_.of("ana").reached) << "it may have been Ben";
}

TEST_F(SharedAddressTest, StopCountsForEverybodyThere) {
  hears(5, "STOP");
  EXPECT_FALSE(can_reach(night_.state, night_.index("ana"), kMessenger));
  EXPECT_FALSE(can_reach(night_.state, night_.index("ben"), kMessenger));
}

}  // namespace
}  // namespace tocsin::incident
