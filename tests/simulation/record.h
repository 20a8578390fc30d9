// The journal as the checker reads it: event by event, by rules of its own and without the fold.
// What an event alone shows to be wrong is found here.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "incident/state/event.h"
#include "journal/journal.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/mandate.h"

namespace tocsin::simulation {

struct Issue {  // a message
  incident::Issued event;
  std::size_t person = 0;
  std::uint64_t number = 0;  // of the event
  bool by_coordinator = false;
  base::Instant at;  // the true time at which it was in the journal
};

// A call that an operator was given.
struct Held {
  std::string holder;
  base::Instant since;         // by the true time
  std::size_t clock_then = 0;  // how often the clock was changed before
  std::vector<seal::MessageId> messages;
};

// What the journal says about one person.
struct Life {
  std::vector<std::size_t> issues;                   // positions in Record::issues
  std::vector<std::size_t> decisions;                // of these, those that say what became of them
  incident::Answer answer = incident::Answer::none;  // the newest that counts
  std::uint64_t answered = 0;                        // the number of that event
  std::uint64_t yes = 0;  // of the newest yes, also one that changed nothing; 0: none
  bool was_asked = false;
  std::uint64_t let_go = 0;               // released by a coordinator and not posted since; 0: no
  std::uint64_t set_aside = 0;            // the number of the newest event that gives no seat
  bool is_posted = false;                 // by a coordinator, and no newer no
  bool only_by_device = true;             // nobody else wrote an answer of theirs down
  bool is_clear = true;                   // whether clocks can tell which answer is the newest
  base::Instant said;                     // the newest answer that counts
  std::optional<playbook::PostId> seat;   // that they hold
  std::set<std::uint64_t> wrong_numbers;  // contact points that are noted as somebody else's
  int unanswered = 0;                     // calls since the last wrong number
  std::map<std::string, bool> failed;  // by channel: whether it last said that it failed for good
  // The window of one channel: the reminders in it.
  std::string asked_on;
  int reminders = 0;
  std::map<std::uint64_t, Held> calls;  // that were given out and have not ended, by number
};

// The newest forecast.
struct Foreseen {
  std::uint64_t number = 0;  // of the event; 0: none was made
  base::Instant at;          // as the event says
  base::Instant true_at;
  std::vector<incident::SeatOutlook> outlook;
  std::map<playbook::PostId, int> held;  // how many had a seat
};

class Record {
 public:
  Record(const Hospital& hospital, const Diary& diary, const Mandate& mandate);

  // Reads what is new. Returns the first thing that is wrong, or nothing. `clock_changes` is how
  // often the machine's clock was changed so far.
  std::string read(journal::Journal& journal, base::Instant true_now, std::size_t clock_changes,
                   bool was_clock_wrong);

  const std::vector<Issue>& issues() const noexcept { return issues_; }
  const Life& life(std::size_t person) const { return lives_[person]; }
  const Issue* issue(const seal::MessageId& id) const;
  const Issue* decision(std::size_t person) const;  // the newest
  bool has_reply(const seal::MessageId& id) const { return replies_.contains(id); }
  // When the device's newest answer that the journal has was signed, in true time.
  std::optional<base::Instant> newest_of(std::size_t person) const;
  std::uint64_t ended() const noexcept { return ended_; }  // the event's number; 0: it is open
  std::uint64_t refused() const noexcept { return refused_; }
  // The number of the newest event that somebody caused: an order, a call, an answer.
  std::uint64_t caused() const noexcept { return caused_; }
  std::uint64_t answers_by_device() const noexcept { return by_device_; }
  std::uint64_t size() const noexcept { return size_; }
  // Whether nobody else may be given the person because of this call.
  bool is_held(const Held& call) const;
  bool is_known_wrong(std::size_t person, const std::string& address) const;
  // The person's channels, without those that have only numbers that are known to be wrong.
  std::vector<playbook::ChannelId> ways_left(std::size_t person) const;
  bool has_number_left(std::size_t person) const;
  // Whether newer words were written in its place: a newer decision, also in that of a question,
  // or, after the end, that it is over.
  bool is_replaced(const Issue& issue) const;
  const Foreseen& forecast() const noexcept { return forecast_; }
  std::uint64_t need_set() const noexcept {
    return need_set_;
  }  // the number of the newest; 0: none
  // Of whose answers nobody can tell which is the newest.
  bool is_anything_unclear() const;
  // By post: how many have a seat.
  std::map<playbook::PostId, int> held() const;

 private:
  void on(const incident::Event& event);
  void check_time(const incident::Event& event);
  void on_seat(const incident::Event& event);
  void on_issued(const incident::Event& event, const incident::Issued& body);
  void on_asked(Life& life, const incident::Issued& body);
  bool is_beside(const Life& life, const incident::Issued& body) const;
  void on_replied(const incident::Event& event, const incident::Replied& body);
  void on_receipted(const incident::Event& event, const incident::Receipted& body);
  void on_call(const incident::Event& event, const incident::CallGiven& body);
  void on_call_ended(const incident::Event& event, const incident::CallEnded& body);
  void on_placed(const roster::PersonId& person, const char* how);
  bool is_same_words(const Issue& issue) const;
  void check_on_call();
  bool would_go_first(const incident::Issued& other, std::size_t person) const;
  void is_wrong(std::string what);
  Life& life_of(const roster::PersonId& person) { return lives_[hospital_.index(person)]; }

  const Hospital& hospital_;
  const Diary& diary_;
  const Mandate& mandate_;
  std::string wrong_;
  base::Instant true_now_;
  std::size_t clock_changes_ = 0;
  bool was_clock_wrong_ = false;
  std::uint64_t size_ = 0;
  std::vector<Issue> issues_;
  std::map<seal::MessageId, std::size_t> issue_by_id_;
  std::vector<Life> lives_;
  std::set<seal::MessageId> replies_;
  std::map<std::size_t, base::Instant> newest_;
  std::uint64_t ended_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t caused_ = 0;
  std::uint64_t by_device_ = 0;
  base::Instant declared_;
  base::Instant latest_;
  std::optional<std::set<incident::ChannelId>> channels_;
  Foreseen forecast_;
  std::uint64_t need_set_ = 0;
  std::uint64_t wave_ = 0;
  std::vector<std::size_t> asked_in_wave_;  // positions in issues_
};

}  // namespace tocsin::simulation
