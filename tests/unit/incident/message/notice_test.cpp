#include "incident/message/notice.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using playbook::MessageKind;

const PostId kAskedPost{"resus/nurse/response"};  // 1 by 30 min, 2 by 60 min

class NoticeText : public testing::Test {
 protected:
  const Message& issue(const char* person, MessageKind kind, const PostId& post,
                       const std::string& text = {}) {
    night_.happens(1, Issued{seal::random_message_id(night_.random), PersonId{person}, kind, kPhone,
                             post, 1, at(720), text, "nearest"});
    return night_.state.messages.back();
  }
  Notice notice(const Message& message) { return notice_for(night_.state, message, {}); }

  Night night_;
};

// lib/README.md, rule 9.
TEST_F(NoticeText, EveryWordToAResponderSaysThatItIsAnExercise) {
  for (std::size_t kind = 0; kind < playbook::kMessageKinds; ++kind) {
    if (playbook::is_for_strangers(static_cast<MessageKind>(kind))) continue;
    const Message& message = issue("ana", static_cast<MessageKind>(kind), kAskedPost, "north door");
    EXPECT_EQ(notice(message).text.rfind("EXERCISE: ", 0), 0U) << notice(message).text;
    EXPECT_EQ(spoken(night_.state, message).rfind("EXERCISE: ", 0), 0U);
    night_.state.declared.realness = seal::Realness::real;
    EXPECT_EQ(notice(message).text.rfind("REAL: ", 0), 0U) << notice(message).text;
    EXPECT_EQ(spoken(night_.state, message).rfind("REAL: ", 0), 0U);
    night_.state.declared.realness = seal::Realness::exercise;
  }
}

TEST_F(NoticeText, WhoHasASeatIsToldItsTimeAndAllOthersTheLast) {
  night_.happens(0, Assigned{PersonId{"ana"}, kAskedPost, 0, at(20), ""}, "");
  EXPECT_EQ(notice(issue("ana", MessageKind::assigned, kAskedPost)).by, at(30));
  EXPECT_EQ(notice(issue("ben", MessageKind::request, kAskedPost)).by, at(60));
  // A seat elsewhere has nothing to do with the post that is asked about.
  const PostId ward{"wards/nurse/response"};
  night_.happens(0, NeedSet{ward, 1, at(90), ""});
  EXPECT_EQ(notice(issue("ana", MessageKind::request, ward)).by, at(90));
}

TEST_F(NoticeText, NamesWhatItIsAboutAndNothingWhenItIsAboutNoPost) {
  const Notice about = notice(issue("ana", MessageKind::request, kAskedPost));
  EXPECT_EQ(about.area, "Resuscitation");
  EXPECT_EQ(about.role, "Trauma nurse");
  EXPECT_EQ(about.report_to, "Red doors");
  EXPECT_EQ(about.shift, "Response");
  const Notice none = notice(issue("ana", MessageKind::stand_down, {}));
  EXPECT_EQ(none.area + none.role + none.report_to + none.shift, "");
  EXPECT_FALSE(none.by);
  EXPECT_EQ(none.caller, "Dr A. Okafor");
  EXPECT_EQ(none.incident, "EX-20261122-2240");
}

TEST_F(NoticeText, SaysThatAPostIsOfALaterShiftAndThatTheIncidentHasEnded) {
  EXPECT_FALSE(notice(issue("ana", MessageKind::request, kAskedPost)).is_relief);
  const Notice later = notice(issue("ana", MessageKind::request, PostId{"resus/nurse/relief"}));
  EXPECT_TRUE(later.is_relief);
  EXPECT_EQ(later.site, night_.state.playbook.site.name);
  EXPECT_FALSE(later.ended);
  const Message& before = issue("ben", MessageKind::request, kAskedPost);
  night_.happens(50, Ended{"over"});
  EXPECT_EQ(notice(before).ended, at(50)) << "also what is sent late";
}

TEST_F(NoticeText, ADeviceKeepsItUntilThePersonWasNeeded) {
  const Notice soon = notice(issue("ana", MessageKind::request, kAskedPost));
  EXPECT_EQ(soon.keep_until, at(7 * 24 * 60));
  night_.happens(0, NeedSet{kAskedPost, 2, at(8 * 24 * 60), "a long night"});
  EXPECT_EQ(notice(issue("ana", MessageKind::request, kAskedPost)).keep_until, at(8 * 24 * 60));
}

// A sender renders each topic once, so one topic must be one text.
TEST_F(NoticeText, OneTopicIsOneText) {
  night_.settle(0);
  for (const char* id : {"ana", "ben", "cyn", "dee"}) night_.replies(3, id, Answer::coming, 25);
  night_.settle(3);
  issue("ana", MessageKind::update, {}, "north door");
  issue("ana", MessageKind::update, {}, "south door");
  std::map<Topic, std::string> texts;
  for (const Message& message : night_.state.messages) {
    const Notice rendered = notice(message);
    const std::string parts = base::to_hex(encode(rendered));
    const auto [at, fresh] = texts.emplace(topic_of(night_.state, message), parts);
    EXPECT_EQ(at->second, parts);
  }
  EXPECT_GT(texts.size(), 4U);
}

TEST_F(NoticeText, WhatIsReadOutIsAQuestionAndNeverForbidsTheTelephone) {
  for (const MessageKind kind : {MessageKind::request, MessageKind::reminder}) {
    const std::string words = spoken(night_.state, issue("ana", kind, kAskedPost));
    EXPECT_NE(words.find("Can you come as Trauma nurse, Resuscitation, by "), std::string::npos);
    EXPECT_EQ(words.find("phone"), std::string::npos) << words;
  }
}

TEST_F(NoticeText, ACoordinatorsBracesAreTheirOwn) {
  EXPECT_NE(
      notice(issue("ana", MessageKind::update, {}, "gate {link} {{")).text.find("gate {link} {{"),
      std::string::npos);
}

}  // namespace
}  // namespace tocsin::incident
