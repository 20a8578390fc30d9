#include "simulation/diary.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tocsin::simulation {

using incident::Answer;
using playbook::MessageKind;

void Diary::hears(std::size_t person, const seal::MessageId& message, std::string words,
                  base::Instant at) {
  heard_.insert(message);
  all_.push_back({person, message, std::move(words), at});
}

void Diary::says(std::size_t person, const seal::MessageId& reply, Answer answer,
                 base::Instant at) {
  if (!said_.emplace(reply, Said{person, answer, at, true}).second) return;  // sent twice
  by_person_[person].push_back({person, answer, at, true});
}

void Diary::says_aloud(std::size_t person, Answer answer, base::Instant at) {
  by_person_[person].push_back({person, answer, at, false});
}

const Said* Diary::said(const seal::MessageId& reply) const {
  const auto found = said_.find(reply);
  return found == said_.end() ? nullptr : &found->second;
}

bool Diary::has_said_aloud(std::size_t person, Answer answer) const {
  return std::any_of(by_person_[person].begin(), by_person_[person].end(),
                     [&](const Said& said) { return !said.by_device && said.answer == answer; });
}

Meaning meaning_of(const std::string& words) {
  // The built-in texts in English (playbook/messages.cpp) and what an operator says.
  constexpr std::array<std::pair<std::string_view, Meaning>, 9> kSigns = {{
      {"Can you come as", Meaning::question},
      {"no answer from you yet", Meaning::question},
      {"you are expected", Meaning::come},
      {"You are held for", Meaning::sleep},
      {"you relieve the", Meaning::sleep},
      {"may need you", Meaning::stay_near},
      {"you are stood down", Meaning::stay_home},
      {"wait to be called", Meaning::noted},
      {"", Meaning::other},
  }};
  return std::find_if(kSigns.begin(), kSigns.end(),
                      [&](const auto& sign) { return words.find(sign.first) != std::string::npos; })
      ->second;
}

Meaning meaning_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::request:
    case MessageKind::reminder:
      return Meaning::question;
    case MessageKind::assigned:
      return Meaning::come;
    case MessageKind::reserve:
      return Meaning::sleep;
    case MessageKind::standby:
      return Meaning::stay_near;
    case MessageKind::stand_down:
      return Meaning::stay_home;
    case MessageKind::offer_acknowledgement:
      return Meaning::noted;
    case MessageKind::update:
    case MessageKind::nudge:
    case MessageKind::choices:
    case MessageKind::no_details:
    case MessageKind::stopped:
    case MessageKind::whose:
      return Meaning::other;
  }
  return Meaning::other;
}

}  // namespace tocsin::simulation
