#include "incident/message/notice.h"

#include <algorithm>

#include "playbook/template.h"

namespace tocsin::incident {

namespace {

using playbook::Field;
using playbook::MessageKind;

// When the person must be there: the time of their seat if they have one, or else the post's last
// time.
base::Instant needed_by(const State& state, const Message& message, const playbook::Post& post) {
  const Person& person = state.people[message.person];
  if (person.status == Status::assigned) {
    const Slot& slot = state.slots[person.slot];
    if (&state.playbook.posts[slot.post] == &post) return state.at(slot.by);
  }
  return state.at(post.needs.back().by);
}

playbook::FieldValues values_for(const State& state, const Topic& topic) {
  const seal::Realness realness = state.declared.realness;
  playbook::FieldValues values = {
      {Field::kind, realness == seal::Realness::real ? "REAL" : "EXERCISE"},
      {Field::incident, state.declared.label},
      {Field::title, state.playbook.title},
      {Field::site, state.playbook.site.name},
      {Field::caller, state.declared.caller},
      {Field::text, std::string{topic.text}},
      {Field::code_word, std::string{state.playbook.messages.code_words.any}}};
  if (topic.post != nullptr) {
    const playbook::Area* area = state.playbook.find_area(topic.post->area);
    values[Field::area] = area->title;
    values[Field::role] = topic.post->title;
    values[Field::report_to] = area->report_to;
    values[Field::by] = base::local_clock(topic.by);
    values[Field::shift] = state.playbook.find_shift(topic.post->shift)->title;
  }
  return values;
}

}  // namespace

seal::Kind envelope_kind(MessageKind kind) noexcept {
  switch (kind) {
    case MessageKind::standby:
    case MessageKind::request:
    case MessageKind::reminder:
    case MessageKind::nudge:
      return seal::Kind::request;
    case MessageKind::assigned:
    case MessageKind::reserve:
    case MessageKind::stand_down:
    case MessageKind::offer_acknowledgement:
      return seal::Kind::decision;
    case MessageKind::update:
    case MessageKind::choices:
    case MessageKind::no_details:
    case MessageKind::stopped:
    case MessageKind::whose:
      return seal::Kind::update;
  }
  return seal::Kind::update;
}

Topic topic_of(const State& state, const Message& message) {
  const playbook::Post* post = state.playbook.find_post(message.post);
  return {message.kind, post, post == nullptr ? base::Instant{} : needed_by(state, message, *post),
          message.text, state.roster[message.person].language};
}

Notice notice_for(const State& state, const Topic& topic, const seal::Certificate& certificate) {
  const playbook::FieldValues values = values_for(state, topic);
  Notice notice;
  notice.kind = topic.kind;
  notice.incident = state.declared.label;
  notice.organisation = state.declared.organisation;
  notice.caller = state.declared.caller;
  notice.site = state.playbook.site.name;
  notice.switchboard = state.playbook.site.switchboard;
  notice.ended = state.ended_at;
  notice.text = playbook::render(state.playbook.messages.text(topic.kind, topic.language), values);
  notice.reply_to = state.declared.identity;
  notice.certificate = certificate;
  notice.keep_until = state.declared_at + std::chrono::days{state.playbook.retention.device_days};
  if (topic.post != nullptr) {
    notice.area = values.at(Field::area);
    notice.role = values.at(Field::role);
    notice.report_to = values.at(Field::report_to);
    notice.shift = values.at(Field::shift);
    notice.by = topic.by;
    notice.is_relief =
        state.is_relief(static_cast<PostIndex>(topic.post - state.playbook.posts.data()));
    notice.keep_until =
        std::max(notice.keep_until, topic.by);  // they may sleep before they read it
  }
  return notice;
}

std::string spoken(const State& state, const Message& message) {
  const Topic topic = topic_of(state, message);
  const bool asks = message.kind == MessageKind::request || message.kind == MessageKind::reminder;
  // A written request may say "answer here, do not phone", which makes no sense on the telephone.
  if (asks && topic.post != nullptr)
    return playbook::render(
        "{kind}: {title} at {site}. Can you come as {role}, {area}, by {by}? Report to "
        "{report_to}. {caller} is calling you in.",
        values_for(state, topic));
  return playbook::render(state.playbook.messages.text(topic.kind, topic.language),
                          values_for(state, topic));
}

}  // namespace tocsin::incident
