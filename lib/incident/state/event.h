// The events of an incident, in the past tense. The program's whole state is computed from them.
// The function `fields` of an event names each of its fields once; the stored bytes and the export
// for an inquiry both come from that list. Stored form: tocsin-journal(5).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "contact/receipt.h"
#include "incident/state/event_calls.h"
#include "incident/state/event_clock.h"
#include "incident/state/event_parts.h"
#include "incident/state/words.h"
#include "playbook/playbook.h"
#include "roster/people/roster.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::incident {

struct Declared {
  static constexpr std::string_view kName = "declared";
  seal::MessageId incident;
  std::string label;  // "MI-20261122-2240", the name that people use
  seal::Realness realness = seal::Realness::exercise;
  std::string reason;
  std::string playbook_file;
  std::string playbook;  // its source, whole
  std::string organisation;
  std::string caller;                      // the coordinator's name, as responders see it
  seal::PublicIdentity identity;           // replies are sealed to it
  seal::PublicIdentity organisation_keys;  // which certify coordinators and sign the membership
  // What the playbook says, where it has been read already; never stored. Without it the fold reads
  // the source.
  std::shared_ptr<const playbook::Playbook> read = nullptr;

  void set_playbook(playbook::Playbook book) {
    playbook = book.source_text;
    read = std::make_shared<const playbook::Playbook>(std::move(book));
  }
  template <class V>
  void fields(V& v) {
    v("incident", incident), v("label", label), v("realness", realness), v("reason", reason),
        v("playbook_file", playbook_file), v("playbook", playbook), v("organisation", organisation),
        v("caller", caller), v("identity", identity), v("organisation_keys", organisation_keys);
  }
};

// The roster and the rota at the declaration. An incident takes them once.
struct RosterTaken {
  static constexpr std::string_view kName = "roster-taken";
  base::Bytes roster;
  base::Bytes rota;
  template <class V>
  void fields(V& v) {
    v("roster", roster), v("rota", rota);
  }
};

// The signed list of devices, at the declaration and after each change.
struct MembershipTaken {
  static constexpr std::string_view kName = "membership-taken";
  base::Bytes membership;
  template <class V>
  void fields(V& v) {
    v("membership", membership);
  }
};

// A message is to be sent. It is sent only after this event is durable, and always under this id.
struct Issued {
  static constexpr std::string_view kName = "issued";
  seal::MessageId id;
  PersonId person;
  playbook::MessageKind kind = playbook::MessageKind::request;
  ChannelId channel;
  PostId post;             // that it is about, or empty
  std::uint64_t wave = 0;  // of requests; 0 otherwise
  base::Instant expires;
  std::string text;  // of an update: the coordinator's own words
  std::string why;   // one clause: "nearest of 14 with airway"
  template <class V>
  void fields(V& v) {
    v("message", id), v("person", person), v("kind", kind), v("channel", channel), v("post", post),
        v("wave", wave), v("expires", expires), v("text", text), v("why", why);
  }
};

struct Receipted {
  static constexpr std::string_view kName = "receipted";
  seal::MessageId id;
  contact::Receipt receipt = contact::Receipt::unknown;
  std::string reason;
  template <class V>
  void fields(V& v) {
    v("message", id), v("receipt", receipt), v("reason", reason);
  }
};

struct Replied {
  static constexpr std::string_view kName = "replied";
  seal::MessageId id;  // of the reply itself, so that a second copy is not counted
  PersonId person;
  Answer answer = Answer::none;
  base::Instant when;  // coming: expected arrival; later: from when; otherwise unused
  ChannelId channel;
  std::string device{};  // id of the key that signed it; empty when a person took the answer
  base::Instant said{};  // when it was signed, by the device's clock
  template <class V>
  void fields(V& v) {
    v("message", id), v("person", person), v("answer", answer), v("when", when),
        v("channel", channel), v("device", device), v("said", said);
  }
};

// Messages that could not be trusted, or came again. They are counted, and their content is not
// kept.
struct Refused {
  static constexpr std::string_view kName = "refused";
  std::string reason;
  std::uint64_t count = 1;
  template <class V>
  void fields(V& v) {
    v("reason", reason), v("count", count);
  }
};

// The allocation gave a person a seat. `slot` is the tranche of the post ("3 by 20 min" is its
// first).
struct Assigned {
  static constexpr std::string_view kName = "assigned";
  PersonId person;
  PostId post;
  std::uint64_t slot = 0;
  base::Instant arrives;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("person", person), v("post", post), v("slot", slot), v("arrives", arrives), v("why", why);
  }
};

struct Reserved {  // to stay near the telephone
  static constexpr std::string_view kName = "reserved";
  PersonId person;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("person", person), v("why", why);
  }
};

struct StoodDown {  // not needed: to stay at home
  static constexpr std::string_view kName = "stood-down";
  PersonId person;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("person", person), v("why", why);
  }
};

// A coordinator took somebody out of their seat. They get no other seat in this incident.
struct Released {
  static constexpr std::string_view kName = "released";
  PersonId person;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("person", person), v("why", why);
  }
};

// A coordinator put somebody in a post, whatever the allocation would choose.
struct Pinned {
  static constexpr std::string_view kName = "pinned";
  PersonId person;
  PostId post;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("person", person), v("post", post), v("why", why);
  }
};

// This post now needs `count` people by the time given.
struct NeedSet {
  static constexpr std::string_view kName = "need-set";
  PostId post;
  std::uint64_t count = 0;
  base::Instant by;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("post", post), v("count", count), v("needed_by", by), v("why", why);
  }
};

struct Told {
  static constexpr std::string_view kName = "told";
  Audience audience = Audience::asked;
  std::string whom;  // an area, a role or a person; empty for coming and asked
  std::string text;
  template <class V>
  void fields(V& v) {
    v("audience", audience), v("whom", whom), v("text", text);
  }
};

struct Decided {  // the decision log that an inquiry reads
  static constexpr std::string_view kName = "decided";
  std::string decision;
  std::string why;
  template <class V>
  void fields(V& v) {
    v("decision", decision), v("why", why);
  }
};

// A new prompt is on the board, with the next number. If one with the same flag and subject waits
// already, this replaces its text.
struct Flagged {
  static constexpr std::string_view kName = "flagged";
  Flag flag = Flag::gap;
  std::string subject;  // an area, a post, a channel
  std::string advice;   // the recommended answer
  template <class V>
  void fields(V& v) {
    v("flag", flag), v("subject", subject), v("advice", advice);
  }
};

struct Ended {
  static constexpr std::string_view kName = "ended";
  std::string why;
  template <class V>
  void fields(V& v) {
    v("why", why);
  }
};

// A new forecast was made, and the next wave chosen by it.
struct Forecasted {
  static constexpr std::string_view kName = "forecasted";
  std::vector<SeatOutlook> outlook;  // every deadline that has not passed
  std::vector<PostId> exhausted;     // open posts for which nobody is left to ask
  template <class V>
  void fields(V& v) {
    v("outlook", outlook), v("exhausted", exhausted);
  }
};

// Somebody with a seat did not come. Only where people report their arrival (tocsin-forecast(7)).
struct Missed {
  static constexpr std::string_view kName = "missed";
  PersonId person;
  std::string why;  // "expected 04:20"
  template <class V>
  void fields(V& v) {
    v("person", person), v("why", why);
  }
};

// The history of earlier nights at the declaration (record/history.h): the sums of their
// callout::Evidence, and how often people were called in the last twelve months.
struct HistoryTaken {
  static constexpr std::string_view kName = "history-taken";
  std::uint64_t nights = 0;
  std::uint64_t answered = 0;
  std::vector<std::uint64_t> silent_by_minute;
  std::uint64_t silent_for_good = 0;
  std::uint64_t picked_up = 0;
  std::uint64_t not_picked_up = 0;
  std::uint64_t coming = 0;
  std::uint64_t later = 0;
  std::uint64_t last_resort = 0;
  std::uint64_t no = 0;
  std::vector<TimesCalled> called;  // in the twelve months before
  template <class V>
  void fields(V& v) {
    v("nights", nights), v("answered", answered), v("silent_by_minute", silent_by_minute),
        v("silent_for_good", silent_for_good), v("picked_up", picked_up),
        v("not_picked_up", not_picked_up), v("coming", coming), v("later", later),
        v("last_resort", last_resort), v("no", no), v("called", called);
  }
};

// A prompt interrupts the coordinator. Every prompt is on the board, raised or not.
struct Raised {
  static constexpr std::string_view kName = "raised";
  std::uint64_t prompt = 0;  // its number; the first is 1
  template <class V>
  void fields(V& v) {
    v("prompt", prompt);
  }
};

// A prompt was answered or expired. What an accepted recommendation does is in other events.
struct Answered {
  static constexpr std::string_view kName = "answered";
  std::uint64_t prompt = 0;
  Verdict verdict = Verdict::accepted;
  std::string why;  // when expired: what was done instead
  template <class V>
  void fields(V& v) {
    v("prompt", prompt), v("verdict", verdict), v("why", why);
  }
};

// The channels that the home can send by, at the declaration and after each change.
struct ChannelsTaken {
  static constexpr std::string_view kName = "channels-taken";
  std::vector<ChannelId> channels;
  template <class V>
  void fields(V& v) {
    v("channels", channels);
  }
};

// Somebody wrote what is no answer. The words themselves are not kept.
struct WordsUnread {
  static constexpr std::string_view kName = "words-unread";
  seal::MessageId id;  // of what they wrote, so that a second copy is not counted
  PersonId person;
  ChannelId channel;
  Unread why = Unread::unclear;  // one that is in the journal
  template <class V>
  void fields(V& v) {
    v("message", id), v("person", person), v("channel", channel), v("why", why);
  }
};

// How many messages a minute channels of the home take, at the declaration and after each change.
// A channel that is not named takes everything at once.
struct LimitsTaken {
  static constexpr std::string_view kName = "limits-taken";
  std::vector<ChannelId> channels;
  std::vector<std::uint64_t> per_minute;  // of each, above 0; as many
  std::map<ChannelId, std::uint64_t> by_channel() const;
  template <class V>
  void fields(V& v) {
    v("channels", channels), v("per_minute", per_minute);
  }
};

// The position is stored as a number, so only append.
using Body = std::variant<Declared, RosterTaken, MembershipTaken, Issued, Receipted, Replied,
                          Refused, Assigned, Reserved, StoodDown, Released, Pinned, NeedSet, Told,
                          Decided, Flagged, PhoneTaken, PhoneUnanswered, Ended, Forecasted, Missed,
                          HistoryTaken, Raised, Answered, ClockSetBack, ChannelsTaken, CallTaken,
                          ClockMeasured, CallGiven, CallEnded, WordsUnread, LimitsTaken>;

struct Event {
  base::Instant at;
  std::string by;  // a coordinator's name; empty: Tocsin itself
  Body body;
};

base::Bytes encode(const Event& event);
// nullopt for bytes that `encode` does not write: those of a newer program, or damaged ones.
std::optional<Event> decode_event(base::ByteView bytes);

// {"at","by","event", and the fields}; times in RFC 3339, ids as text. Of playbook, roster, rota
// and membership it has the length and the BLAKE2b-256 hash only, so that an export holds no
// contact points.
nlohmann::json to_json(const Event& event);
std::string_view name_of(const Body& body);

}  // namespace tocsin::incident
