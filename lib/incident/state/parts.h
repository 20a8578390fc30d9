// The parts of a state: seats, messages, people and what was decided about them, prompts. Plain
// values; only the fold (state.h) changes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contact/receipt.h"
#include "incident/state/event_parts.h"
#include "incident/state/words.h"
#include "roster/rota/rota.h"
#include "seal/envelope.h"

namespace tocsin::incident {

using PersonIndex = std::uint32_t;  // position in the roster snapshot
using PostIndex = std::uint32_t;    // position in the playbook's posts
using SlotIndex = std::uint32_t;
using MessageIndex = std::uint32_t;

// Equal seats of one post that are needed by the same time.
struct Slot {
  PostIndex post = 0;
  std::uint32_t tranche = 0;  // position among the post's times; 0 is the earliest
  int count = 0;
  int minimum = 0;
  base::Minutes from{0};  // both from the declaration
  base::Minutes by{0};
};

struct Message {
  seal::MessageId id;
  PersonIndex person = 0;
  playbook::MessageKind kind = playbook::MessageKind::request;
  ChannelId channel;
  PostId post;
  base::Instant issued;
  std::uint64_t event = 0;  // the number of events with which it was issued
  base::Instant expires;
  std::string text;
  std::optional<contact::Receipt> receipt;  // the last one
  base::Instant receipted;
  int attempts = 0;     // receipts after which it is tried again
  bool closed = false;  // nothing more is done with it
  // The same words on the person's next channel, and on the one before. Whoever has either has been
  // told.
  std::optional<MessageIndex> again{};
  std::optional<MessageIndex> before{};
  base::Instant taken{};  // when its channel first took it; 1970: not yet

  bool asks() const noexcept {
    return kind == playbook::MessageKind::request || kind == playbook::MessageKind::reminder;
  }
  // Whether it says what became of the person, so that a newer one replaces it.
  bool is_decision() const noexcept {
    return kind == playbook::MessageKind::assigned || kind == playbook::MessageKind::reserve ||
           kind == playbook::MessageKind::standby || kind == playbook::MessageKind::stand_down;
  }
};

enum class Status : std::uint8_t { free, assigned, reserved, stood_down, released };
std::string_view to_text(Status status) noexcept;

// A call that an operator was given and that has not ended. When its time is over others may be
// given the person, too; what came of it the operator may still note.
struct GivenCall {
  std::uint64_t call = 0;     // its number; 0 in journals whose calls have none
  std::uint64_t contact = 0;  // that is rung: its position on the roster, from 1; 0: not known
  base::Instant taken;
  base::Instant until;
  std::vector<MessageIndex> messages;  // that the operator was given to say
};

// A contact point with the telephone number of somebody else.
struct WrongNumber {
  std::uint64_t contact = 0;  // its position on the roster, from 1
  std::uint64_t event = 0;    // the number of events with which it was noted
};

// One member of staff tonight.
struct Person {
  roster::Duty duty = roster::Duty::off;  // at the declaration; unknown beyond the rota's end
  // Their duty is unknown, and at this hour of the last week that the rota plans they were on duty.
  // It says how many are at work, and not who.
  bool usually_on_duty = false;
  int burden = 0;             // how often they were called in the year before it
  std::uint32_t profile = 0;  // index into State::profiles

  std::vector<std::uint32_t> devices;  // not revoked; positions in the membership list
  std::vector<MessageIndex> messages;
  std::optional<MessageIndex> request;  // the latest request or reminder
  MessageIndex question = 0;            // the one with which that question began
  base::Instant window_from;            // when this channel was first tried for the question
  int reminded = 0;                     // reminders since then
  PostId asked_for;
  std::optional<PostIndex> asked_post;  // the same post, if the playbook has it
  base::Instant asked;
  std::uint64_t wave = 0;
  std::string asked_why;
  bool reached = false;  // a receipt said delivered or read, or an answer came

  Answer answer = Answer::none;  // the last of coming, later, last resort or no
  base::Instant answered;
  base::Instant said;  // when their newest answer was said, which may be earlier (State::said_at)
  base::Instant when;  // expected arrival, or "from when"
  ChannelId answered_on;
  bool offered = false;  // answered without being asked
  std::optional<base::Instant> arrived;
  bool left = false;    // by themselves
  bool let_go = false;  // released by a coordinator

  Status status = Status::free;
  base::Instant status_since;
  SlotIndex slot = 0;   // while assigned
  bool missed = false;  // had a seat and did not come
  // When they were stood down while silent.
  std::optional<base::Instant> silent_until;
  // The arrival that was expected when they got a seat of the first shift. 1970 if they have none,
  // or have said something newer.
  base::Instant expected;
  base::Instant sent_for;  // when they got it: the journey counts from here
  std::string status_why;
  std::optional<PostIndex> pinned;
  base::Instant pinned_at;
  std::string pinned_why;
  // What the newest message says became of them; the post if they were assigned. Whether they know
  // it is another question: State::knows_decision.
  Status written = Status::free;
  PostId written_post;
  std::optional<MessageIndex> decision;       // that message
  bool acknowledged = false;                  // their offer was acknowledged
  std::optional<MessageIndex> lead_briefing;  // the last one
  bool uncalled = false;                      // stood down before the switchboard rang them at all

  std::vector<GivenCall> calls;
  std::vector<WrongNumber> wrong_numbers;
  std::vector<ChannelId> stopped;  // channels on which they want no messages
  // Words of theirs that could not be read, and that they were not answered yet.
  struct Unanswered {
    Unread why = Unread::unclear;
    ChannelId channel;
  };
  std::optional<Unanswered> unanswered;
  int words_answered = 0;
  int phone_tries = 0;  // calls to the number that is rung now which nobody answered

  bool was_asked() const noexcept { return request.has_value(); }
  bool is_silent() const noexcept { return was_asked() && answer == Answer::none && !arrived; }
  // Whether they could come but others go first: they said "only if you are short", or were stood
  // down.
  bool is_kept_out() const noexcept {
    return is_available() && !pinned && status != Status::assigned &&
           (answer == Answer::last_resort || status == Status::stood_down);
  }
  bool is_available() const noexcept {
    return !left && !missed && status != Status::released &&
           (arrived || answer == Answer::coming || answer == Answer::later ||
            answer == Answer::last_resort);
  }
};

// A question to the coordinator (prompt.h). Its number is its position in State::prompts, from 1.
struct Prompt {
  Flag flag = Flag::gap;
  std::string subject;  // an area or a channel; empty when the flag has no subject
  std::string advice;   // the situation and the recommended answer
  base::Instant opened;
  std::optional<base::Instant> raised;  // when it interrupted
  std::optional<Verdict> verdict;
  bool waits() const noexcept { return !verdict; }
};

// People who can hold the same posts: they have the same staff group, and the same of the skills
// that posts require.
struct Profile {
  std::string staff_group;
  std::vector<std::string> skills;  // of those that posts name, sorted
  std::vector<bool> can_hold;       // by post
};

// The people who have a seat in one post.
struct Holders {
  std::vector<PersonIndex> people;  // ascending
  // Rises when somebody gets or loses a seat, something changes for one of them, or the seats
  // change.
  std::uint64_t revision = 0;
};

// By slot: how many people have a seat of it, a spare counted in, and how many of them are here.
struct HeldSeats {
  std::vector<int> sent;
  std::vector<int> here;
};

// What the spares follow from. It is of the first forecast of its time: whoever is sent because of
// one changes the next, and so the decisions of one moment would never end.
struct SpareReview {
  std::uint64_t number = 0;  // rises with each
  std::vector<SeatOutlook> outlook;
  HeldSeats held;  // empty when the seats are others since
};

// How many messages a channel has taken in this minute and in the one before.
struct Pace {
  base::Instant minute{};  // when it began
  int taken = 0;
  int before = 0;

  void add(base::Instant at);
};

// Messages in a row that a channel could not be handed, and since when. That a person's telephone
// is off is none: the channel had taken the message.
struct Outage {
  int failed = 0;
  base::Instant since{};
};

struct Counts {
  int called = 0, reached = 0, replied = 0, yes = 0, later = 0, last_resort = 0, no = 0, offers = 0;
  int assigned = 0, reserved = 0, stood_down = 0, arrived = 0;
  int silent = 0;
};

}  // namespace tocsin::incident
