#include "simulation/record.h"

#include <fmt/format.h>

#include <algorithm>

#include "incident/calling/calls.h"

namespace tocsin::simulation {

namespace {

using incident::Answer;
using incident::Event;
using playbook::MessageKind;

bool is_question(MessageKind kind) {
  return kind == MessageKind::request || kind == MessageKind::reminder;
}

bool is_decision(MessageKind kind) {
  return kind == MessageKind::assigned || kind == MessageKind::reserve ||
         kind == MessageKind::standby || kind == MessageKind::stand_down;
}

bool is_yes(Answer answer) {
  return answer == Answer::coming || answer == Answer::later || answer == Answer::last_resort;
}

}  // namespace

Record::Record(const Hospital& hospital, const Diary& diary, const Mandate& mandate)
    : hospital_(hospital), diary_(diary), mandate_(mandate), lives_(hospital.size()) {}

std::string Record::read(journal::Journal& journal, base::Instant true_now,
                         std::size_t clock_changes, bool was_clock_wrong) {
  true_now_ = true_now;
  was_clock_wrong_ = was_clock_wrong;
  clock_changes_ = clock_changes;
  journal.read_after(size_, [&](const journal::Entry& entry) {
    size_ = entry.number;
    const auto event = incident::decode_event(entry.body);
    if (event)
      on(*event);
    else
      is_wrong("an event cannot be read");
  });
  check_on_call();
  return wrong_;
}

void Record::is_wrong(std::string what) {
  if (wrong_.empty()) wrong_ = fmt::format("event {}: {}", size_, what);
}

const Issue* Record::issue(const seal::MessageId& id) const {
  const auto found = issue_by_id_.find(id);
  return found == issue_by_id_.end() ? nullptr : &issues_[found->second];
}

const Issue* Record::decision(std::size_t person) const {
  const auto& decisions = lives_[person].decisions;
  return decisions.empty() ? nullptr : &issues_[decisions.back()];
}

std::optional<base::Instant> Record::newest_of(std::size_t person) const {
  const auto found = newest_.find(person);
  return found == newest_.end() ? std::nullopt : std::optional{found->second};
}

bool Record::is_anything_unclear() const {
  return std::any_of(lives_.begin(), lives_.end(), [](const Life& life) { return !life.is_clear; });
}

std::map<playbook::PostId, int> Record::held() const {
  std::map<playbook::PostId, int> held;
  for (const Life& life : lives_)
    if (life.seat) ++held[*life.seat];
  return held;
}

// An event is of a time at which its author's certificate is in force, and one that is earlier than
// the one before it says by how much.
void Record::check_time(const Event& event) {
  if (!mandate_.allows(event.at)) is_wrong("it is of a time outside its author's certificate");
  const base::Milliseconds back = latest_ - event.at;
  latest_ = event.at;
  if (back <= base::Milliseconds{0}) return;
  const auto* said = std::get_if<incident::ClockSetBack>(&event.body);
  if (said == nullptr || said->milliseconds != static_cast<std::uint64_t>(back.count()))
    is_wrong("the clock went back, and the journal does not say by how much");
}

void Record::on(const Event& event) {
  check_time(event);
  on_seat(event);
  if (!event.by.empty() || std::holds_alternative<incident::Replied>(event.body)) caused_ = size_;
  if (std::holds_alternative<incident::Declared>(event.body)) {
    declared_ = event.at;
  } else if (const auto* issued = std::get_if<incident::Issued>(&event.body)) {
    on_issued(event, *issued);
  } else if (const auto* replied = std::get_if<incident::Replied>(&event.body)) {
    on_replied(event, *replied);
  } else if (const auto* receipted = std::get_if<incident::Receipted>(&event.body)) {
    on_receipted(event, *receipted);
  } else if (const auto* call = std::get_if<incident::CallGiven>(&event.body)) {
    on_call(event, *call);
  } else if (const auto* over = std::get_if<incident::CallEnded>(&event.body)) {
    on_call_ended(event, *over);
  } else if (const auto* assigned = std::get_if<incident::Assigned>(&event.body)) {
    on_placed(assigned->person, "gets a post");
  } else if (const auto* reserved = std::get_if<incident::Reserved>(&event.body)) {
    on_placed(reserved->person, "is kept in reserve");
    life_of(reserved->person).set_aside = size_;
  } else if (const auto* released = std::get_if<incident::Released>(&event.body)) {
    Life& life = life_of(released->person);
    life.let_go = size_;
    life.is_posted = false;
  } else if (const auto* pinned = std::get_if<incident::Pinned>(&event.body)) {
    Life& life = life_of(pinned->person);
    life.let_go = 0;
    life.is_posted = true;
  } else if (const auto* stood_down = std::get_if<incident::StoodDown>(&event.body)) {
    Life& life = life_of(stood_down->person);
    life.asked_on.clear();  // asked anew, they have a new window
    life.set_aside = size_;
  } else if (std::holds_alternative<incident::Ended>(event.body)) {
    ended_ = size_;
  } else if (const auto* taken = std::get_if<incident::ChannelsTaken>(&event.body)) {
    channels_.emplace(taken->channels.begin(), taken->channels.end());
  } else if (const auto* refused = std::get_if<incident::Refused>(&event.body)) {
    refused_ += refused->count;
  } else if (const auto* flagged = std::get_if<incident::Flagged>(&event.body)) {
    if (flagged->flag == incident::Flag::unsettled) is_wrong("the decisions do not settle");
  }
}

// Who holds a seat, and what is foreseen.
void Record::on_seat(const Event& event) {
  const auto leaves = [&](const roster::PersonId& person) { life_of(person).seat.reset(); };
  if (const auto* assigned = std::get_if<incident::Assigned>(&event.body)) {
    life_of(assigned->person).seat = assigned->post;
  } else if (const auto* reserved = std::get_if<incident::Reserved>(&event.body)) {
    leaves(reserved->person);
  } else if (const auto* stood_down = std::get_if<incident::StoodDown>(&event.body)) {
    leaves(stood_down->person);
  } else if (const auto* released = std::get_if<incident::Released>(&event.body)) {
    leaves(released->person);
  } else if (const auto* missed = std::get_if<incident::Missed>(&event.body)) {
    leaves(missed->person);
  } else if (const auto* forecasted = std::get_if<incident::Forecasted>(&event.body)) {
    forecast_ = {size_, event.at, true_now_, forecasted->outlook, held()};
  } else if (std::holds_alternative<incident::NeedSet>(event.body)) {
    need_set_ = size_;
  }
}

void Record::on_issued(const Event& event, const incident::Issued& body) {
  const std::size_t person = hospital_.index(body.person);
  Life& life = lives_[person];
  if (!issue_by_id_.emplace(body.id, issues_.size()).second)
    is_wrong("one message is issued twice");
  if (channels_ && !channels_->contains(body.channel))
    is_wrong(fmt::format("{} is written to by {}, which the home has not", body.person.str(),
                         body.channel.str()));
  life.issues.push_back(issues_.size());
  if (is_decision(body.kind)) life.decisions.push_back(issues_.size());
  issues_.push_back({body, person, size_, !event.by.empty(), true_now_});
  if (body.kind != MessageKind::request && body.kind != MessageKind::reminder) return;
  if (body.kind == MessageKind::request && life.was_asked && !is_beside(life, body))
    is_wrong("somebody is asked under two ids");
  if (event.by.starts_with("operator"))
    life.asked_on.clear();  // who undoes a note, and rings again
  on_asked(life, body);
  if (body.wave == 0) return;
  if (body.wave != wave_) {
    check_on_call();
    wave_ = body.wave;
  }
  asked_in_wave_.push_back(issues_.size() - 1);
}

// Whether it is the same question by another channel, which the playbook tries at the same time.
bool Record::is_beside(const Life& life, const incident::Issued& body) const {
  const playbook::Post* post = hospital_.playbook.find_post(body.post);
  const auto together = hospital_.playbook.cascade.together(post->priority);
  const auto may = [&](const playbook::ChannelId& channel) {
    return std::find(together.begin(), together.end(), channel) != together.end();
  };
  return may(body.channel) &&
         std::none_of(life.issues.begin(), life.issues.end() - 1, [&](std::size_t at) {
           const incident::Issued& before = issues_[at].event;
           return before.kind == MessageKind::request &&
                  (before.wave != body.wave || before.channel == body.channel ||
                   !may(before.channel));
         });
}

// At most as many reminders as the playbook says while one channel is tried.
void Record::on_asked(Life& life, const incident::Issued& body) {
  life.was_asked = true;
  if (life.asked_on != body.channel.str()) {
    life.asked_on = body.channel.str();
    life.reminders = 0;
  } else if (++life.reminders > hospital_.playbook.cascade.reminders) {
    is_wrong(fmt::format("{} is reminded once too often on {}", body.person.str(), life.asked_on));
  }
}

void Record::on_replied(const Event& event, const incident::Replied& body) {
  const std::size_t person = hospital_.index(body.person);
  Life& life = lives_[person];
  if (!replies_.insert(body.id).second) is_wrong("an answer is counted twice");
  const bool by_device = !body.device.empty();
  const Said* said = diary_.said(body.id);
  const bool was_given =
      by_device ? said != nullptr && said->person == person && said->answer == body.answer
                : diary_.has_said_aloud(person, body.answer);
  if (!was_given) is_wrong(fmt::format("{} never gave that answer", body.person.str()));
  life.only_by_device = life.only_by_device && by_device;
  life.answered = size_;
  life.asked_on.clear();
  if (by_device) {
    ++by_device_;
    if (said != nullptr) newest_[person] = std::max(newest_[person], said->at);
  }
  const bool is_any_clock_wrong =
      was_clock_wrong_ || hospital_.ahead[person] != base::Milliseconds{0};
  // It was under way while they said something newer. By clocks that differ nobody can tell.
  const base::Instant at = by_device && said != nullptr ? said->at
                           : was_clock_wrong_           ? true_now_
                                                        : event.at;
  life.is_clear = life.only_by_device || !is_any_clock_wrong;
  if (at < life.said || !life.is_clear) {
    if (was_clock_wrong_ || !life.is_clear) life.answer = Answer::none;
    return;
  }
  if (is_yes(body.answer)) life.yes = size_;
  life.said = at;
  life.answer = body.answer;
  if (body.answer != Answer::no && body.answer != Answer::leaving) return;
  life.is_posted = false;
  life.seat.reset();
}

void Record::on_receipted(const Event& event, const incident::Receipted& body) {
  const Issue* message = issue(body.id);
  if (message == nullptr) return is_wrong("a receipt is for no message");
  if (!event.by.empty() && !diary_.has_heard(body.id))
    is_wrong(fmt::format("{} is noted as told and was not", message->event.person.str()));
  lives_[message->person].failed[message->event.channel.str()] =
      body.receipt == contact::Receipt::failed_for_good;
}

bool Record::is_held(const Held& call) const {
  return true_now_ < call.since + incident::kCallTerm && call.clock_then == clock_changes_;
}

bool Record::is_known_wrong(std::size_t person, const std::string& address) const {
  const auto& wrong = lives_[person].wrong_numbers;
  return std::any_of(wrong.begin(), wrong.end(), [&](std::uint64_t contact) {
    return hospital_.address(person, contact) == address;
  });
}

std::vector<playbook::ChannelId> Record::ways_left(std::size_t person) const {
  auto ways = hospital_.ways_to(person);
  const auto& contacts = hospital_.staff.roster[person].contacts;
  std::erase_if(ways, [&](const playbook::ChannelId& channel) {
    return channel.str() != "relay" &&
           std::none_of(contacts.begin(), contacts.end(), [&](const auto& contact) {
             return contact.channel == channel && !is_known_wrong(person, contact.address);
           });
  });
  return ways;
}

bool Record::has_number_left(std::size_t person) const {
  const auto ways = ways_left(person);
  return std::find(ways.begin(), ways.end(), incident::kPhone) != ways.end();
}

// A call that was given out is this operator's for kCallTerm, or until they hang up. It rings no
// number that is known to be wrong, and holds no words that newer ones have replaced.
void Record::on_call(const Event& event, const incident::CallGiven& body) {
  const std::size_t person = hospital_.index(body.person);
  Life& life = lives_[person];
  for (const auto& [number, other] : life.calls)
    if (number != body.call && is_held(other)) is_wrong("one person is given to two operators");
  const auto known = life.calls.find(body.call);
  if (known != life.calls.end() && known->second.holder != event.by)
    is_wrong("two operators have one call");
  if (body.contact == 0 || is_known_wrong(person, hospital_.address(person, body.contact)))
    is_wrong("a number that is known to be wrong is rung again");
  life.calls[body.call] = {event.by, true_now_, clock_changes_, body.messages};
  for (const seal::MessageId& id : body.messages) {
    const Issue* given = issue(id);
    if (given == nullptr || given->person != person)
      is_wrong("an operator is given words for somebody else");
    else if (is_replaced(*given))
      is_wrong("an operator is given words that newer ones have replaced");
    else if (ended_ != 0 && is_question(given->event.kind))
      is_wrong("an operator is given somebody to ask after the end");
  }
}

// What an operator notes ends no call of another.
void Record::on_call_ended(const Event& event, const incident::CallEnded& body) {
  Life& life = life_of(body.person);
  const auto call = life.calls.find(body.call);
  if (call != life.calls.end()) {
    if (call->second.holder != event.by) is_wrong("an operator ends the call of another");
    life.calls.erase(call);
  }
  if (body.outcome == incident::kNoAnswer) ++life.unanswered;
  if (body.outcome == incident::kWrongNumber && life.wrong_numbers.insert(body.contact).second &&
      has_number_left(hospital_.index(body.person)))
    life.unanswered = 0;
  if (body.outcome == incident::kRightNumber) life.wrong_numbers.erase(body.contact);
}

bool Record::is_replaced(const Issue& issue) const {
  const Issue* newest = decision(issue.person);
  if (newest == nullptr) return false;
  if (is_decision(issue.event.kind)) return !is_same_words(issue);
  // Whoever is rung may be asked again: an operator took an answer back.
  if (is_question(issue.event.kind) && issue.event.channel != incident::kPhone &&
      newest->number > issue.number)
    return true;
  return ended_ != 0 && newest->number > ended_ && issue.number < ended_;
}

// Whether the newest decision about the person says the same, by another channel.
bool Record::is_same_words(const Issue& issue) const {
  const Issue* newest = decision(issue.person);
  return newest->event.kind == issue.event.kind && newest->event.post == issue.event.post;
}

void Record::on_placed(const roster::PersonId& person, const char* how) {
  const Life& life = life_of(person);
  const auto wrong = [&](const char* who) {
    is_wrong(fmt::format("{}, who {}, {}", person.str(), who, how));
  };
  if (ended_ != 0) wrong("was told of the end");
  if (life.let_go != 0) wrong("was released");
  if (life.is_posted) return;
  if (life.answer == Answer::no) wrong("said no");
  if (life.answer == Answer::leaving) wrong("has left");
}

// Whether this person, who is on call, would have to be asked before the one who was asked: both
// can hold the post, and the one on call is no farther away.
bool Record::would_go_first(const incident::Issued& other, std::size_t person) const {
  const playbook::Post& post = *hospital_.playbook.find_post(other.post);
  const roster::Responder& here = hospital_.staff.roster[person];
  const roster::Responder& asked = hospital_.staff.roster[hospital_.index(other.person)];
  const auto duty = [&](const roster::Responder& row) {
    return hospital_.staff.rota.duty_of(row.id, declared_);
  };
  const auto ways = hospital_.ways_to(person);
  return duty(here) == roster::Duty::on_call && duty(asked) == roster::Duty::off &&
         here.travel <= asked.travel && !ways.empty() && ways.front() != incident::kPhone &&
         std::all_of(post.all_of.begin(), post.all_of.end(), [&](const auto& skill) {
           return here.has_skill(roster::SkillId{skill.str()});
         });
}

// In one wave, whoever is on call is asked before people who are not.
void Record::check_on_call() {
  const std::vector<std::size_t> wave = std::exchange(asked_in_wave_, {});
  if (was_clock_wrong_) return;  // the declaration moves with the clock, and who is on call with it
  for (const std::size_t position : wave) {
    const Issue& asked = issues_[position];
    for (std::size_t p = 0; p < lives_.size(); ++p) {
      const Life& life = lives_[p];
      const bool was_asked_before =
          life.was_asked && issues_[life.issues.front()].number < asked.number;
      if (was_asked_before || life.answer != Answer::none || life.is_posted || life.let_go != 0 ||
          !life.decisions.empty())
        continue;
      if (would_go_first(asked.event, p))
        is_wrong(fmt::format("{} is asked before {}, who is on call and no farther away",
                             asked.event.person.str(), hospital_.id(p).str()));
    }
  }
}

}  // namespace tocsin::simulation
