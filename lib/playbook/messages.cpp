#include "playbook/messages.h"

#include <algorithm>
#include <array>

#include "document/fields.h"

namespace tocsin::playbook {

namespace {

using enum Field;

constexpr std::array kRequestFields = {kind, incident, title, site,  caller,
                                       area, role,     by,    shift, report_to};
constexpr std::array kPlainFields = {kind, incident, title, site, caller, shift};
constexpr std::array kUpdateFields = {kind, incident, title, site, caller, text};
constexpr std::array kNudgeFields = {code_word, link};

struct Words {
  std::size_t longest;
  std::span<const Field> fields;
  std::string text;
};

// One row for each MessageKind, in its order.
const std::array<Words, kMessageKinds>& all_words() {
  static const std::array<Words, kMessageKinds> words = {{
      {360, kPlainFields,
       "{kind}: {site} may need you: {title}. Please stay where you can be reached. "
       "Do not travel and do not phone. {caller}"},
      {480, kRequestFields,
       "{kind}: {title} at {site}. Can you come as {role}, {area}, by {by}? "
       "Report to {report_to}. Please answer here, do not phone. {caller}"},
      {480, kRequestFields,
       "{kind}: no answer from you yet. {site} needs a {role} in {area} by {by}. "
       "A no helps us too. {caller}"},
      {480, kRequestFields,
       "{kind}: thank you, you are expected. {role}, {area}, by {by}. Report to {report_to}. "
       "Bring your identity badge."},
      {480, kRequestFields,
       "{kind}: thank you. Please sleep now: you relieve the {shift} shift as {role}, {area}, "
       "by {by}. Report to {report_to}."},
      {360, kPlainFields,
       "{kind}: {title} at {site}: you are stood down, with our thanks. Please do not travel."},
      {360, kPlainFields,
       "{kind}: noted, thank you. Please do not phone and do not travel: wait to be called. "
       "{site}"},
      {600, kUpdateFields, "{kind}: {text} ({caller})"},
      {160, kNudgeFields, "Incident message: open {link}"},
      {160,
       {},
       "We could not read that. Please answer Y and minutes (Y 20), N, L and a time "
       "(L 07:00), or: only if short."},
      {160,
       {},
       "Not kept: please write nothing about patients here. To answer: Y and minutes "
       "(Y 20), N, or L and a time (L 07:00)."},
      {160,
       {},
       "You get no more messages from us here. To be reached again, tell your emergency "
       "planning office."},
      {160,
       {},
       "Several of you are reached here. Please write your name first, then Y and minutes "
       "(Y 20), N, or L and a time (L 07:00)."},
  }};
  return words;
}

const Words& words_of(MessageKind kind) { return all_words()[static_cast<std::size_t>(kind)]; }

}  // namespace

std::size_t longest(MessageKind kind) { return words_of(kind).longest; }

std::span<const Field> fields_for(MessageKind kind) { return words_of(kind).fields; }

std::string_view built_in(MessageKind kind) { return words_of(kind).text; }

std::optional<Meaning> meaning_of(MessageKind kind, bool has_ended) {
  switch (kind) {
    case MessageKind::request:
    case MessageKind::reminder:
    case MessageKind::nudge:
      return Meaning::come;
    case MessageKind::assigned:
      return Meaning::assigned;
    case MessageKind::standby:
    case MessageKind::reserve:
    case MessageKind::stand_down:
    case MessageKind::offer_acknowledgement:
      return has_ended ? Meaning::ended : Meaning::stay;
    case MessageKind::update:
    case MessageKind::choices:
    case MessageKind::no_details:
    case MessageKind::stopped:
    case MessageKind::whose:
      return std::nullopt;
  }
  return std::nullopt;
}

std::map<Field, std::size_t> longest_fields(const Playbook& playbook) {
  using document::length_of;
  constexpr std::size_t kIncident = 40;
  constexpr std::size_t kCaller = 60;
  constexpr std::size_t kClock = 16;  // "2026-11-22 22:40"
  constexpr std::size_t kLink = 80;
  std::map<Field, std::size_t> most = {{area, 0},
                                       {role, 0},
                                       {shift, 0},
                                       {report_to, 0},
                                       {kind, 8},
                                       {incident, kIncident},
                                       {title, length_of(playbook.title)},
                                       {caller, kCaller},
                                       {site, length_of(playbook.site.name)},
                                       {by, kClock},
                                       {text, kLongestMessageText},
                                       {code_word, playbook.messages.code_words.longest()},
                                       {link, kLink}};
  for (const Area& one : playbook.areas) {
    most[area] = std::max(most[area], length_of(one.title));
    most[report_to] = std::max(most[report_to], length_of(one.report_to));
  }
  for (const HoldingArea& one : playbook.holding_areas)
    most[report_to] = std::max(most[report_to], length_of(one.report_to));
  for (const Post& one : playbook.posts) most[role] = std::max(most[role], length_of(one.title));
  for (const Shift& one : playbook.shifts)
    most[shift] = std::max(most[shift], length_of(one.title));
  return most;
}

const std::string& Messages::text(MessageKind wanted, std::string_view language) const {
  const auto index = static_cast<std::size_t>(wanted);
  const auto given = [&](std::string_view spoken) -> const std::string* {
    const auto found = texts.find(std::string{spoken});
    if (found == texts.end() || found->second[index].empty()) return nullptr;
    return &found->second[index];
  };
  for (const std::string_view spoken :
       {language, language.substr(0, language.find('-')), std::string_view{"en"}})
    if (const std::string* found = given(spoken)) return *found;
  return words_of(wanted).text;
}

}  // namespace tocsin::playbook
