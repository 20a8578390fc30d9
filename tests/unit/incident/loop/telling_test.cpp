#include "incident/loop/telling.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/coordinator/switchboard.h"
#include "incident/view/board.h"
#include "incident/view/explain.h"
#include "unit/incident/loop/sent.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;
using playbook::MessageKind;

TEST(Telling, WhoHasNoReceiptIsNotToldAndWaitsForOne) {
  Sent night;
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
  EXPECT_EQ(board(night.state, at(1)).not_told, 1);
  EXPECT_NE(explain_person(night.state, night.index("ana"), at(1)).find("not been told so far"),
            std::string::npos);
  EXPECT_EQ(night.call(1), nullptr);
  night.hear(2, night.decision().id, Receipt::delivered);
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
  EXPECT_EQ(board(night.state, at(2)).not_told, 0);
}

TEST(Telling, WhatTheChannelGaveUpIsSaidByTheNextOneAtOnce) {
  Sent night(Receipt::failed_for_good);
  ASSERT_NE(night.call(1), nullptr);
  EXPECT_EQ(night.decision().channel, kPhone);
  EXPECT_EQ(night.decision().kind, MessageKind::assigned);
  EXPECT_EQ(board(night.state, at(1)).not_told, 1);
}

TEST(Telling, WhatAChannelDoesNotTakeIsSaidByTheNextOneBeforeTheWindowEnds) {
  Sent night(Receipt::failed_for_now);
  for (int failed = 1; failed < kFailuresBeforeRest; ++failed)
    night.hear(1, night.decision().id, Receipt::failed_for_now);
  night.settle(1);
  EXPECT_EQ(night.decision().channel, kThreema) << "it may be a hiccup";
  night.settle(2);
  EXPECT_EQ(night.decision().channel, kPhone);
  ASSERT_NE(night.call(2), nullptr);
}

TEST(Telling, AWayThatIsThereLaterIsTaken) {
  Night night{written_first()};
  night.happens(0, ChannelsTaken{});
  night.happens(0, Pinned{PersonId{"ana"}, PostId{"resus/nurse/response"}, "knows the room"});
  night.settle(0);
  ASSERT_EQ(night.of("ana").status, Status::assigned);
  ASSERT_FALSE(night.of("ana").decision) << "no way leads to her";
  night.happens(1, ChannelsTaken{{kThreema}});
  night.settle(1);
  ASSERT_TRUE(night.of("ana").decision);
  EXPECT_EQ(night.state.messages[*night.of("ana").decision].channel, kThreema);
}

TEST(Telling, ALateReceiptTakesItOffTheSwitchboardsList) {
  Sent night;
  const seal::MessageId written = night.decision().id;
  night.settle(60);
  ASSERT_NE(night.call(60), nullptr);
  night.hear(61, written, Receipt::delivered);
  EXPECT_EQ(night.call(61), nullptr);
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
}

TEST(Telling, WhoCannotBeToldMayNotCome) {
  Sent told;
  told.hear(1, told.decision().id, Receipt::delivered);
  Sent untold(Receipt::failed_for_good);
  const auto likely = [](Sent& night) {
    night.settle(7);
    for (const SeatOutlook& seat : night.state.outlook)
      if (seat.post == night.decision().post && seat.deadline == 0) return seat.per_mille;
    return std::uint64_t{0};
  };
  EXPECT_LT(likely(untold), likely(told));
}

TEST(Telling, ANewerDecisionTakesThePlaceOfAnOlderOne) {
  Sent night(Receipt::failed_for_good);
  ASSERT_NE(night.call(1), nullptr);
  night.happens(2, Released{PersonId{"ana"}, "the trust next door needs her"});
  night.settle(2);
  night.hear(2, night.decision().id, Receipt::failed_for_good);
  night.settle(2);
  ASSERT_NE(night.call(2), nullptr);
  ASSERT_EQ(night.call(2)->messages.size(), 1U);
  EXPECT_EQ(night.state.messages[night.call(2)->messages.front()].kind, MessageKind::stand_down);
}

TEST(Telling, WhatTheOperatorWasNotGivenIsNotSaid) {
  Sent night(Receipt::failed_for_good);
  const Source source = night.take(2);
  const seal::MessageId given = night.decision().id;
  night.happens(2, Released{PersonId{"ana"}, "not needed"});
  night.settle(2);
  night.hear(2, night.decision().id, Receipt::failed_for_good);
  night.settle(2);
  const Order order = said(night.state, night.index("ana"), source);
  ASSERT_EQ(order.events.size(), 1U);
  EXPECT_EQ(std::get<Receipted>(order.events.front()).id, given);
  night.all_happen(3, order.events);
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
  EXPECT_NE(night.call(3), nullptr);
}

TEST(Telling, WhoAnswersAnOperatorHasHeardWhatTheOperatorWasGiven) {
  Sent night(Receipt::failed_for_good);
  const Source source = night.take(2);
  night.all_happen(
      2,
      tell(night.state, {Audience::person, "ana"}, "bring your badge", at(2), night.random).events);
  night.hear(2, night.state.messages.back().id, Receipt::failed_for_good);
  night.settle(2);
  night.all_happen(3, answered(night.state, night.index("ana"), {Answer::coming, at(30)}, source,
                               at(3), night.random)
                          .events);
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
  ASSERT_NE(night.call(3), nullptr);  // what came since was not said
  EXPECT_EQ(words_for(night.state, *night.call(3)).size(), 1U);
}

TEST(Telling, APrintedSheetSaysWhatStoodOnIt) {
  Sent night(Receipt::failed_for_good);
  const std::uint64_t sheet = night.state.events;
  const PersonIndex ana = night.index("ana");
  EXPECT_THROW(said(night.state, ana, {}), base::Fault);  // nobody was given anything
  EXPECT_TRUE(said(night.state, ana, {0, 1}).events.empty());
  night.all_happen(2, said(night.state, ana, {0, sheet}).events);
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
  EXPECT_EQ(night.call(2), nullptr);
}

TEST(Telling, WhoWasReleasedAndComesAllTheSameIsToldAgain) {
  Sent night;
  night.happens(2, Released{PersonId{"ana"}, "not needed"});
  night.settle(2);
  const seal::MessageId first = night.decision().id;
  night.hear(2, first, Receipt::delivered);
  night.replies(3, "ana", Answer::coming, 25, kThreema);
  night.settle(3);
  EXPECT_NE(night.decision().id, first);
  EXPECT_EQ(night.decision().kind, MessageKind::stand_down);
  EXPECT_TRUE(night.state.untold.contains(*night.of("ana").decision));
}

TEST(Telling, ACoordinatorsWordsAreSaidByTheNextChannelToo) {
  Sent night;
  night.all_happen(
      2, tell(night.state, {Audience::person, "ana"}, "north entrance only", at(2), night.random)
             .events);
  night.hear(2, night.state.messages.back().id, Receipt::failed_for_good);
  night.settle(2);
  ASSERT_NE(night.call(2), nullptr);
  const auto words = words_for(night.state, *night.call(2));
  EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](const std::string& text) {
    return text.find("north entrance only") != std::string::npos;
  }));
}

TEST(Telling, ANudgeThatWasDeliveredSaysNothing) {
  std::string playbook = kPlaybook;
  const std::string_view rung = "channels: [phone]";
  playbook.replace(playbook.find(rung), rung.size(), "channels: [sms, phone]");
  Night night(playbook);
  const seal::MessageId id = seal::random_message_id(night.random);
  night.happens(0,
                Issued{id, PersonId{"ana"}, MessageKind::assigned, ChannelId{"sms"},
                       PostId{"resus/nurse/response"}, 0, at(600), "", ""},
                "");
  night.happens(1, Receipted{id, Receipt::delivered, ""}, "");
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
  EXPECT_FALSE(night.of("ana").reached);
}

TEST(Telling, ACodeWordThatWasDeliveredSaysWhatToDo) {
  std::string playbook = kPlaybook;
  const std::string_view rung = "channels: [phone]";
  playbook.replace(playbook.find(rung), rung.size(), "channels: [sms, phone]");
  playbook +=
      "code_words:\n"
      "  real: {come: Heron, assigned: Otter, stay: Willow, ended: Harbour}\n"
      "  exercise: {come: Plover, assigned: Badger, stay: Elm, ended: Quay}\n"
      "messages:\n  en:\n    nudge: \"{code_word} {link}\"\n";
  Night night(playbook);
  const auto sent = [&](MessageKind kind) {
    const seal::MessageId id = seal::random_message_id(night.random);
    night.happens(0,
                  Issued{id, PersonId{"ana"}, kind, ChannelId{"sms"},
                         PostId{"resus/nurse/response"}, 0, at(600), "go by bus", ""},
                  "Dr A. Okafor");
    night.happens(1, Receipted{id, Receipt::sent, ""}, "");
    EXPECT_TRUE(night.state.untold.contains(*night.state.message_index(id)));
    night.happens(1, Receipted{id, Receipt::delivered, ""}, "");
    return id;
  };
  const auto assigned = sent(MessageKind::assigned);
  EXPECT_FALSE(night.state.untold.contains(*night.state.message_index(assigned)));
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
  const auto update = sent(MessageKind::update);  // no code word says "go by bus"
  EXPECT_TRUE(night.state.untold.contains(*night.state.message_index(update)));
}

// She answered by telephone, so she is told by telephone first.
TEST(Telling, WhoDoesNotPickUpIsWrittenToByTheChannelsBefore) {
  Night night(written_first());
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 20);
  night.settle(1);
  const auto decision = [&]() -> const Message& {
    return night.state.messages[night.of("ana").decision.value()];
  };
  ASSERT_EQ(decision().channel, kPhone);
  const std::uint64_t sheet = night.state.events;
  for (const int minute : {2, 3}) {
    night.all_happen(minute,
                     unanswered(night.state, night.index("ana"), kNoAnswer, {0, sheet}).events);
    night.settle(minute);
  }
  EXPECT_EQ(decision().channel, kThreema);
  EXPECT_TRUE(night.state.untold.contains(*night.of("ana").decision));
  night.happens(4, Receipted{decision().id, Receipt::failed_for_good, ""}, "");
  night.settle(60);
  EXPECT_EQ(decision().channel, kThreema) << "each channel once";
  EXPECT_FALSE(will_move_on(night.state));
}

TEST(Telling, WhoWasMissedIsPursuedWhenTheyAreStoodDown) {
  Night night(written_first());
  night.happens(0, Pinned{PersonId{"ana"}, PostId{"resus/nurse/response"}, "knows the room"});
  night.settle(0);
  night.happens(60, Missed{PersonId{"ana"}, "expected 23:10"}, "");
  night.happens(61, Released{PersonId{"ana"}, "not needed"});
  night.settle(61);
  ASSERT_EQ(night.state.messages[night.of("ana").decision.value()].kind, MessageKind::stand_down);
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
}

TEST(Telling, AChannelThatTheHomeHasNotIsLeftOutFromTheStart) {
  Night night(written_first());
  night.happens(0, ChannelsTaken{{kPhone}}, "");
  night.settle(0);
  ASSERT_FALSE(night.state.messages.empty());
  for (const Message& message : night.state.messages) EXPECT_EQ(message.channel, kPhone);
}

TEST(Telling, WhoWasOnDutyAndReleasedAndComesAllTheSameIsToldAgain) {
  const roster::Stint at_work{
      roster::PersonId{"ana"}, roster::Duty::on_duty, {}, {}, at(-60), at(600)};
  Night night(written_first(), Night::staff(), roster::Rota{1, {at_work}, {}});
  night.happens(0, Pinned{PersonId{"ana"}, PostId{"resus/nurse/response"}, "knows the room"});
  night.settle(0);
  night.happens(1, Released{PersonId{"ana"}, "not needed"});
  night.settle(1);
  const std::size_t written = night.of("ana").messages.size();
  night.replies(2, "ana", Answer::coming, 20, kThreema);
  night.settle(2);
  EXPECT_EQ(night.of("ana").messages.size(), written + 1);
}

TEST(Telling, SilenceOfTheChannelMovesItOnWhenTheAnswerWindowEnds) {
  Sent night;
  const int window = static_cast<int>(night.state.playbook.cascade.answer_window(1).count());
  night.settle(window);
  EXPECT_EQ(night.call(window), nullptr);
  night.settle(1 + window);
  ASSERT_NE(night.call(1 + window), nullptr);
}

TEST(Telling, WhatWaitsToBeRungIsWrittenTooWhenTheWindowEnds) {
  Night night(written_first());
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 20);
  night.settle(1);
  const MessageIndex rung = night.of("ana").decision.value();
  night.settle(30);
  const Message& written = night.state.messages[night.of("ana").decision.value()];
  EXPECT_EQ(written.channel, kThreema);
  EXPECT_TRUE(night.state.phone_list.contains(rung)) << "it is still the switchboard's as well";
  night.happens(31, Receipted{written.id, Receipt::delivered, ""}, "");
  EXPECT_TRUE(night.state.knows_decision(night.index("ana")));
  EXPECT_FALSE(night.state.phone_list.contains(rung));
}

// Ana's page shows that she is asked; then she is rung.
class OnAPage : public ::testing::Test {
 protected:
  OnAPage() {
    night_.enrols(0, "ana");
    night_.settle(0);
    for (const MessageIndex index : night_.of("ana").messages)
      night_.happens(1, Receipted{night_.state.messages[index].id, Receipt::delivered, ""}, "");
    asked_ = night_.of("ana").messages.size();
  }
  std::vector<std::pair<std::string, MessageKind>> written_since() const {
    std::vector<std::pair<std::string, MessageKind>> all;
    const auto& messages = night_.of("ana").messages;
    for (std::size_t i = asked_; i < messages.size(); ++i)
      all.emplace_back(night_.state.messages[messages[i]].channel.str(),
                       night_.state.messages[messages[i]].kind);
    return all;
  }

  Night night_{playbooks::changed(kPlaybook, {{"channels: [phone]", "channels: [relay, phone]"}})};
  std::size_t asked_ = 0;
};

TEST_F(OnAPage, AYesByTelephoneIsShownThereAsWell) {
  ASSERT_EQ(asked_, 1U);
  night_.replies(2, "ana", Answer::coming, 22);
  night_.settle(2);
  const auto written = written_since();
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(written[0].first, "phone");
  EXPECT_EQ(written[1].first, "relay");
  EXPECT_EQ(written[0].second, written[1].second);
  // Whoever saw it there need not be rung.
  night_.happens(
      3,
      Receipted{night_.state.messages[night_.of("ana").messages.back()].id, Receipt::delivered, ""},
      "");
  EXPECT_TRUE(night_.state.knows_decision(night_.index("ana")));
  for (const MessageIndex index : night_.of("ana").messages)
    EXPECT_FALSE(night_.state.phone_list.contains(index));
}

TEST_F(OnAPage, ANoByTelephoneIsShownThere) {
  night_.replies(2, "ana", Answer::no, 0);
  night_.settle(2);
  ASSERT_EQ(written_since().size(), 1U);
  EXPECT_EQ(written_since()[0], (std::pair{std::string{"relay"}, MessageKind::stand_down}));
  EXPECT_FALSE(night_.state.untold.contains(night_.of("ana").messages.back()));
  night_.settle(3);
  EXPECT_EQ(written_since().size(), 1U) << "once";
}

TEST_F(OnAPage, ANoOnTheOnlyDeviceIsNotSaidBackToIt) {
  night_.replies(2, "ana", Answer::no, 0, ChannelId{"relay"});
  night_.settle(2);
  EXPECT_TRUE(written_since().empty());
}

TEST_F(OnAPage, ANoOnOneOfTwoDevicesIsShownOnTheOther) {
  night_.enrols(1, "ana");
  night_.replies(2, "ana", Answer::no, 0, ChannelId{"relay"});
  night_.settle(2);
  ASSERT_EQ(written_since().size(), 1U);
  EXPECT_EQ(written_since()[0], (std::pair{std::string{"relay"}, MessageKind::stand_down}));
}

TEST_F(OnAPage, WhoOffersAfterARefusalIsAnsweredAnew) {
  night_.replies(2, "ana", Answer::no, 0);
  night_.settle(2);
  night_.replies(4, "ana", Answer::coming, 24);
  EXPECT_EQ(night_.of("ana").written, Status::free);
  EXPECT_FALSE(night_.state.knows_decision(night_.index("ana")));
}

TEST_F(OnAPage, TheEndIsShownThereAlsoToWhoAnsweredByTelephone) {
  night_.replies(2, "ana", Answer::coming, 22);
  night_.settle(2);
  night_.happens(3, Ended{"over"});
  night_.settle(3);
  bool is_shown = false;
  for (const auto& [channel, kind] : written_since())
    is_shown = is_shown || (channel == "relay" && kind == MessageKind::stand_down);
  EXPECT_TRUE(is_shown);
}

}  // namespace
}  // namespace tocsin::incident
