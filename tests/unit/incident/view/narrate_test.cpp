#include "incident/view/narrate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "journal/memory.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using Lines = std::vector<std::string>;

Event event(Body body, std::string by = {}) { return {at(5), std::move(by), std::move(body)}; }

TEST(Narrate, EqualThingsAreOneLineAndFourNamesANumber) {
  const Night night;
  std::vector<Event> events;
  for (const char* id : {"ana", "ben", "cyn"}) events.push_back(event(Reserved{PersonId{id}, ""}));
  EXPECT_EQ(narrate(night.state, events), Lines{"Ana Bell, Ben Moss, Cynthia Moss in reserve"});
  events.push_back(event(Reserved{PersonId{"dee"}, ""}));
  EXPECT_EQ(narrate(night.state, events), Lines{"4 people in reserve"});
}

TEST(Narrate, AWaveIsOneLineWithItsChannels) {
  const Night night;
  std::vector<Event> events;
  const auto issued = [&](const char* channel, playbook::MessageKind kind, std::uint64_t wave) {
    Issued body;
    body.person = PersonId{"ana"};
    body.kind = kind;
    body.channel = ChannelId{channel};
    body.wave = wave;
    events.push_back(event(std::move(body)));
  };
  for (int i = 0; i < 12; ++i) issued(i < 9 ? "relay" : "phone", playbook::MessageKind::request, 2);
  issued("phone", playbook::MessageKind::reminder, 0);
  issued("relay", playbook::MessageKind::assigned, 0);
  EXPECT_EQ(narrate(night.state, events),
            (Lines{"wave 2: 12 asked, 3 by phone, 9 by relay", "1 reminded by phone"}));
}

TEST(Narrate, NamesWhoDecidedAndWhy) {
  const Night night;
  EXPECT_EQ(narrate(night.state, {event(Ended{"false alarm"}, "Bo")}),
            Lines{"the incident has ended: false alarm (Bo)"});
  EXPECT_EQ(narrate(night.state, {event(Released{PersonId{"ana"}, ""}, "Bo")}),
            Lines{"Ana Bell released (Bo)"});
}

// Words come from people, names from a staff list, reasons from services.
TEST(Narrate, NoWordReachesTheTerminalAsACommand) {
  const Night night;
  const std::string hostile = "\x1b[2J\r\n\x07\xff\xc2\x9b";
  const Body bodies[] = {
      Decided{hostile, hostile},
      Told{Audience::area, hostile, hostile},
      Refused{hostile, 2},
      Receipted{{}, contact::Receipt::failed_for_good, hostile},
      StoodDown{PersonId{hostile}, hostile},
      Assigned{PersonId{hostile}, PostId{hostile}, 0, at(9), hostile},
      Replied{{}, PersonId{hostile}, Answer::no, {}, ChannelId{hostile}},
      PhoneUnanswered{PersonId{hostile}, hostile},
      CallEnded{1, 0, PersonId{hostile}, 1, hostile},
      WordsUnread{{}, PersonId{hostile}, ChannelId{hostile}, Unread::stop},
      Missed{PersonId{hostile}, hostile},
  };
  for (const Body& body : bodies) {
    const Lines lines = narrate(night.state, {event(body, hostile)});
    EXPECT_EQ(lines.size(), 1U) << name_of(body);
    for (const std::string& line : lines) EXPECT_EQ(base::printable(line), line) << name_of(body);
  }
}

TEST(Narrate, APromptComesLastBecauseItFollowsFromTheRest) {
  Night night;
  night.happens(5, Flagged{Flag::gap, "resus", "ask a neighbour"}, "");
  night.happens(5, Raised{1}, "");
  EXPECT_EQ(narrate(night.state, {event(Raised{1}), event(Decided{"divert", ""}, "Bo")}),
            (Lines{"decided: divert (Bo)", "! 1 gap resus: ask a neighbour"}));
}

TEST(Narrate, TellsEachEventOfTheJournalOnce) {
  Night night;
  journal::MemoryJournal journal;
  Ledger ledger{journal};
  for (const Event& event : night.events) ledger.add(event.at, event.by, event.body);
  ASSERT_TRUE(ledger.commit());
  std::uint64_t seen = 1;
  EXPECT_EQ(events_after(ledger, seen).size(), night.events.size() - 1);
  EXPECT_EQ(seen, journal.size());
  EXPECT_TRUE(events_after(ledger, seen).empty());
}

// Another process appends at any moment, here between the last fold and the next line.
TEST(Narrate, TellsWhatTheStateKnowsAndTheRestNextTime) {
  const Night night;
  journal::MemoryJournal journal;
  Ledger ledger{journal};
  for (const Event& event : night.events) ledger.add(event.at, event.by, event.body);
  ASSERT_TRUE(ledger.commit());
  std::uint64_t seen = journal.size();
  Ledger other{journal};
  other.add(at(5), "", Flagged{Flag::gap, "resus", "ask a neighbour"});
  other.add(at(5), "", Raised{1});
  ASSERT_TRUE(other.commit());
  EXPECT_EQ(narrate(ledger.state(), events_after(ledger, seen)), Lines{});
  ledger.catch_up();
  EXPECT_EQ(narrate(ledger.state(), events_after(ledger, seen)),
            Lines{"! 1 gap resus: ask a neighbour"});
}

}  // namespace
}  // namespace tocsin::incident
