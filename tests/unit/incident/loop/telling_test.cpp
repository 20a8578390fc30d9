#include "incident/loop/telling.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/coordinator/switchboard.h"
#include "incident/view/board.h"
#include "incident/view/explain.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;
using playbook::MessageKind;

// A night in which Ana said yes over a messenger and was given a seat, so that a message to her is
// under way.
struct Sent : Night {
  explicit Sent(Receipt receipt = Receipt::sent) : Night(written_first()) {
    settle(0);
    for (const Message& message : state.messages) hear(0, message.id, Receipt::delivered);
    replies(1, "ana", Answer::coming, 20, kThreema);
    settle(1);
    EXPECT_EQ(of("ana").status, Status::assigned);
    hear(1, decision().id, receipt);
    settle(1);
  }
  void hear(int minute, seal::MessageId id, Receipt receipt) {
    happens(minute, Receipted{id, receipt, ""}, "");
  }
  // Everybody who said yes is stood down.
  void needs_nobody(int minute) {
    for (const char* post : {"resus/nurse/response", "resus/doctor/response",
                             "wards/nurse/response", "resus/nurse/relief"})
      happens(minute, NeedSet{PostId{post}, 0, at(60), "not needed"});
    settle(minute);
    EXPECT_EQ(of("ana").status, Status::stood_down);
  }
  const Message& decision(const char* id = "ana") const {
    return state.messages[of(id).decision.value()];
  }
  const Call* call(int minute, const char* id = "ana") {
    found = call_for(state, index(id), at(minute));
    return found ? &*found : nullptr;
  }
  // Gives out what waits to be said to Ana.
  Source take(int minute) {
    const TakenCall taken = hand_out(state, *call(minute), at(minute));
    all_happen(minute, taken.order.events);
    return {taken.call.value().number};
  }
  std::optional<Call> found;
};

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

TEST(Telling, SilenceOfTheChannelMovesItOnWhenTheAnswerWindowEnds) {
  Sent night;
  const int window = static_cast<int>(night.state.playbook.cascade.answer_window(1).count());
  night.settle(window);
  EXPECT_EQ(night.call(window), nullptr);
  night.settle(1 + window);
  ASSERT_NE(night.call(1 + window), nullptr);
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

TEST(Telling, TheEndReplacesTheWordsForTheNight) {
  Sent night;
  const auto tell = [&](int minute, const char* words) {
    night.happens(minute, Issued{seal::random_message_id(night.random),
                                 PersonId{"ana"},
                                 MessageKind::update,
                                 kThreema,
                                 {},
                                 0,
                                 at(600),
                                 words,
                                 "words"});
    return night.state.message_index(night.state.messages.back().id).value();
  };
  const MessageIndex before = tell(2, "north entrance only");
  night.happens(3, Ended{"over"});
  night.settle(3);
  EXPECT_FALSE(night.state.untold.contains(before));
  EXPECT_TRUE(night.state.messages[before].closed);
  const MessageIndex after = tell(4, "thank you all");
  night.settle(60);
  EXPECT_EQ(night.call(60)->messages.size(), 2U) << "the end, and what was said since";
  EXPECT_TRUE(night.state.messages[after].again);
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

TEST(Telling, TheEndIsHeardByEverybodyWhoWasAskedOrAnswered) {
  Sent night;
  night.replies(2, "ben", Answer::no, 0, kThreema);
  night.replies(2, "fay", Answer::coming, 10, kThreema);
  night.settle(2);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  for (const char* id : {"ana", "ben", "fay"}) {
    const Message& last = night.state.messages[night.of(id).messages.back()];
    EXPECT_EQ(last.kind, MessageKind::stand_down) << id;
    EXPECT_EQ(last.issued, at(5)) << id;
  }
}

TEST(Telling, AfterTheEndAnAnswerChangesNothingAndHearsTheEndAgain) {
  Sent night;
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  const seal::MessageId end = night.decision().id;
  night.hear(5, end, Receipt::delivered);
  night.replies(6, "ana", Answer::coming, 30, kThreema);
  night.settle(6);
  EXPECT_EQ(night.of("ana").status, Status::stood_down);
  EXPECT_NE(night.decision().id, end);
  EXPECT_EQ(night.decision().kind, MessageKind::stand_down);
}

TEST(Telling, WhoWasStoodDownBeforeTheEndIsWrittenThatItIsOverAndNotRungForIt) {
  Sent night(Receipt::delivered);
  night.needs_nobody(3);
  const seal::MessageId stood_down = night.decision().id;
  night.hear(3, stood_down, Receipt::delivered);
  night.all_happen(60, stand_down(night.state, "over").events);
  night.settle(60);
  EXPECT_NE(night.decision().id, stood_down);
  EXPECT_EQ(night.decision().issued, at(60));
  EXPECT_NE(night.of("ana").status_why, "the incident has ended") << "why they were not needed";
  night.hear(60, night.decision().id, Receipt::failed_for_good);
  night.settle(60);
  EXPECT_EQ(night.call(60), nullptr);
  EXPECT_FALSE(will_move_on(night.state));
}

TEST(Telling, WhoDoesNotKnowThatTheyAreStoodDownIsPursuedAfterTheEnd) {
  Sent night(Receipt::delivered);
  night.needs_nobody(3);
  night.all_happen(4, stand_down(night.state, "over").events);
  night.settle(4);
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
  night.hear(4, night.decision().id, Receipt::failed_for_good);
  night.settle(4);
  EXPECT_EQ(night.decision().channel, kPhone);
}

// The incident ended while they were on the line for the first time.
TEST(Telling, WhoIsRungAsTheIncidentEndsHearsIt) {
  Night night;
  night.settle(0);
  ASSERT_TRUE(night.of("ana").is_silent());
  night.happens(1, Ended{"false alarm"});
  night.settle(1);
  ASSERT_TRUE(night.of("ana").uncalled);
  night.replies(2, "ana", Answer::coming, 30);
  night.settle(2);
  ASSERT_TRUE(night.of("ana").decision);
  EXPECT_TRUE(night.state.untold.contains(*night.of("ana").decision));
}

TEST(Telling, AChannelThatTheHomeHasNotIsLeftOutFromTheStart) {
  Night night(written_first());
  night.happens(0, ChannelsTaken{{kPhone}}, "");
  night.settle(0);
  ASSERT_FALSE(night.state.messages.empty());
  for (const Message& message : night.state.messages) EXPECT_EQ(message.channel, kPhone);
}

TEST(Telling, WhoHasLeftHearsTheEndInTheSameBreath) {
  Sent night;
  night.replies(2, "ana", Answer::leaving, 0, kThreema);
  night.settle(2);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  EXPECT_EQ(night.decision().kind, MessageKind::stand_down);
  EXPECT_EQ(night.decision().issued, at(5));
}

TEST(Telling, WhoSaysAfterTheEndThatTheyComeIsPursuedUntilTheyKnow) {
  Sent night;
  night.replies(2, "ben", Answer::no, 0, kThreema);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  EXPECT_TRUE(night.state.knows_decision(night.index("ben")));  // who does nothing anyhow
  night.replies(6, "ben", Answer::coming, 30, kThreema);
  night.settle(6);
  EXPECT_FALSE(night.state.knows_decision(night.index("ben")));
  night.hear(6, night.decision("ben").id, Receipt::failed_for_good);
  night.settle(6);
  EXPECT_EQ(night.decision("ben").channel, kPhone);
}

TEST(Telling, WhoWasNeverAskedAndAnswersAfterTheEndHearsIt) {
  Sent night;
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  ASSERT_TRUE(night.of("fay").messages.empty());
  night.replies(6, "fay", Answer::no, 0, kThreema);
  night.settle(6);
  ASSERT_FALSE(night.of("fay").messages.empty());
  EXPECT_EQ(night.decision("fay").kind, MessageKind::stand_down);
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

}  // namespace
}  // namespace tocsin::incident
