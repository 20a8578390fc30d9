#include "incident/calling/answer_window.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using base::Milliseconds;
using base::Minutes;

// The small night with these lines for its cascade.
Night with_cascade(std::string_view lines) {
  constexpr std::string_view kChannels = "channels: [phone]";
  std::string playbook = kPlaybook;
  playbook.replace(playbook.find(kChannels), kChannels.size(), lines);
  return Night{std::move(playbook)};
}

void ask(Night& night, int minute, const char* id, const char* channel) {
  night.happens(
      minute,
      Issued{seal::random_message_id(night.random), PersonId{id}, playbook::MessageKind::request,
             ChannelId{channel}, PostId{"resus/doctor/response"}, 1, at(minute + 720), "", "first"},
      "");
}

TEST(AnswerWindow, IsThatOfThePostsPriority) {
  const Night night = with_cascade(
      "channels: [relay, phone]\n  answer_window: {1: 5min, 9: 20min, default: 15min}");
  EXPECT_EQ(answer_window(night.state, night.post("resus/doctor/response")), Minutes{5});
  EXPECT_EQ(answer_window(night.state, night.post("wards/nurse/response")), Minutes{15});
  EXPECT_EQ(answer_window(night.state, std::nullopt), Minutes{20});  // as the least important post
}

TEST(AnswerWindow, OnTheLastChannelSilenceEndsWithIt) {
  Night night = with_cascade("channels: [relay]\n  answer_window: {1: 5min, default: 15min}");
  night.state.people[night.index("eli")].devices.push_back(0);
  ask(night, 3, "eli", "relay");
  EXPECT_TRUE(may_still_answer(night.state, night.index("eli"), at(8) - Milliseconds{1}));
  EXPECT_FALSE(may_still_answer(night.state, night.index("eli"), at(8)));
}

TEST(AnswerWindow, WhileAnotherChannelIsLeftNobodyIsGivenUp) {
  Night night = with_cascade("channels: [relay, phone]\n  answer_window: 5min");
  for (const char* id : {"eli", "gus"}) {
    night.state.people[night.index(id)].devices.push_back(0);
    ask(night, 3, id, "relay");
  }
  EXPECT_TRUE(may_still_answer(night.state, night.index("eli"), at(60)));
  EXPECT_FALSE(may_still_answer(night.state, night.index("gus"), at(60)));  // has no number
}

TEST(AnswerWindow, OnTheTelephoneTheListDecides) {
  Night night;
  ask(night, 0, "eli", "phone");
  EXPECT_TRUE(may_still_answer(night.state, night.index("eli"), at(600)));
  for (int ring = 1; ring <= kMostPhoneTries; ++ring) {
    EXPECT_TRUE(may_still_answer(night.state, night.index("eli"), at(600)));
    night.happens(600, PhoneUnanswered{PersonId{"eli"}, std::string{kNoAnswer}});
  }
  EXPECT_FALSE(may_still_answer(night.state, night.index("eli"), at(600)));
}

}  // namespace
}  // namespace tocsin::incident
