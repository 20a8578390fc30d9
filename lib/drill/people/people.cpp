#include "drill/people/people.h"

#include <algorithm>

namespace tocsin::drill {

namespace {

using base::Instant;
using incident::Answer;
using incident::Reply;
using playbook::MessageKind;

constexpr base::Minutes kBeforeShift{10};  // how early people come for a later shift
constexpr base::Minutes kReplyLife{12 * 60};

}  // namespace

People::People(const roster::Roster& roster, const roster::Rota& rota, Instant declared,
               seal::Realness realness, seal::MessageId incident, Phones& phones,
               const base::SeededRandom& random, const Temper& temper)
    : declared_(declared),
      realness_(realness),
      incident_(incident),
      called_(temper.called),
      phones_(phones),
      ids_(random.fork(1)) {
  const base::SeededRandom streams = random.fork(2);
  const double offers =
      called_ == Policy::broadcast ? figures_.offers_to_a_broadcast : figures_.offers;
  people_.reserve(roster.size());
  for (std::size_t p = 0; p < roster.size(); ++p) {
    One one;
    one.night = draw_night(streams.fork(p), roster[p].travel, figures_, temper.belief);
    if (temper.phones_decide) one.night.has_device = one.night.notices = true;
    one.travel = roster[p].travel;
    const roster::Duty duty = rota.duty_of(roster[p].id, declared);
    one.on_duty = duty == roster::Duty::on_duty;
    people_.push_back(one);
    const Night& night = people_.back().night;
    if (duty == roster::Duty::off && night.shyness < offers)
      plan(declared + night.offers_after, p, Does::offers);
  }
}

void People::plan(Instant at, std::size_t person, Does what) {
  agenda_.push({at, ++planned_, person, what, people_[person].journey});
}

std::optional<Instant> People::next() const {
  return agenda_.empty() ? std::nullopt : std::optional{agenda_.top().at};
}

std::vector<People::Ring> People::take_rings() { return std::exchange(rings_, {}); }

void People::notify(std::size_t person, Instant now) {
  // With a stale contact point nobody reads the message. On a ward somebody passes it on;
  // on_duty_turns_up counts those who do not go all the same.
  if (!people_[person].night.has_device && !people_[person].on_duty) return;
  for (const device::Message& shown : phones_.fetch(person, now)) {
    ++delivered_;
    hear(person, shown.notice, now);
  }
}

void People::hear(std::size_t person, const incident::Notice& notice, Instant now) {
  One& one = people_[person];
  switch (notice.kind) {
    case MessageKind::request:
    case MessageKind::reminder:
      // People at work look at their telephone.
      if (!(one.night.notices || (one.on_duty && one.night.has_device)) || one.is_answering) return;
      one.is_answering = true;
      plan(now + one.night.reply_delay, person, Does::answers);
      return;
    case MessageKind::assigned:
    case MessageKind::reserve:
      if (!one.comes_regardless) set_out(person, notice, now);
      return;
    case MessageKind::stand_down:
    case MessageKind::standby:
      if (one.comes_regardless) return;
      // People who have arrived stay; people on the road go back.
      one.is_on_the_way = false;
      ++one.journey;
      return;
    case MessageKind::offer_acknowledgement:
    case MessageKind::update:
    case MessageKind::nudge:
    case MessageKind::choices:
    case MessageKind::no_details:
    case MessageKind::stopped:
    case MessageKind::whose:
      return;
  }
}

void People::set_out(std::size_t person, const incident::Notice& notice, Instant now) {
  One& one = people_[person];
  if (one.arrived) return;
  if (one.on_duty && !one.is_on_the_way) {
    if (!one.night.turns_up) return;
    one.ready = now + one.night.walk;
  } else if (!one.on_duty && !one.said_yes) {
    return;  // somebody at home gets no seat without having said yes
  }
  // Somebody who slept or went back has the whole way to go.
  if (!one.on_duty && !one.is_on_the_way && one.said == Answer::coming)
    one.ready = std::max(one.ready, now + one.travel);
  one.is_on_the_way = notice.kind == MessageKind::assigned;
  // Somebody needed in a later shift comes for its time, and goes back if on the road already.
  const Instant due = notice.kind == MessageKind::reserve && notice.by
                          ? std::max(one.ready, *notice.by - kBeforeShift)
                          : std::max(one.ready, now);
  ++one.journey;
  plan(due, person, Does::arrives);
}

Reply People::answer_of(std::size_t person, Answer answer, Instant now) {
  One& one = people_[person];
  one.is_answering = true;
  one.said = answer;
  one.said_yes = answer != Answer::no;
  if (!one.said_yes) return {Answer::no, std::nullopt};
  if (one.night.changes_mind) plan(now + one.night.yes_lasts, person, Does::changes_mind);
  one.ready = now + one.night.journey;
  if (answer == Answer::later) {
    one.ready = std::max(declared_ + one.night.later_from, now);
    return {Answer::later, one.ready};
  }
  if (answer == Answer::last_resort) return {Answer::last_resort, std::nullopt};
  if (called_ == Policy::broadcast) {
    one.comes_regardless = true;
    one.is_on_the_way = true;
    ++one.journey;
    plan(one.ready, person, Does::arrives);
  }
  return {Answer::coming, now + one.night.promised};
}

void People::say(std::size_t person, Word word, const Reply& reply, Instant now) {
  const seal::Header header{seal::Kind::reply, realness_, seal::random_message_id(ids_),
                            incident_,         now,       now + kReplyLife};
  phones_.send(person, header, reply);
  // The network doubles the message: the same bytes with the same id.
  if (people_[person].night.doubled[static_cast<std::size_t>(word)])
    phones_.send(person, header, reply);
}

bool People::picks_up(std::size_t person) {
  One& one = people_[person];
  const std::size_t ring = one.rings++;
  return one.on_duty || (ring < one.night.picks_up.size() && one.night.picks_up[ring]);
}

std::optional<Reply> People::pick_up(std::size_t person, Instant now) {
  One& one = people_[person];
  const std::size_t ring = one.rings++;
  if (one.said_yes || ring >= one.night.picks_up.size() || !one.night.picks_up[ring])
    return std::nullopt;
  return answer_of(person, one.night.says, now);
}

void People::offer(std::size_t person, Instant now) {
  const One& one = people_[person];
  if (one.is_answering) return;  // a request has reached them, by device or telephone
  if (called_ == Policy::broadcast) {
    const Reply reply = answer_of(person, Answer::coming, now);
    rings_.push_back({person, *reply.when});
  } else if (one.night.has_device) {
    say(person, Word::answer, answer_of(person, Answer::coming, now), now);
  }
}

void People::act(Instant now) {
  while (!agenda_.empty() && agenda_.top().at <= now) {
    const Action action = agenda_.top();
    agenda_.pop();
    One& one = people_[action.person];
    switch (action.what) {
      case Does::answers:
        if (one.said_yes) break;  // they said yes to an operator meanwhile
        say(action.person, Word::answer, answer_of(action.person, one.night.says, now), now);
        break;
      case Does::changes_mind:
        if (one.arrived) break;
        one.said_yes = false;
        one.comes_regardless = false;
        one.is_on_the_way = false;
        ++one.journey;
        say(action.person, Word::change, {Answer::no, std::nullopt}, now);
        break;
      case Does::arrives:
        if (one.arrived || action.journey != one.journey) break;
        one.arrived = now;
        one.is_on_the_way = false;
        say(action.person, Word::arrival, {Answer::arrived, std::nullopt}, now);
        break;
      case Does::offers:
        offer(action.person, now);
        break;
    }
  }
}

}  // namespace tocsin::drill
