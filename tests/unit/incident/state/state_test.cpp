// A declaration is folded by reading its playbook, whatever a check says of it today; an event that
// does not fit the events before it is a fault.
#include "incident/state/state.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/read.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::size_t errors_of(const std::string& text) {
  document::Findings findings;
  playbook::judge(playbook::read_playbook(text, "a"), findings);
  return findings.errors();
}

// As the checks of a later version would refuse what was declared under those of an earlier one.
TEST(Declared, IsFoldedWhateverTheJudgeSaysOfItsPlaybook) {
  std::string text = changed(kPlaybook, "code: ZZ999", "code: a hospital");
  text = changed(text, "report_to: \"Red doors\"", "report_to: Bed of 943 476 5919");
  text = changed(text, "    title: Resuscitation", "    titel: Resuscitation");
  text = changed(text, "channels: [phone]", "channels: [phone, pigeon]");
  EXPECT_EQ(errors_of(kPlaybook), 0U);
  EXPECT_EQ(errors_of(text), 4U);
  Night sound;
  Night refused{text};
  sound.settle(1);
  refused.settle(1);
  EXPECT_EQ(refused.state.slots.size(), sound.state.slots.size());
  EXPECT_FALSE(sound.state.messages.empty());
  EXPECT_EQ(refused.state.messages.size(), sound.state.messages.size());
  EXPECT_EQ(refused.state.playbook.areas[0].report_to, "Bed of 943 476 5919");
}

// Drafts of format 1 had over_call, and a post that needed nobody.
TEST(Declared, IsFoldedWithThePlaybookOfADraft) {
  std::string text = changed(kPlaybook, "channels: [phone]", "channels: [phone]\n  over_call: 1.6");
  text = changed(text, "need: {response: 1 by 60min}", "need: {}");
  EXPECT_EQ(errors_of(text), 2U);
  Night draft{text};
  draft.settle(1);
  EXPECT_FALSE(draft.state.post_index(PostId{"wards/nurse/response"}).has_value());
  EXPECT_FALSE(draft.state.messages.empty());
}

TEST(Declared, MakesNoSenseWithATextThatIsNoPlaybook) {
  for (const char* text : {"", "[]", "{", "format: 2"})
    EXPECT_THROW(Night{text}, base::Fault) << text;
}

TEST(Declared, IsNotReadAgainWhenItHasBeenRead) {
  Declared declared;
  playbook::Playbook book = playbook::read_playbook(kPlaybook, "a").playbook;
  book.title = "As it was read";
  declared.set_playbook(std::move(book));
  EXPECT_EQ(declared.playbook, kPlaybook);
  State state;
  state.apply({kDeclared, "Dr A. Okafor", std::move(declared)});
  EXPECT_EQ(state.playbook.title, "As it was read");
  EXPECT_EQ(state.playbook.source_text, kPlaybook);
  EXPECT_EQ(state.declared.read, nullptr);
}

// Whoever can write to a journal can order its events as they like.
TEST(State, RefusesWhatDoesNotFitTheEventsBeforeIt) {
  Night night;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.happens(2, Ended{"over"});
  const PersonId ana{"ana"};
  const PersonId stranger{"stranger"};
  const PostId nurse{"resus/nurse/response"};
  const PostId nowhere{"roof/nurse/response"};
  const Body* reply = nullptr;
  const Body* issued = nullptr;
  for (const Event& event : night.events) {
    if (std::holds_alternative<Replied>(event.body)) reply = &event.body;
    if (std::holds_alternative<Issued>(event.body)) issued = &event.body;
  }
  ASSERT_TRUE(reply != nullptr && issued != nullptr);
  roster::Membership forged;
  const Body misfits[] = {
      night.events[0].body,  // a second declaration
      night.events[1].body,  // a second roster
      *reply,
      *issued,
      MembershipTaken{
          roster::sign_membership(forged, seal::SigningKey::generate(night.random), at(2))},
      MembershipTaken{{1, 2, 3}},
      Receipted{seal::random_message_id(night.random), contact::Receipt::sent, ""},
      Replied{seal::random_message_id(night.random), stranger, Answer::no, {}, kPhone},
      Assigned{stranger, nurse, 0, at(20), ""},
      Assigned{ana, nowhere, 0, at(20), ""},
      Assigned{ana, nurse, 2, at(20), ""},  // it has two times
      Reserved{stranger, ""},
      StoodDown{stranger, ""},
      Released{stranger, ""},
      Pinned{ana, nowhere, ""},
      NeedSet{nowhere, 1, at(30), ""},
      PhoneTaken{stranger, at(9)},
      PhoneUnanswered{stranger, std::string{kNoAnswer}},
      CallGiven{1, stranger, 1, at(9), {}},
      CallEnded{1, 0, stranger, 1, std::string{kNoAnswer}},
      Missed{stranger, ""},
      Raised{night.state.prompts.size() + 1},
      Answered{0, Verdict::accepted, ""},
      Ended{"again"},
  };
  for (const Body& body : misfits) {
    State state = night.state;
    try {
      state.apply({at(3), "Ana", body});
      ADD_FAILURE() << name_of(body) << " was folded";
    } catch (const base::Fault& fault) {
      EXPECT_EQ(fault.exit(), base::Exit::untrusted) << name_of(body);
    }
  }
  EXPECT_THROW(State{}.apply({at(0), "", Decided{"divert", "full"}}), base::Fault);
}

TEST(State, FoldsTheStoredEventsToTheSameState) {
  Night night;
  night.enrols(0, "ana");
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.happens(5, NeedSet{PostId{"wards/nurse/response"}, 2, at(90), "second bus"});
  night.settle(5);
  State again;
  for (const Event& event : night.events) {
    const auto stored = decode_event(encode(event));
    ASSERT_TRUE(stored);
    again.apply(*stored);
  }
  EXPECT_EQ(again.events, night.state.events);
  EXPECT_EQ(again.touched, night.state.touched);
  EXPECT_EQ(again.outbox, night.state.outbox);
  EXPECT_EQ(again.phone_list, night.state.phone_list);
  EXPECT_EQ(again.outlook, night.state.outlook);
  EXPECT_EQ(again.open_seats(), night.state.open_seats());
  for (PersonIndex p = 0; p < again.people.size(); ++p) {
    EXPECT_EQ(again.people[p].status_why, night.state.people[p].status_why);
    EXPECT_EQ(again.people[p].messages, night.state.people[p].messages);
  }
}

// The steps of a need rise in count and in time, whatever is ordered in whatever order.
TEST(State, ANeedStaysInOrder) {
  Night night;
  base::SeededRandom random{3};
  const PostIndex nurse = night.post("resus/nurse/response");
  for (int i = 0; i < 300; ++i) {
    const auto count = random.below(6);
    const int by = static_cast<int>(random.below(200));
    night.happens(0, NeedSet{PostId{"resus/nurse/response"}, count, at(by), "another bus"});
    const playbook::Post& post = night.state.playbook.posts[nurse];
    ASSERT_EQ(post.count(), static_cast<int>(count));
    ASSERT_EQ(post.by(), base::Minutes{by});
    for (std::size_t n = 1; n < post.needs.size(); ++n) {
      ASSERT_LT(post.needs[n - 1].count, post.needs[n].count);
      ASSERT_LT(post.needs[n - 1].by, post.needs[n].by);
    }
    ASSERT_LE(post.minimum, post.count());
  }
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, ~std::uint64_t{0}, at(30), "hostile"});
  EXPECT_EQ(night.state.playbook.posts[nurse].count(), 100'000);
}

TEST(State, AnAnswerThatTheRelayHeldBackIsOutdated) {
  Night night;
  const auto says = [&](const char* device, Answer answer, int said) {
    return Replied{seal::random_message_id(night.random),
                   PersonId{"ana"},
                   answer,
                   at(said),
                   kPhone,
                   device,
                   at(said)};
  };
  night.happens(9, says("a phone", Answer::no, 5));
  EXPECT_TRUE(night.state.is_outdated(says("a phone", Answer::coming, 4), at(9)));
  EXPECT_FALSE(night.state.is_outdated(says("a phone", Answer::coming, 5), at(9)));
  EXPECT_FALSE(night.state.is_outdated(says("a tablet", Answer::coming, 4), at(9)));
  EXPECT_FALSE(night.state.is_outdated(says("a phone", Answer::seen, 4), at(9)));
  night.happens(9, says("a phone", Answer::seen, 8));  // showing a message answers nothing
  EXPECT_FALSE(night.state.is_outdated(says("a phone", Answer::coming, 7), at(9)));
}

TEST(State, ADeviceWhoseClockWasFarAheadIsHeardAgainWhenItIsRight) {
  Night night;
  const auto says = [&](Answer answer, int said) {
    return Replied{seal::random_message_id(night.random),
                   PersonId{"ana"},
                   answer,
                   at(said + 25),
                   ChannelId{"relay"},
                   "a phone",
                   at(said)};
  };
  night.happens(9, says(Answer::coming, 9 + 24 * 60));
  EXPECT_EQ(night.of("ana").when, at(9 + 25));  // as far ahead as it was said to be
  EXPECT_TRUE(night.state.is_outdated(says(Answer::no, 24 * 60), at(10)));  // by the same clock
  EXPECT_FALSE(night.state.is_outdated(says(Answer::no, 10 + 24 * 60), at(10)));
  EXPECT_FALSE(night.state.is_outdated(says(Answer::no, 10), at(10)));
  EXPECT_TRUE(night.state.is_outdated(says(Answer::no, 8), at(10)));  // held back before that
  night.happens(10, says(Answer::no, 10));
  EXPECT_EQ(night.of("ana").answer, Answer::no);
  // Its battery was empty, and it begins again in another year.
  EXPECT_FALSE(night.state.is_outdated(says(Answer::coming, -900'000), at(11)));
  night.happens(11, says(Answer::coming, -900'000));
  EXPECT_TRUE(night.state.is_outdated(says(Answer::no, -900'001), at(12)));
  EXPECT_FALSE(night.state.is_outdated(says(Answer::no, 12), at(12)));
}

TEST(State, TheNewestAnswerOfADeviceCountsHoweverSlowItsClockIs) {
  for (const int slow : {10, 30, 100, 24 * 60}) {
    Night night;
    const auto says = [&](Answer answer, int now) {
      const Replied reply{seal::random_message_id(night.random),
                          PersonId{"ana"},
                          answer,
                          at(now - slow + 25),
                          ChannelId{"relay"},
                          "a phone",
                          at(now - slow)};
      ASSERT_FALSE(night.state.is_outdated(reply, at(now)));
      night.happens(now, reply);
      EXPECT_EQ(night.of("ana").answer, answer) << slow << " min slow, at " << now;
    };
    says(Answer::coming, 5);
    EXPECT_EQ(night.of("ana").when, at(5 + 25)) << slow;
    says(Answer::no, 35);
    night.replies(50, "ana", Answer::coming, 25);  // to somebody else
    says(Answer::later, 60);
  }
}

TEST(State, MinutesAreRoundedUpAndNeverBeforeTheDeclaration) {
  const Night night;
  EXPECT_EQ(night.state.minutes_to(at(-5)), base::Minutes{0});
  EXPECT_EQ(night.state.minutes_to(at(5)), base::Minutes{5});
  EXPECT_EQ(night.state.minutes_to(at(5) + base::Milliseconds{1}), base::Minutes{6});
}

TEST(State, KeepsHowItWasAtTheEnd) {
  Night night;
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.settle(4);
  night.happens(30, Ended{"false alarm"});
  night.settle(30);
  ASSERT_NE(night.state.at_end, nullptr);
  EXPECT_EQ(night.state.at_end->counts().assigned, 1);
  EXPECT_EQ(night.state.counts().assigned, 0);
}

}  // namespace
}  // namespace tocsin::incident
