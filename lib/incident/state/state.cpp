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
  return phone_list.size() == on_list || person.reached || person.phone_tries > 0 ||
         !person.calls.empty() || !only_by_phone;
}

// Nobody is rung to hear that they are not needed, nor what was to be said before that.
void State::give_up_unsaid(Person& person) {
  if (person.uncalled && !person.reached) give_up_decisions(person);
}

void State::on(const Event& event, const StoodDown& body) {
  Person& person = touch(body.person);
  if (person.is_silent() && !person.silent_until) person.silent_until = event.at;
  person.uncalled = !stop_asking(person);
  give_up_unsaid(person);
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
  give_up_unsaid(person);
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
  forget_review();
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
  const bool is_first = reviewed != event.at || spare_review.held.sent.empty();
  reviewed = event.at;
  outlook = body.outlook;
  exhausted.clear();
  for (const PostId& post : body.exhausted)
    if (const auto index = post_index(post)) exhausted.insert(*index);
  held_at_review = held_seats();
  if (is_first) spare_review = {spare_review.number + 1, outlook, held_at_review};
}

// The last forecast was for other seats, or for other times.
void State::forget_review() {
  held_at_review = {};
  spare_review.held = {};
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
