#include "incident/state/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "incident/state/key_chain.h"
#include "playbook/reading/read.h"
#include "roster/rota/horizon.h"

namespace tocsin::incident {

using base::Instant;

namespace {

constexpr base::Minutes kApart{1};  // two clocks that are right; assumed

}  // namespace

void State::misfit(std::string_view what) {
  throw base::Fault(base::Exit::untrusted, fmt::format("the journal does not make sense: {}", what),
                    "run \"tocsin record verify\" on it");
}

void State::apply(const Event& event) {
  if (!is_declared() && !std::holds_alternative<Declared>(event.body))
    misfit("something happened before the declaration");
  ++events;
  const std::size_t before = touched.size();
  std::visit([&](const auto& body) { on(event, body); }, event.body);
  latest = event.at;
  if (!std::holds_alternative<ClockSetBack>(event.body)) clock.moved_deadlines = false;
  sort_touched(before);
}

base::Minutes State::minutes_to(Instant instant) const noexcept {
  return std::max(base::Minutes{0}, std::chrono::ceil<base::Minutes>(instant - declared_at));
}

std::optional<PersonIndex> State::person_index(const PersonId& id) const noexcept {
  const auto index = roster.index_of(id);
  return index ? std::optional{static_cast<PersonIndex>(*index)} : std::nullopt;
}

std::optional<PostIndex> State::post_index(const PostId& id) const noexcept {
  const playbook::Post* post = playbook.find_post(id);
  if (post == nullptr) return std::nullopt;
  return static_cast<PostIndex>(post - playbook.posts.data());
}

int State::rank(PostIndex post) const noexcept {
  return shift_position(post) * playbook::kLeastPriority + playbook.posts[post].priority;
}

bool State::is_relief(PostIndex post) const noexcept { return shift_position(post) > 0; }

Person& State::touch(const PersonId& id) {
  const auto index = person_index(id);
  if (!index) misfit("it names somebody who is not on its roster");
  touched.push_back(*index);
  return people[*index];
}

void State::on(const Event& event, const Declared& body) {
  if (is_declared()) misfit("it declares two incidents");
  declared = body;
  declared_at = event.at;
  // Never judged: what was declared under the checks of its day must stay readable under all later
  // ones.
  if (body.read != nullptr) {
    playbook = *body.read;
  } else {
    playbook::Reading reading = playbook::read_playbook(body.playbook, body.playbook_file);
    if (!reading.is_readable()) misfit("this version cannot read its playbook");
    playbook = std::move(reading.playbook);
  }
  declared.playbook.clear();  // playbook.source_text has it
  declared.read.reset();
  rebuild_slots();
}

void State::on(const Event&, const RosterTaken& body) {
  if (!people.empty()) misfit("it takes the roster twice");
  auto decoded_roster = roster::decode_roster(body.roster);
  auto decoded_rota = roster::decode_rota(body.rota);
  if (!decoded_roster || !decoded_rota) misfit("its roster or rota cannot be read");
  roster = std::move(*decoded_roster);
  rota = std::move(*decoded_rota);
  people.resize(roster.size());
  held_by_.resize(people.size());
  sort_into_profiles();
  take_duties();
}

// Who is on duty or on call at the declaration.
void State::take_duties() {
  const roster::Horizon horizon{rota, roster};
  for (PersonIndex p = 0; p < people.size(); ++p) {
    Person& person = people[p];
    const roster::Duty duty = horizon.duty_of(p, declared_at);
    if (std::exchange(person.duty, duty) != duty) touched.push_back(p);
    person.usually_on_duty =
        duty == roster::Duty::unknown && horizon.is_usually_on_duty(p, declared_at);
  }
  key_chains = incident::key_chains(
      playbook, roster, rota.at(declared_at), people,
      [this](PersonIndex person, PostIndex post) { return can_hold(person, post); });
}

void State::on(const Event&, const MembershipTaken& body) {
  auto opened = roster::open_membership(body.membership, declared.organisation_keys.verify);
  auto* list = std::get_if<roster::Membership>(&opened);
  if (list == nullptr) misfit("its membership list was not signed by the organisation");
  membership = std::move(*list);
  for (Person& person : people) person.devices.clear();
  person_by_device.clear();
  for (std::uint32_t d = 0; d < membership->devices().size(); ++d) {
    const roster::Device& device = membership->devices()[d];
    const auto index = person_index(device.person);
    if (!device.is_live() || !index) continue;  // revoked, or of somebody not on the roster
    people[*index].devices.push_back(d);
    person_by_device.emplace(base::text_of(device.keys.verify.bytes), *index);
  }
  look_for_new_ways();
}

bool State::is_outdated(const Replied& reply) const {
  const auto last = said_by_device.find(reply.device);
  return reply.answer != Answer::seen && last != said_by_device.end() && reply.said < last->second;
}

// The table of answers and states: tocsin-respond(1), WHAT AN ANSWER DOES.
void State::on(const Event& event, const Replied& body) {
  if (!replies_seen.insert(body.id).second) misfit("it counts one reply twice");
  Person& person = touch(body.person);
  const Instant said = said_at(body, event.at);
  const bool is_news = said >= person.said;
  person.reached = true;
  person.answered_on = body.channel;
  if (!body.device.empty() && body.answer != Answer::seen) said_by_device[body.device] = body.said;
  const bool answers = body.answer != Answer::none && body.answer != Answer::seen;
  if (answers) take_off_phone_list(person, Calls::requests);
  // In a call without a number they have heard what was to be said; of others the journal says so.
  if (body.channel == kPhone)
    for (const GivenCall& given : person.calls)
      if (given.call == 0)
        for (const MessageIndex index : given.messages) count_as_told(index);
  if (!answers) return;
  if (has_ended()) {
    // They hear the end once more. Until then somebody who says yes acts as if they were sent for.
    give_up_decisions(person);
    const bool comes = body.answer != Answer::no && body.answer != Answer::leaving;
    person.written = comes ? Status::assigned : Status::free;
    return;
  }
  if (!is_news) return;  // it was on its way while they said something newer
  person.said = said;
  if (body.answer == Answer::arrived) {
    arrive(person, event.at);
  } else if (body.answer == Answer::leaving) {
    person.left = true;
    person.status = Status::released;
    person.status_why = "said that they must leave";
    give_up_decisions(person);
  } else {
    answer(person, body, event.at);
  }
}

// When it was said, by this journal's clock: when a device signed it, if the device's clock can be
// right. Nobody answers before the declaration, or later than now.
Instant State::said_at(const Replied& reply, Instant now) const {
  const bool is_possible =
      reply.said != Instant{} && declared_at - kApart <= reply.said && reply.said <= now + kApart;
  return is_possible ? std::min(reply.said, now) : now;
}

void State::arrive(Person& person, Instant at) {
  if (!person.arrived) person.arrived = at;
  person.missed = false;
  come_back(person);
  if (person.decision && person.written == Status::assigned) count_as_told(*person.decision);
}

void State::come_back(Person& person) {
  if (person.left && !person.let_go) {
    person.status = Status::free;
    person.written = Status::free;
  }
  person.left = false;
}

// Coming, later, last resort or no: the newest words count, also of somebody who was here.
void State::answer(Person& person, const Replied& reply, Instant at) {
  if (!person.was_asked() && person.duty != roster::Duty::on_duty) person.offered = true;
  person.answer = reply.answer;
  person.answered = at;
  person.when = reply.when;
  // A clock that cannot be right promised a time of its own.
  if (reply.when != Instant{} && reply.said != Instant{} &&
      std::chrono::abs(person.said - reply.said) > kApart)
    person.when += person.said - reply.said;
  person.arrived.reset();
  person.missed = false;
  person.expected = {};
  if (reply.answer == Answer::no) {
    person.pinned.reset();
    give_up_decisions(person);
    if (person.status == Status::released) return;
    person.status = Status::free;
    person.written = Status::free;
    person.status_why = "said no";
    return;
  }
  come_back(person);
  // Somebody who was stood down or released and offers again is answered again.
  if (person.status == Status::stood_down || person.status == Status::released) {
    person.written = Status::free;
    give_up_decisions(person);
  }
  if (person.status == Status::stood_down) person.status = Status::free;
}

void State::on(const Event&, const Refused& body) { refused[body.reason] += body.count; }

void State::on(const Event& event, const Assigned& body) {
  Person& person = touch(body.person);
  const auto post = post_index(body.post);
  if (!post) misfit("it fills a post that its playbook does not have");
  const auto slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) {
    return s.post == *post && s.tranche == body.slot;
  });
  if (slot == slots.end()) misfit("it fills a seat that is not there");
  person.status = Status::assigned;
  person.status_since = event.at;
  person.slot = static_cast<SlotIndex>(slot - slots.begin());
  const Instant expected = is_relief(*post) ? Instant{} : body.arrives;
  if (expected != person.expected) person.sent_for = event.at;
  person.expected = expected;
  person.status_why = body.why;
}

void State::on(const Event& event, const Reserved& body) {
  Person& person = touch(body.person);
  person.status = Status::reserved;
  person.status_since = event.at;
  person.status_why = body.why;
}

// Takes questions off the telephone list. False when the switchboard was the only way to the person
// and has not rung them yet, so that they know of nothing.
bool State::stop_asking(Person& person) {
  const std::size_t on_list = phone_list.size();
  take_off_phone_list(person, Calls::requests);
  const bool only_by_phone =
      std::all_of(person.messages.begin(), person.messages.end(),
                  [&](auto index) { return messages[index].channel == kPhone; });
  return phone_list.size() == on_list || person.reached || person.phone_tries > 0 || !only_by_phone;
}

void State::on(const Event& event, const StoodDown& body) {
  Person& person = touch(body.person);
  if (person.is_silent() && !person.silent_until) person.silent_until = event.at;
  person.uncalled = !stop_asking(person);
  // Whoever is at home already is written that it is over.
  if (has_ended() && person.written == Status::stood_down) person.written = Status::free;
  if (has_ended() && (person.status == Status::stood_down || person.let_go)) return;
  person.status = Status::stood_down;
  person.status_since = event.at;
  person.status_why = body.why;
}

void State::on(const Event& event, const Released& body) {
  Person& person = touch(body.person);
  person.let_go = true;
  const bool was_rung = stop_asking(person);
  person.uncalled = !was_rung;
  person.status = Status::released;
  person.pinned.reset();
  person.status_why = body.why;
  decisions += event.by.empty() ? 0 : 1;
}

void State::on(const Event& event, const Pinned& body) {
  Person& person = touch(body.person);
  const auto post = post_index(body.post);
  if (!post) misfit("it fills a post that its playbook does not have");
  person.pinned = *post;
  person.pinned_at = event.at;
  person.pinned_why = body.why;
  take_off_phone_list(person, Calls::requests);  // they are now told, not asked
  person.left = false;
  person.let_go = false;
  if (person.status == Status::released) person.status = Status::free;
  person.status_why = body.why;
  ++decisions;
}

void State::on(const Event& event, const NeedSet& body) {
  const auto index = post_index(body.post);
  if (!index) misfit("it needs a post that its playbook does not have");
  playbook::Post& post = playbook.posts[*index];
  const int count = static_cast<int>(std::min<std::uint64_t>(body.count, 100'000));
  // Earlier steps of the need keep their times, up to the new count. All others are needed by the
  // new time. Counts and times both rise.
  const base::Minutes by = minutes_to(body.by);
  std::erase_if(post.needs,
                [&](const playbook::Need& need) { return need.count >= count || need.by >= by; });
  post.needs.push_back({count, by});
  post.minimum = std::min(post.minimum, count);
  decisions += event.by.empty() ? 0 : 1;
  held_at_review.clear();  // the last forecast was for other seats
  rebuild_slots();
}

void State::on(const Event& event, const Told& body) {
  decisions += event.by.empty() ? 0 : 1;
  words_told_.insert(body.text);
}

void State::on(const Event&, const Decided&) { ++decisions; }

void State::on(const Event& event, const Ended& body) {
  if (has_ended()) misfit("it ends twice");
  ended_at = event.at;
  ended_by = event.by;
  ended_why = body.why;
  ++decisions;
  at_end = std::make_shared<const State>(*this);
}

void State::on(const Event& event, const Forecasted& body) {
  reviewed = event.at;
  outlook = body.outlook;
  exhausted.clear();
  for (const PostId& post : body.exhausted)
    if (const auto index = post_index(post)) exhausted.insert(*index);
  held_at_review.assign(slots.size(), 0);
  for (const Person& person : people)
    if (person.status == Status::assigned) ++held_at_review[person.slot];
}

void State::on(const Event&, const Missed& body) {
  Person& person = touch(body.person);
  person.missed = true;
  person.status = Status::free;
  person.written = Status::free;
  person.status_why = body.why;
}

void State::on(const Event&, const HistoryTaken& body) {
  const auto count = [](std::uint64_t number) {
    constexpr std::uint64_t kMost = 1'000'000;  // more than any count of an organisation
    return static_cast<int>(std::min(number, kMost));
  };
  nights = body.nights;
  history = {};
  history.answered = count(body.answered);
  for (const std::uint64_t number : body.silent_by_minute)
    history.silent_by_minute.push_back(count(number));
  history.silent_for_good = count(body.silent_for_good);
  history.picked_up = count(body.picked_up);
  history.not_picked_up = count(body.not_picked_up);
  history.coming = count(body.coming);
  history.later = count(body.later);
  history.last_resort = count(body.last_resort);
  history.no = count(body.no);
  for (const TimesCalled& called : body.called)
    if (const auto person = person_index(called.person))
      people[*person].burden = count(called.times);
}

}  // namespace tocsin::incident
