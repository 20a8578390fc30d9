#include "drill/people.h"

#include <algorithm>
#include <cmath>

namespace tocsin::drill {

namespace {

using base::Instant;
using incident::Answer;
using incident::Reply;
using playbook::MessageKind;
using std::chrono::seconds;

seconds minutes_of(double minutes) { return seconds{std::llround(minutes * 60)}; }

}  // namespace

People::People(const roster::Roster& roster, const roster::Rota& rota, Instant declared,
               seal::Realness realness, seal::MessageId incident, Phones& phones,
               base::SeededRandom random)
    : declared_(declared),
      realness_(realness),
      incident_(incident),
      phones_(phones),
      ids_(random.fork(1)) {
  const base::SeededRandom streams = random.fork(2);
  people_.reserve(roster.size());
  for (std::size_t p = 0; p < roster.size(); ++p) {
    One one(streams.fork(p));
    one.has_device = !one.random.chance(figures_.stale_contact);
    one.on_duty = rota.duty_of(roster[p].id, declared) == roster::Duty::on_duty;
    one.reachable = one.has_device && (one.on_duty || one.random.chance(figures_.reached));
    const double dice = one.random.uniform();
    one.says = dice < figures_.says_coming                         ? Answer::coming
               : dice < figures_.says_coming + figures_.says_later ? Answer::later
               : dice < figures_.says_coming + figures_.says_later + figures_.says_last_resort
                   ? Answer::last_resort
                   : Answer::no;
    one.travel = roster[p].travel;
    // The roster's travel time is what they know; dressing and finding the keys comes on top.
    one.promised = roster[p].travel + base::Minutes{2 + static_cast<int>(one.random.below(6))};
    one.lateness =
        figures_.late_least + (figures_.late_most - figures_.late_least) * one.random.uniform();
    const bool off_duty = rota.duty_of(roster[p].id, declared) == roster::Duty::off;
    const bool offers = off_duty && one.random.chance(figures_.offers);
    const double when = 60.0 * one.random.uniform();
    people_.push_back(std::move(one));
    if (offers) plan(declared + minutes_of(when), p, Does::offers);
  }
}

void People::plan(Instant at, std::size_t person, Does what) {
  agenda_.push({at, ++planned_, person, what, people_[person].journey});
}

std::optional<Instant> People::next() const {
  return agenda_.empty() ? std::nullopt : std::optional{agenda_.top().at};
}

void People::notify(std::size_t person, Instant now) {
  // A stale contact point: the message waits where nobody looks.
  if (!people_[person].has_device) return;
  for (const Shown& shown : phones_.fetch(person, now)) {
    ++delivered_;
    hear(person, shown.notice, now);
  }
}

void People::hear(std::size_t person, const incident::Notice& notice, Instant now) {
  One& one = people_[person];
  switch (notice.kind) {
    case MessageKind::request:
    case MessageKind::reminder:
      one.was_asked = true;
      if (!one.reachable || one.is_answering || one.said_yes) return;
      one.is_answering = true;
      plan(now + minutes_of(std::min(
                     one.random.log_normal(figures_.reply_delay.mu, figures_.reply_delay.sigma),
                     6 * 60.0)),
           person, Does::answers);
      return;
    case MessageKind::assigned:
    case MessageKind::reserve:
      set_out(person, notice, now);
      return;
    case MessageKind::stand_down:
    case MessageKind::standby:
      // Whoever is already through the door stays; whoever is on the road turns round.
      one.is_on_the_way = false;
      ++one.journey;
      return;
    case MessageKind::offer_acknowledgement:
    case MessageKind::update:
    case MessageKind::nudge:
      return;
  }
}

void People::set_out(std::size_t person, const incident::Notice& notice, Instant now) {
  One& one = people_[person];
  if (one.arrived) return;
  if (one.on_duty && !one.is_on_the_way) {
    if (!one.random.chance(figures_.on_duty_turns_up)) return;
    one.ready = now + minutes_of(2.0 + 6.0 * one.random.uniform());
  } else if (!one.on_duty && !one.said_yes) {
    return;  // told of a seat without having said yes: does not happen to somebody at home
  }
  // Whoever was asleep or turned round has the whole way before them again.
  if (!one.on_duty && !one.is_on_the_way && one.says == Answer::coming)
    one.ready = std::max(one.ready, now + one.travel);
  one.is_on_the_way = notice.kind == MessageKind::assigned;
  // Who is expected for a later shift comes for its time, and turns round if already on the road.
  const Instant due = notice.kind == MessageKind::reserve && notice.by
                          ? std::max(one.ready, *notice.by - minutes_of(10.0))
                          : std::max(one.ready, now);
  ++one.journey;
  plan(due, person, Does::arrives);
}

Reply People::answer_of(One& one, Instant now) {
  one.said_yes = one.says != Answer::no;
  switch (one.says) {
    case Answer::coming:
      one.ready = now + minutes_of(static_cast<double>(one.promised.count()) * one.lateness);
      return {Answer::coming, now + one.promised};
    case Answer::later: {
      const Instant from =
          declared_ + base::Minutes{6 * 60 + static_cast<int>(one.random.below(120))};
      one.ready = std::max(from, now);
      return {Answer::later, one.ready};
    }
    case Answer::last_resort:
      one.ready = now + minutes_of(static_cast<double>(one.promised.count()) * one.lateness);
      return {Answer::last_resort, std::nullopt};
    default:
      return {Answer::no, std::nullopt};
  }
}

void People::say(std::size_t person, Answer answer, std::optional<Instant> when, Instant now) {
  const seal::Header header{seal::Kind::reply, realness_, seal::random_message_id(ids_),
                            incident_,         now,       now + base::Minutes{12 * 60}};
  const Reply reply{answer, when};
  phones_.send(person, header, reply);
  // Doubled on the way, the same bytes under the same id.
  if (people_[person].random.chance(figures_.replies_twice)) phones_.send(person, header, reply);
}

std::optional<Reply> People::pick_up(std::size_t person, Instant now) {
  One& one = people_[person];
  if (one.said_yes || !one.random.chance(figures_.reached_by_phone)) return std::nullopt;
  one.is_answering = true;
  return answer_of(one, now);
}

void People::act(Instant now) {
  while (!agenda_.empty() && agenda_.top().at <= now) {
    const Action action = agenda_.top();
    agenda_.pop();
    One& one = people_[action.person];
    switch (action.what) {
      case Does::answers: {
        if (one.said_yes) break;
        const Reply reply = answer_of(one, now);
        say(action.person, reply.answer, reply.when, now);
        if (one.said_yes && one.random.chance(figures_.changes_mind))
          plan(now + minutes_of(2.0 + 18.0 * one.random.uniform()), action.person,
               Does::changes_mind);
        break;
      }
      case Does::changes_mind:
        if (one.arrived) break;
        one.said_yes = false;
        one.is_on_the_way = false;
        ++one.journey;
        say(action.person, Answer::no, std::nullopt, now);
        break;
      case Does::arrives:
        if (one.arrived || action.journey != one.journey) break;
        one.arrived = now;
        one.is_on_the_way = false;
        say(action.person, Answer::arrived, std::nullopt, now);
        break;
      case Does::offers:
        if (one.was_asked || one.said_yes || !one.has_device) break;
        one.says = Answer::coming;
        {
          const Reply reply = answer_of(one, now);
          say(action.person, reply.answer, reply.when, now);
        }
        break;
    }
  }
}

}  // namespace tocsin::drill
