#include "incident/state/event.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tocsin::incident {
namespace {

const base::Instant kAt = *base::from_rfc3339("2026-11-22T22:40:00.123Z");

seal::MessageId id_of(std::uint8_t byte) {
  seal::MessageId id;
  id.bytes.fill(byte);
  return id;
}

// One event of every kind, with a different value in each field.
std::vector<Event> one_of_each() {
  seal::PublicIdentity identity;
  identity.verify.bytes.fill(3);
  identity.seal.bytes.fill(4);
  const PersonId person{"100001"};
  const PostId post{"resus/nurse/response"};
  const ChannelId relay{"relay"};
  return {
      {kAt, "Ana",
       Declared{id_of(1), "MI-1", seal::Realness::real, "bus", "a.yaml", "format: 1",
                "St Elsewhere", "Ana", identity, identity}},
      {kAt, "Ana", RosterTaken{{1, 2, 3}, {4, 5}}},
      {kAt, "", MembershipTaken{{6, 7}}},
      {kAt, "",
       Issued{id_of(2), person, playbook::MessageKind::reserve, relay, post, 300, kAt,
              "north entrance", "nearest"}},
      {kAt, "", Receipted{id_of(2), contact::Receipt::failed_for_now, "timeout"}},
      {kAt, "", Replied{id_of(3), person, Answer::last_resort, kAt, relay, "key", kAt}},
      {kAt, "", Refused{"bad signature", 7}},
      {kAt, "", Assigned{person, post, 1, kAt, "said yes"}},
      {kAt, "", Reserved{person, "first in line"}},
      {kAt, "", StoodDown{person, "full"}},
      {kAt, "Ana", Released{person, "unwell"}},
      {kAt, "Ana", Pinned{person, post, "knows the room"}},
      {kAt, "Ana", NeedSet{post, 4, kAt, "second bus"}},
      {kAt, "Ana", Told{Audience::role, "nurse", "north entrance only"}},
      {kAt, "Ana", Decided{"divert", "full"}},
      {kAt, "", Flagged{Flag::gap, "resus", "ask a neighbour"}},
      {kAt, "Bo", PhoneTaken{person, kAt}},
      {kAt, "Bo", PhoneUnanswered{person, "no answer"}},
      {kAt, "Ana", Ended{"over"}},
      {kAt, "", Forecasted{{{post, 0, 973}, {post, 1, 1000}}, {post}}},
      {kAt, "", Missed{person, "expected 04:20"}},
      {kAt, "", HistoryTaken{3, 40, {0, 5, 300}, 20, 6, 7, 30, 4, 2, 10, {{person, 2}}}},
      {kAt, "", Raised{3}},
      {kAt, "Ana", Answered{3, Verdict::declined, "a bus is coming"}},
      {kAt, "", ClockSetBack{86'400'000}},
      {kAt, "Ana", ChannelsTaken{{relay, ChannelId{"phone"}}}},
      {kAt, "Bo", CallTaken{person, kAt, {id_of(2), id_of(4)}}},
      {kAt, "", ClockMeasured{86'400'000, 60'000}},
      {kAt, "Bo", CallGiven{143, person, 2, kAt, {id_of(2), id_of(4)}}},
      {kAt, "Bo", CallEnded{143, 0, person, 2, "no answer"}},
      {kAt, "", WordsUnread{id_of(9), person, ChannelId{"sms"}, Unread::clinical}},
      {kAt, "", LimitsTaken{{ChannelId{"voice"}, relay}, {60, 3'000}}},
  };
}

TEST(Event, EveryKindSurvivesItsBytes) {
  const auto events = one_of_each();
  ASSERT_EQ(events.size(), std::variant_size_v<Body>);
  for (std::size_t i = 0; i < events.size(); ++i) {
    ASSERT_EQ(events[i].body.index(), i);
    const base::Bytes bytes = encode(events[i]);
    const auto decoded = decode_event(bytes);
    ASSERT_TRUE(decoded) << name_of(events[i].body);
    EXPECT_EQ(encode(*decoded), bytes);
    EXPECT_EQ(to_json(*decoded), to_json(events[i]));
  }
}

TEST(Event, CutShortOrProlongedIsNotAnEvent) {
  for (const Event& event : one_of_each()) {
    base::Bytes bytes = encode(event);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      EXPECT_FALSE(decode_event(base::ByteView{bytes}.first(size)));
    bytes.push_back(0);
    EXPECT_FALSE(decode_event(bytes));
  }
}

// A changed byte gives another event or none. An event that decodes is encoded to the same bytes.
TEST(Event, AChangedByteIsNeverMisread) {
  for (const Event& event : one_of_each()) {
    const base::Bytes bytes = encode(event);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      for (const int flip : {0x01, 0x80, 0xff}) {
        base::Bytes changed = bytes;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
        if (const auto decoded = decode_event(changed)) {
          EXPECT_EQ(encode(*decoded), changed);
        }
      }
  }
}

// tocsin-journal(5) lists the numbers of each enumeration; all but two begin at 1.
TEST(Event, ANumberThatStandsForNothingIsNotAnEvent) {
  Declared real;
  real.realness = seal::Realness::real;
  Issued nudge;
  nudge.kind = playbook::MessageKind::nudge;
  struct Case {
    Body body, other;  // they differ in the enumeration only
    int first, last;
  };
  const Case cases[] = {
      {Declared{}, real, 1, 2},
      {Issued{}, nudge, 0, 12},
      {Receipted{{}, contact::Receipt::sent, ""}, Receipted{}, 1, 7},
      {Replied{{}, {}, Answer::no, {}, {}}, Replied{}, 0, 7},
      {Told{Audience::area, "", ""}, Told{}, 1, 5},
      {Flagged{}, Flagged{Flag::refused, "", ""}, 1, 7},
      {Answered{}, Answered{0, Verdict::expired, ""}, 1, 3},
      {WordsUnread{}, WordsUnread{{}, {}, {}, Unread::stop}, 1, 4},
  };
  for (const Case& c : cases) {
    base::Bytes bytes = encode({kAt, "", c.body});
    const base::Bytes other = encode({kAt, "", c.other});
    const auto place = std::mismatch(bytes.begin(), bytes.end(), other.begin()).first;
    ASSERT_NE(place, bytes.end());
    for (int number = 0; number < 256; ++number) {
      *place = static_cast<std::uint8_t>(number);
      EXPECT_EQ(decode_event(bytes).has_value(), c.first <= number && number <= c.last)
          << name_of(c.body) << " " << number;
    }
  }
}

}  // namespace
}  // namespace tocsin::incident
