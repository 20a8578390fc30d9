#include "simulation/checker.h"

#include <fmt/format.h>

#include <algorithm>

#include "incident/calling/calls.h"
#include "incident/view/board.h"

namespace tocsin::simulation {

namespace {

using base::Minutes;
using incident::Answer;
using incident::PersonIndex;
using incident::State;
using incident::Status;
using playbook::MessageKind;

// The longest answer window of the playbook, and some time for the machine to notice its end.
constexpr Minutes kWindow{10};
constexpr Minutes kNotice{2};

bool is_yes(Answer answer) {
  return answer == Answer::coming || answer == Answer::later || answer == Answer::last_resort;
}

}  // namespace

Checker::Checker(const Hospital& hospital, const Diary& diary, const Relay& relay,
                 const Post& pager, const base::Clock& true_clock, const MachineClock& machine,
                 const Mandate& mandate)
    : hospital_(hospital),
      diary_(diary),
      relay_(relay),
      pager_(pager),
      clock_(true_clock),
      machine_(machine),
      record_(hospital, diary, mandate),
      began_(true_clock.now()) {}

void Checker::forgets(std::size_t person, const seal::MessageId& reply, journal::Journal& journal) {
  read(journal);
  const Said* said = diary_.said(reply);
  const auto newest = record_.newest_of(person);
  const bool is_refusable = said == nullptr || !is_clock_right() || (newest && said->at < *newest);
  if (wrong_.empty() && !record_.has_reply(reply) && !is_refusable)
    wrong_ = fmt::format("the relay forgets an answer of {} that is not in the journal",
                         hospital_.id(person).str());
}

void Checker::sends(const seal::MessageId& message, journal::Journal& journal) {
  read(journal);
  const Issue* issue = record_.issue(message);
  if (wrong_.empty() && issue != nullptr && record_.is_replaced(*issue))
    wrong_ = fmt::format("the {} message to {} goes out, and newer words have replaced it",
                         playbook::to_text(issue->event.kind), issue->event.person.str());
}

void Checker::read(journal::Journal& journal) {
  if (wrong_.empty())
    wrong_ = record_.read(journal, clock_.now(), machine_.changes(), machine_.was_ever_wrong());
}

std::string Checker::look(const State& state, journal::Journal& journal) {
  read(journal);
  const auto check = [&](const std::function<std::string()>& one) {
    if (wrong_.empty()) wrong_ = one();
  };
  check([&] { return check_heard(); });
  check([&] { return check_seats(state); });
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    check([&] { return check_person(state, p); });
  check([&] { return check_board(state); });
  check([&] { return check_sheet(state); });
  check([&] { return check_owners(state); });
  check([&] { return check_hands(state); });
  check([&] { return check_questions(state); });
  check([&] { return check_nudges(); });
  check([&] { return check_words_of_coordinators(state); });
  check([&] { return check_foreseen(state); });
  check([&] { return check_shown(state); });
  check([&] { return check_untold_seats(state); });
  if (notices_clock) {
    check([&] { return check_deadlines(state); });
    check([&] { return check_asked(state); });
  }
  return wrong_;
}

// Whatever reached anybody was in the journal first, and said what the journal says.
std::string Checker::check_heard() {
  for (; read_ < diary_.heard().size(); ++read_) {
    const Heard& heard = diary_.heard()[read_];
    const Issue* issue = record_.issue(heard.message);
    if (issue == nullptr) return "somebody was told what is not in the journal";
    if (issue->person != heard.person) return "somebody was told what was for somebody else";
    const Meaning meaning = meaning_of(issue->event.kind);
    const auto says = [&](const std::string& part) {
      return heard.words.find(part) != std::string::npos;
    };
    const playbook::Post* post = hospital_.playbook.find_post(issue->event.post);
    const bool names_place =
        meaning != Meaning::come || says(hospital_.playbook.find_area(post->area)->title);
    const bool is_true =
        meaning == Meaning::other ? says(issue->event.text) : meaning_of(heard.words) == meaning;
    if (!is_true || !names_place)
      return fmt::format("the words \"{}\" are not those of the message", heard.words);
  }
  return "";
}

std::string Checker::check_seats(const State& state) const {
  std::vector<int> held(state.slots.size(), 0);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    // A coordinator may put people wherever they want.
    if (person.status != Status::assigned || person.pinned) continue;
    ++held[person.slot];
    if (!state.can_hold(p, state.slots[person.slot].post))
      return "somebody holds a post without its skills";
  }
  for (std::size_t s = 0; s < held.size(); ++s) {
    const int spare = state.is_relief(state.slots[s].post) ? 0 : 1;
    if (held[s] > state.slots[s].count + spare) return "two people hold one seat";
  }
  return "";
}

std::string Checker::check_person(const State& state, PersonIndex p) const {
  for (std::string wrong : {check_let_go(state, p), check_told(state, p), check_answer(state, p),
                            check_reason(state, p)})
    if (!wrong.empty()) return fmt::format("{}: {}", hospital_.id(p).str(), wrong);
  return "";
}

// Whether the last words of a decision that they heard say the same as the newest.
bool Checker::has_heard_decision(std::size_t person) const {
  const Issue* newest = record_.decision(person);
  const auto& decisions = record_.life(person).decisions;
  const auto heard = std::find_if(decisions.rbegin(), decisions.rend(), [&](std::size_t at) {
    return diary_.has_heard(record_.issues()[at].event.id);
  });
  if (heard == decisions.rend()) return false;
  const incident::Issued& last = record_.issues()[*heard].event;
  return last.kind == newest->event.kind && last.post == newest->event.post;
}

// Whether they would come, or stay awake, unless they know better.
bool Checker::must_know(std::size_t person) const {
  const Life& life = record_.life(person);
  if (!life.is_clear) return false;
  if (is_yes(life.answer)) return true;
  if (life.answer == Answer::no || life.answer == Answer::leaving) return false;
  return std::any_of(life.decisions.begin(), life.decisions.end(), [&](std::size_t at) {
    const incident::Issued& decision = record_.issues()[at].event;
    const bool may_know = decision.channel != incident::kPhone || diary_.has_heard(decision.id);
    return may_know && decision.kind != MessageKind::stand_down;
  });
}

// Whoever counts as told was told; whoever must be told was written to.
std::string Checker::check_told(const State& state, PersonIndex p) const {
  const incident::Person& person = state.people[p];
  const Issue* newest = record_.decision(p);
  if (person.status == Status::free || person.arrived || record_.ways_left(p).empty()) return "";
  const bool is_sent_for = person.status == Status::assigned;
  if (!is_sent_for && person.status != Status::reserved && !must_know(p)) return "";
  if (newest == nullptr) return is_sent_for ? "has a post and was not written to" : "";
  const Meaning meaning = meaning_of(newest->event.kind);
  const bool is_current =
      is_sent_for ? (meaning == Meaning::come || meaning == Meaning::sleep) &&
                        newest->event.post == state.playbook.posts[state.slots[person.slot].post].id
                  : meaning == (person.status == Status::reserved ? Meaning::stay_near
                                                                  : Meaning::stay_home);
  if (!is_current && !person.left) return "the newest decision was not written to them";
  if (state.knows_decision(p) && !has_heard_decision(p) && !person.left)
    return "counts as told and was not";
  return "";
}

std::string Checker::check_let_go(const State& state, PersonIndex p) const {
  const incident::Person& person = state.people[p];
  const Life& life = record_.life(p);
  const bool is_kept = person.status == Status::assigned || person.status == Status::reserved;
  if (is_kept && record_.ended() != 0) return "is kept after the end";
  if (is_kept && life.let_go != 0) return "was released and is kept";
  if (is_kept && !life.is_posted && life.answer == Answer::no) return "said no and is kept";
  if (is_kept && !life.is_posted && life.answer == Answer::leaving) return "left and is kept";
  const auto ways = record_.ways_left(p);
  if (ways.empty()) return "";
  const Issue* newest = record_.decision(p);
  const bool is_sent_home = newest != nullptr && newest->event.kind == MessageKind::stand_down;
  if (life.let_go != 0 && life.yes > life.let_go && life.answer != Answer::leaving &&
      life.answer != Answer::no && (!is_sent_home || newest->number < life.yes))
    return "was released, said yes, and hears nothing";
  if (record_.ended() == 0) return "";
  const bool knows_of_it =
      life.answer != Answer::none ||
      std::any_of(life.issues.begin(), life.issues.end(), [&](std::size_t at) {
        const incident::Issued& issued = record_.issues()[at].event;
        return issued.channel != incident::kPhone ||
               (diary_.has_heard(issued.id) && meaning_of(issued.kind) != Meaning::other &&
                meaning_of(issued.kind) != Meaning::question);
      });
  if (knows_of_it && !is_sent_home) return "never hears the end";
  // Nobody is rung to hear of an end that they stay at home from.
  const bool is_still_written_to =
      newest != nullptr && newest->event.channel != incident::kPhone &&
      std::find(ways.begin(), ways.end(), newest->event.channel) != ways.end();
  if (knows_of_it && newest->number < record_.ended() && is_still_written_to && life.only_by_device)
    return "was sent home before the end and never hears of it";
  const bool said_no_aloud = !life.only_by_device && (life.answer == Answer::no || !life.is_clear);
  if (life.answered > record_.ended() && newest->number < life.answered && !said_no_aloud)
    return "answered after the end and hears nothing";
  return "";
}

// The board never says that more people know of their post than do.
std::string Checker::check_board(const State& state) const {
  if (record_.ended() != 0) return "";
  int untold = 0;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    if (person.status != Status::assigned || person.arrived) continue;
    untold += record_.decision(p) == nullptr || !has_heard_decision(p) ? 1 : 0;
  }
  const incident::Board board = incident::board(state, machine_.now());
  return board.not_told >= untold
             ? ""
             : fmt::format("the board says that {} are not told, and {} are not", board.not_told,
                           untold);
}

// What the switchboard would be given now.
std::string Checker::check_sheet(const State& state) const {
  for (const incident::Call& call : incident::calls(state, machine_.now(), incident::Taken::keep)) {
    const Life& life = record_.life(call.person);
    const std::string who = hospital_.id(call.person).str();
    if (call.asks && (life.let_go != 0 || record_.ended() != 0))
      return who + " was let go, and is still to be asked";
    for (const incident::MessageIndex index : call.messages) {
      const Issue* issue = record_.issue(state.messages[index].id);
      if (issue != nullptr && record_.is_replaced(*issue))
        return who + " is to be told what newer words have replaced";
    }
  }
  return "";
}

bool Checker::is_waited_for(const State& state, const Issue& message) const {
  const auto& issues = record_.life(message.person).issues;
  return record_.has_number_left(message.person) &&
         std::any_of(issues.begin(), issues.end(), [&](std::size_t at) {
           const incident::Issued& other = record_.issues()[at].event;
           const auto index = state.message_index(other.id);
           return other.kind == message.event.kind && other.post == message.event.post &&
                  other.text == message.event.text && index && state.phone_list.contains(*index);
         });
}

// Whether these words went this way, or the way is closed.
bool Checker::was_tried(const Issue& message, const playbook::ChannelId& channel) const {
  const Life& life = record_.life(message.person);
  const auto failed = life.failed.find(channel.str());
  if (failed != life.failed.end() && failed->second) return true;
  if (channel == incident::kPhone && life.unanswered < incident::kMostPhoneTries) return false;
  return std::any_of(life.issues.begin(), life.issues.end(), [&](std::size_t at) {
    const incident::Issued& other = record_.issues()[at].event;
    return other.channel == channel && other.kind == message.event.kind &&
           other.post == message.event.post && other.text == message.event.text;
  });
}

// A channel within its window, the switchboard, or every way of the person was tried.
bool Checker::is_owned(const State& state, const Issue& message) const {
  if (is_waited_for(state, message)) return true;
  // A clock that was put back a little hides the time that has passed.
  const incident::Message& sent = state.messages[*state.message_index(message.event.id)];
  const bool is_in_window =
      sent.issued <= machine_.now() + kNotice && machine_.now() < sent.issued + kWindow;
  if (message.event.channel != incident::kPhone &&
      (is_in_window || clock_.now() <= message.at + kWindow + kNotice))
    return true;
  const auto ways = record_.ways_left(message.person);
  return std::all_of(ways.begin(), ways.end(),
                     [&](const auto& channel) { return was_tried(message, channel); });
}

std::string Checker::check_owners(const State& state) const {
  for (const incident::MessageIndex index : state.untold) {
    const Issue* message = record_.issue(state.messages[index].id);
    if (message == nullptr) return "a message is not in the journal";
    if (!is_owned(state, *message))
      return fmt::format("nobody pursues the {} message to {} on {}",
                         playbook::to_text(message->event.kind), message->event.person.str(),
                         message->event.channel.str());
  }
  return "";
}

std::string Checker::check_words_of_coordinators(const State& state) const {
  std::map<std::pair<std::size_t, std::string>, const Issue*> newest;
  std::set<std::pair<std::size_t, std::string>> heard;
  for (const Issue& issue : record_.issues()) {
    const std::pair key{issue.person, issue.event.text};
    if (issue.event.kind != MessageKind::update) continue;
    if (!issue.by_coordinator && !newest.contains(key)) continue;  // a briefing
    newest[key] = &issue;
    if (diary_.has_heard(issue.event.id)) heard.insert(key);
  }
  for (const auto& [key, issue] : newest)
    if (!record_.is_replaced(*issue) && !heard.contains(key) &&
        !state.untold.contains(*state.message_index(issue->event.id)))
      return fmt::format("{} does not hear a coordinator's words, and nobody knows",
                         issue->event.person.str());
  return "";
}

// When the clock is right, the posts are due when they would be if it had been so all the time. A
// clock that goes back by less than the time that has passed leaves them where people know them.
std::string Checker::check_deadlines(const State& state) const {
  if (!machine_.is_right()) return "";
  const base::Milliseconds allowed = kNotice + machine_.stepped_back();
  const base::Milliseconds off = std::chrono::abs(state.declared_at - began_);
  return off <= allowed
             ? ""
             : fmt::format("the clock is right, and the deadlines are off by {}: from {}",
                           base::span_text(off), base::to_rfc3339(state.declared_at));
}

// Whether somebody could come in time who was never asked.
bool Checker::is_anybody_left(const State& state, incident::PostIndex post) const {
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    const auto ways = hospital_.ways_to(p);
    const bool is_home = person.duty == roster::Duty::off || person.duty == roster::Duty::on_call;
    if (state.can_hold(p, post) && is_home && person.status == Status::free &&
        !person.was_asked() && person.answer == Answer::none && !person.arrived && !person.left &&
        !ways.empty() && ways.front() != incident::kPhone)
      return true;
  }
  return false;
}

// While a post of the first shift is open, not everybody is left alone.
std::string Checker::check_asked(const State& state) const {
  const base::Instant since = std::max(began_, machine_.changed());
  if (!machine_.is_right() || record_.ended() != 0 || clock_.now() < since + kNotice) return "";
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (record_.life(p).was_asked) return "";
  for (incident::PostIndex post = 0; post < state.playbook.posts.size(); ++post)
    if (state.shift_position(post) == 0 && state.open_seats(post) > 0 &&
        clock_.now() < began_ + state.playbook.posts[post].by() && is_anybody_left(state, post))
      return fmt::format("nobody is asked for {}", state.playbook.posts[post].id.str());
  return "";
}

// Who gets no post is told why, and that is so.
std::string Checker::check_reason(const State& state, PersonIndex p) const {
  const incident::Person& person = state.people[p];
  if (person.status_since != state.latest || !person.status_why.starts_with("every post"))
    return "";
  if (person.status != Status::reserved && person.answer == Answer::none) return "";
  // An order of the same second may have opened a seat since.
  if (record_.caused() > record_.life(p).set_aside) return "";
  for (incident::PostIndex post = 0; post < state.playbook.posts.size(); ++post)
    if (state.shift_position(post) == 0 && state.can_hold(p, post) && state.open_seats(post) > 0)
      return fmt::format("is told that every post is taken, and {} is open",
                         state.playbook.posts[post].id.str());
  return "";
}

}  // namespace tocsin::simulation
