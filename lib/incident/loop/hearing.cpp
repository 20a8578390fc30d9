#include "incident/loop/hearing.h"

#include <algorithm>
#include <optional>

#include "incident/message/payload.h"
#include "incident/seating/arrival.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// The longest times that somebody can promise. A reply with a longer one is a mistake or an attack.
constexpr base::Minutes kLongestEta{24 * 60};
constexpr base::Minutes kLatestStart{7 * 24 * 60};

constexpr base::Minutes kApart{1};  // two clocks that are right; assumed

// By the clock of whoever said it, which may differ from this one.
bool is_plausible(const Reply& reply, Instant said) {
  if (!reply.when) return true;
  const auto ahead = *reply.when - said;
  const base::Minutes most = reply.answer == Answer::coming ? kLongestEta : kLatestStart;
  // A delayed reply may promise a time that has passed.
  return ahead <= most && ahead >= -kLongestEta;
}

// When the person was first written to there tonight.
std::optional<Instant> first_written(const State& state, PersonIndex person,
                                     const ChannelId& channel) {
  for (const MessageIndex index : state.people[person].messages)  // in order
    if (state.messages[index].channel == channel) return state.messages[index].issued;
  return std::nullopt;
}

// Of what was heard: is it about a message to this person?
bool is_about(const State& state, const channel::Said& said, PersonIndex person) {
  if (!said.about) return true;
  const auto answered = state.message_index(*said.about);
  return answered && state.messages[*answered].person == person;
}

// Those who have this address on the channel, and were written to there before that was said.
std::vector<PersonIndex> people_at(const State& state, const ChannelId& channel,
                                   const channel::Said& said) {
  std::vector<PersonIndex> people;
  for (PersonIndex person = 0; person < state.people.size(); ++person) {
    const auto& contacts = state.roster[person].contacts;
    const bool has = std::any_of(contacts.begin(), contacts.end(), [&](const auto& point) {
      return point.channel == channel && point.address == said.from;
    });
    if (!has || !is_about(state, said, person)) continue;
    const auto written = first_written(state, person, channel);
    if (written && said.at >= *written - kApart) people.push_back(person);
  }
  return people;
}

}  // namespace

Judged judge(const State& state, const ChannelId& from, const seal::Opened& opened, Instant now) {
  if (opened.header.kind != seal::Kind::reply) return "not a reply";
  if (opened.header.incident != state.declared.incident) return "for another incident";
  const roster::Device* device = state.membership ? state.membership->find(opened.signer) : nullptr;
  if (device == nullptr) return "from an unknown device";
  const auto person = state.person_by_device.find(std::string{base::text_of(opened.signer.bytes)});
  if (person == state.person_by_device.end()) return "from a revoked device";
  if (state.replies_seen.contains(opened.header.id)) return kDuplicate;
  const auto reply = decode_reply(opened.payload);
  if (!reply) return "malformed reply";
  if (!is_plausible(*reply, opened.header.created)) return "an impossible time";
  Replied said{opened.header.id,
               state.roster[person->second].id,
               reply->answer,
               reply->when.value_or(Instant{}),
               from,
               seal::to_text(device->keys.id()),
               opened.header.created};
  if (state.is_outdated(said, now)) return kOutdated;
  return said;
}

Judged judge(const State& state, const ChannelId& from, const channel::Said& said, Instant now,
             const base::Zone& zone) {
  // A provider lists what it had for days: what was said in a drill this morning is no answer.
  if (state.replies_seen.contains(said.id) || said.at < state.declared_at - kApart) return {};
  if (said.about && !state.message_index(*said.about)) return {};  // of another incident
  const auto people = people_at(state, from, said);
  if (people.empty()) return "from an address that nobody was written to at";
  // "20 min" counts from when it was written: it may be heard much later.
  const Instant written = std::min(said.at, now);
  std::vector<std::string> names;
  for (const PersonIndex one : people) names.push_back(state.roster[one].name);
  const auto [whose, read] = read_named_answer(said.words, written, zone, names);
  const roster::Responder& person = state.roster[people[whose]];
  Reply reply;
  if (const auto* unread = std::get_if<Unread>(&read)) {
    if (*unread == Unread::automatic) return "an automatic reply";
    if (*unread != Unread::no_time) return WordsUnread{said.id, person.id, from, *unread};
    // The yes is clear. They come as soon as they can, until they say when.
    reply = {Answer::coming, written + planned_journey(person.travel)};
  } else {
    reply = std::get<Reply>(read);
  }
  if (!is_plausible(reply, written)) return "an impossible time";
  return Replied{said.id, person.id, reply.answer, reply.when.value_or(Instant{}),
                 from,    {},        said.at};
}

}  // namespace tocsin::incident
