#include "drill/world/telephones.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/fault.h"
#include "drill/people/figures.h"
#include "incident/message/notice.h"
#include "playbook/messages.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using incident::Answer;
using playbook::MessageKind;

// As people write them (tocsin-respond(1), ANSWERS IN WORDS).
std::string words_of(const incident::Reply& reply, Instant now) {
  switch (reply.answer) {
    case Answer::coming:
      return fmt::format("Y {}", std::chrono::ceil<base::Minutes>(*reply.when - now).count());
    case Answer::later:
      return fmt::format("later {}", base::local_clock(*reply.when));
    case Answer::last_resort:
      return "only if short";
    case Answer::arrived:
      return "here";
    case Answer::leaving:
      return "leaving";
    case Answer::no:
    case Answer::none:
    case Answer::seen:
      break;
  }
  return "N";
}

bool is_voice(const Messenger& line) { return line.channel().id.str() == "voice"; }

}  // namespace

Telephones::Telephones(const World& world, Phones& devices,
                       std::span<const std::unique_ptr<Messenger>> lines, std::vector<bool> on_duty,
                       const base::SeededRandom& random)
    : devices_(devices), lines_(lines) {
  constexpr callout::Figures kUsual;
  for (const WorldChannel& channel : world.channels)
    if (contact::reaches_devices(channel.id)) device_notice_ = channel.notice;
  for (std::size_t p = 0; p < on_duty.size(); ++p) {
    base::SeededRandom dice = random.fork(p);
    One one;
    one.sleep = dice.uniform();
    for (std::size_t way = 0; way <= lines.size(); ++way)
      one.works.push_back(!dice.chance(kUsual.stale_contact));
    one.on_duty = on_duty[p];
    people_.push_back(std::move(one));
  }
}

void Telephones::follow(const incident::Ledger& ledger, const seal::Certificate& caller) {
  ledger_ = &ledger;
  caller_ = &caller;
}

bool Telephones::notices(const One& one, std::size_t way) const {
  const double share = way == devices_way() ? device_notice_ : lines_[way]->channel().notice;
  const bool is_awake = one.on_duty || one.answers_by;
  return one.works[way] && (is_awake || one.sleep < share);
}

void Telephones::arrive(std::size_t way, const Messenger::Arrival& arrival) {
  One& one = people_[arrival.person];
  Messenger& line = *lines_[way];
  const bool is_noticed = notices(one, way);
  if (is_voice(line)) {
    // It rings: somebody picks up now, or nobody does.
    if (is_noticed)
      line.receipt(arrival.message, contact::Receipt::delivered);
    else
      line.receipt(arrival.message, contact::Receipt::failed_for_good, "no answer");
  } else if (one.works[way]) {
    line.receipt(arrival.message, contact::Receipt::delivered);
  }
  if (is_noticed) one.unread.emplace_back(way, arrival.message);
}

std::vector<std::size_t> Telephones::take_arrivals() {
  std::vector<std::size_t> people;
  for (std::size_t way = 0; way < lines_.size(); ++way)
    for (const Messenger::Arrival& arrival : lines_[way]->take_arrivals()) {
      arrive(way, arrival);
      people.push_back(arrival.person);
    }
  return people;
}

// A nudge without a code word tells whoever has no device that there is something, and not what.
std::vector<device::Message> Telephones::fetch(std::size_t person, Instant now) {
  One& one = people_[person];
  std::vector<device::Message> out;
  if (one.works[devices_way()]) {
    out = devices_.fetch(person, now);
    if (!notices(one, devices_way()))
      std::erase_if(out, [](const device::Message& message) {
        return message.notice.kind == MessageKind::request ||
               message.notice.kind == MessageKind::reminder;
      });
    if (!out.empty()) one.answers_by = devices_way();
  }
  const incident::State& state = ledger_->state();
  for (const auto& [way, id] : std::exchange(one.unread, {})) {
    one.answers_by = way;
    const incident::Message& message = state.messages[*state.message_index(id)];
    incident::Notice notice = incident::notice_for(state, message, *caller_);
    const bool is_readable =
        contact::find(message.channel)->carries == contact::Class::provider_readable;
    const auto meaning = playbook::meaning_of(message.kind, state.has_ended());
    if (is_readable && !message.asks() &&
        !playbook::says_what_to_do(state.playbook, state.roster[person].language, meaning))
      notice.kind = MessageKind::nudge;
    out.push_back({{}, std::move(notice)});
  }
  return out;
}

// On a call only what it asks is answered: an arrival goes by another way, if there is one.
void Telephones::send(std::size_t person, const seal::Header& header,
                      const incident::Reply& reply) {
  const One& one = people_[person];
  if (!one.answers_by) return;
  std::size_t way = *one.answers_by;
  const auto can_write = [&](std::size_t other) {
    const auto& points = ledger_->state().roster[person].contacts;
    return one.works[other] && !is_voice(*lines_[other]) &&
           std::any_of(points.begin(), points.end(), [&](const roster::ContactPoint& point) {
             return point.channel == lines_[other]->channel().id;
           });
  };
  const bool is_of_a_call = way != devices_way() && is_voice(*lines_[way]);
  if (is_of_a_call && (reply.answer == Answer::arrived || reply.answer == Answer::leaving)) {
    way = 0;
    while (way < lines_.size() && !can_write(way)) ++way;
    if (way == lines_.size()) return;
  }
  if (way == devices_way())
    devices_.send(person, header, reply);
  else
    lines_[way]->say(person, header.id, words_of(reply, header.created));
}

}  // namespace tocsin::drill
