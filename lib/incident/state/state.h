// The state of an incident at one point of its journal, computed from its events alone. `apply`
// decides nothing and reads no clock, so the same events always give the same state.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/position_table.h"
#include "callout/belief.h"
#include "incident/state/event.h"
#include "incident/state/key_chain.h"
#include "incident/state/parts.h"
#include "incident/state/people_set.h"
#include "playbook/playbook.h"
#include "roster/membership/membership.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::incident {

struct HashOfId {  // ids are random already
  std::size_t operator()(const seal::MessageId& id) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes.data(), sizeof hash);
    return hash;
  }
};

class State {
 public:
  // Faults (untrusted) for an event that does not fit the events before it.
  void apply(const Event& event);

  bool is_declared() const noexcept { return declared_at != base::Instant{}; }
  bool has_ended() const noexcept { return ended_at.has_value(); }
  base::Instant at(base::Minutes from_declaration) const { return declared_at + from_declaration; }
  // Whole minutes since the declaration, rounded up, at least 0.
  base::Minutes minutes_to(base::Instant instant) const noexcept;

  std::optional<PersonIndex> person_index(const PersonId& id) const noexcept;
  std::optional<MessageIndex> message_index(const seal::MessageId& id) const noexcept;
  std::optional<PostIndex> post_index(const PostId& id) const noexcept;
  bool can_hold(PersonIndex person, PostIndex post) const {
    return profiles[people[person].profile].can_hold[post];
  }
  int shift_position(PostIndex post) const noexcept { return shift_of_post_[post]; }  // 0 is first
  int area_position(PostIndex post) const noexcept { return area_of_post_[post]; }
  // Whether its holder leads the area during its shift.
  bool is_lead(PostIndex post) const noexcept;
  // Orders posts by shift, and within a shift by the playbook's priority.
  int rank(PostIndex post) const noexcept;
  bool is_relief(PostIndex post) const noexcept;  // in a later shift than the first
  HeldSeats held_seats() const;
  const playbook::Shift& running_shift(base::Instant now) const;
  int running_shift_position(base::Instant now) const;
  Counts counts() const;
  // Whether its device has signed a newer answer. A relay may hold an answer back and deliver it
  // later.
  bool is_outdated(const Replied& reply, base::Instant now) const;
  // Whether a receipt, an operator or their own arrival says that they know what became of them.
  // False while they were written nothing about it.
  bool knows_decision(PersonIndex person) const;
  // Whether they knew before the end that they are not to come, and have said nothing since.
  bool stays_at_home(PersonIndex person) const;
  // Whether messages can be sent by it. True for all when the journal does not say.
  bool has_channel(const ChannelId& channel) const;
  // Whether so much failed in a row that it is given a rest: nothing is handed to it but a message
  // now and then, to try it.
  bool rests(const ChannelId& channel) const;
  // When people go on by their next channel because that of the message rests and has not taken it.
  // Absent when that is not so.
  std::optional<base::Instant> passed_over_from(const Message& message) const;
  // Whether somebody else has this number of theirs, as the switchboard noted.
  bool is_wrong_number(PersonIndex person, std::string_view address) const;
  // Which contact point an operator rings, from 1: the first with a number that works and is not
  // wrong. With `event`, of those that were not wrong at that number of events. 0: none.
  std::uint64_t contact_to_ring(PersonIndex person) const;
  std::uint64_t contact_to_ring(PersonIndex person, std::uint64_t event) const;
  int open_seats(PostIndex post) const;  // seats to which nobody is assigned
  std::vector<int> open_seats() const;   // by post

  Declared declared;
  base::Instant declared_at;
  std::optional<base::Instant> ended_at;
  std::string ended_by;   // a coordinator's name
  std::string ended_why;  // in their words
  // The state at the end, before everybody was stood down; null while the incident is open.
  std::shared_ptr<const State> at_end;
  playbook::Playbook playbook;  // its posts have the current needs
  roster::Roster roster;
  roster::Rota rota;
  std::optional<roster::Membership> membership;
  std::unordered_map<std::string, PersonIndex>
      person_by_device;  // key: the verify key of a device that is not revoked

  callout::Evidence history;  // of earlier nights
  std::uint64_t nights = 0;   // their number

  std::vector<Slot> slots;       // in order of post, then tranche
  std::vector<Holders> holders;  // by post
  std::vector<Profile> profiles;
  std::vector<KeyChain> key_chains;
  std::vector<Person> people;    // in the order of the roster
  std::deque<Message> messages;  // a deque, so that growing moves none of thousands
  std::unordered_set<seal::MessageId, HashOfId> replies_seen;
  enum class DeviceClock : std::uint8_t { behind, right, ahead };
  struct SaidByDevice {  // its last answer: when it was signed, by the device's clock, and heard
    base::Instant said;
    base::Instant heard;
    bool was_wrong = false;   // its clock, or this journal's, when it said this or something before
    base::Instant counted{};  // Person::said, when this was the person's newest answer
  };
  std::unordered_map<std::string, SaidByDevice> said_by_device;
  // Messages to send, with the time of the next attempt.
  std::set<std::pair<base::Instant, MessageIndex>> outbox;
  std::set<MessageIndex> phone_list;  // messages for which an operator must ring
  // Messages that somebody must know and that no receipt says they do. Each has an owner: the
  // channel until its window ends, then the next one, in the end the switchboard.
  std::set<MessageIndex> untold;
  std::optional<std::set<ChannelId>> channels;  // of the home; absent in old journals
  std::map<ChannelId, std::uint64_t> limits;    // messages a minute; without one: all at once
  std::vector<Prompt> prompts;
  std::uint64_t interruptions = 0;  // prompts that were raised
  std::uint64_t stops = 0;          // times that somebody wanted no more messages on a channel
  bool keeps_rest = false;          // by a coordinator's order nobody is asked who would break rest
  std::map<ChannelId, int> failing;  // by channel: deliveries that failed since the last good one
  std::map<ChannelId, Outage> outages;           // by channel: since it last took a message
  std::map<ChannelId, Pace> paces;               // by channel
  std::map<std::string, std::uint64_t> refused;  // by reason; kDuplicate and kOutdated are harmless
  std::uint64_t waves = 0;
  std::uint64_t decisions = 0;       // things that a coordinator did
  std::uint64_t needs_revision = 0;  // rises when slots change
  std::uint64_t events = 0;
  base::Instant latest;                   // when the last event was made
  std::optional<base::Instant> reviewed;  // when the last forecast was made
  std::vector<SeatOutlook> outlook;       // what it said
  std::set<PostIndex> exhausted;          // open posts for which nobody was left to ask
  HeldSeats held_at_review;               // empty when the seats are others since
  SpareReview spare_review;
  PeopleSet silent;    // asked, not answered, and not stood down
  PeopleSet reserved;  // in reserve
  PeopleSet kept_out;  // last resort, or stood down
  // How far the clock was set so far (state_clock.cpp).
  struct ClockMoves {
    base::Milliseconds back{0};     // in all
    base::Milliseconds stayed{0};   // of that, what moved no deadline
    base::Milliseconds forward{0};  // what moved the deadlines, and was not taken back since
    bool moved_deadlines = false;   // when it last went back, and nobody has measured by how much
    base::Instant set_back;         // when that was last noticed, by the new clock
  };
  ClockMoves clock;
  // People in the order in which something changed for them; grows, never shrinks.
  std::vector<PersonIndex> touched;

 private:
  void on(const Event&, const Declared&);
  void on(const Event&, const RosterTaken&);
  void on(const Event&, const MembershipTaken&);
  void on(const Event&, const Issued&);
  void on(const Event&, const Receipted&);
  void on(const Event&, const Replied&);
  void on(const Event&, const Refused&);
  void on(const Event&, const Assigned&);
  void on(const Event&, const Reserved&);
  void on(const Event&, const StoodDown&);
  void on(const Event&, const Released&);
  void on(const Event&, const Pinned&);
  void on(const Event&, const NeedSet&);
  void on(const Event&, const Told&);
  void on(const Event&, const Decided&);
  void on(const Event&, const Flagged&);
  void on(const Event&, const PhoneTaken&);
  void on(const Event&, const PhoneUnanswered&);
  void on(const Event&, const Ended&);
  void on(const Event&, const Forecasted&);
  void on(const Event&, const Missed&);
  void on(const Event&, const HistoryTaken&);
  void on(const Event&, const Raised&);
  void on(const Event&, const Answered&);
  void on(const Event&, const ClockSetBack&);
  void on(const Event&, const ChannelsTaken&);
  void on(const Event&, const LimitsTaken&);
  void on(const Event&, const CallTaken&);
  void on(const Event&, const ClockMeasured&);
  void on(const Event&, const CallGiven&);
  void on(const Event&, const CallEnded&);
  void on(const Event&, const WordsUnread&);
  void stop_channel(Person& person, const ChannelId& channel, base::Instant at);
  void give_up_channel(Person& person, const ChannelId& channel, base::Instant at);

  [[noreturn]] static void misfit(std::string_view what);
  Person& touch(const PersonId& id);
  Prompt& prompt(std::uint64_t number);  // from 1
  void sort_touched(std::size_t from);
  void sort_holder(PersonIndex person);
  base::PositionTable message_by_id_;
  std::vector<int> shift_of_post_;
  std::vector<int> area_of_post_;
  std::set<std::string> words_told_;               // the texts of Told
  std::vector<std::optional<PostIndex>> held_by_;  // by person: the post whose holder they are

  void forget_review();
  void rebuild_slots();
  void sort_into_profiles();
  void take_duties();
  bool is_clock_wrong(const Replied& reply, base::Instant now) const;
  base::Instant said_at(const Replied& reply, base::Instant now) const;
  DeviceClock device_clock(base::Instant said, base::Instant heard) const;
  void arrive(Person& person, base::Instant at);
  static void come_back(Person& person);
  void answer(Person& person, const Replied& reply, base::Instant at);
  bool stop_asking(Person& person);
  enum class Calls : std::uint8_t { requests, all };
  void take_off_phone_list(Person& person, Calls calls);
  void take_off_phone_list(const std::vector<MessageIndex>& some);
  void put_on_phone_list(const Person& person);
  void note_wrong_number(PersonIndex person, std::uint64_t contact);
  std::vector<MessageIndex> hand_in(Person& person, const CallEnded& ended, base::Instant at);
  void give_up(MessageIndex message);  // it is not tried again
  // What was decided before is not said any more.
  void give_up_decisions(Person& person, std::optional<MessageIndex> but = std::nullopt);
  void count_as_told(MessageIndex message);
  void give_up_unsaid(Person& person);
  bool was_told_another(const Person& person) const;
  void replace_words(const Person& person, MessageIndex by);
  void withdraw_questions(const Person& person);
  bool pass_on(const Person& person, MessageIndex message);
  void decide_in_writing(Person& person, MessageIndex message);
  void look_for_new_ways();
  void count_for_channel(Message& message, bool was_settled);  // its newest receipt
  using Moved = std::function<base::Instant(base::Instant)>;
  void move_declaration(base::Milliseconds by);
  void move_times(const Moved& moved);
  void move_messages(const Moved& moved);
  static void move_person(Person& person, const Moved& moved);
};

// How long after attempt number `attempts` (1 is the first) the same message is tried again, under
// the same id: 5 s, doubled each time, at most 5 minutes. After kMostAttempts the cascade tries the
// next channel.
base::Milliseconds retry_delay(int attempts) noexcept;
inline constexpr int kMostAttempts = 6;
// So many failures in a row are no fault of one address, and so long is no hiccup. Assumed.
inline constexpr int kFailuresBeforeRest = 5;
inline constexpr base::Milliseconds kRestBeforePassing{15'000};
inline constexpr int kMostPhoneTries = 2;

// The reason for a reply that came twice, which is normal in a network.
inline constexpr std::string_view kDuplicate = "duplicate";
inline constexpr std::string_view kOutdated = "older than what the device said since";

}  // namespace tocsin::incident
