// People for the tests of rosters.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

// A consultant with something in every field.
inline Responder somebody(std::string id) {
  Responder out;
  out.id = PersonId{std::move(id)};
  out.name = "Siân Ó Briain";
  out.staff_group = StaffGroupId{"medical-and-dental"};
  out.role = RoleId{"consultant"};
  out.ward = WardId{"theatres"};
  out.skills = {SkillId{"airway"}, SkillId{"trauma"}};
  out.travel = base::Minutes{25};
  out.language = "cy";
  ContactPoint phone{ChannelId{"phone"}, "+447700900123", std::nullopt, std::nullopt, true};
  ContactPoint email{ChannelId{"email"}, "sian@example.org", Date{std::chrono::year{2025} / 3 / 1},
                     base::from_rfc3339("2026-01-02T03:04:05Z"), false};
  out.contacts = {phone, email};
  return out;
}

// People of whom only the names matter: P1000, P1001, … in this order.
inline Roster staff_named(const std::vector<std::string>& names) {
  std::vector<Responder> people;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Responder person;
    person.id = PersonId{"P" + std::to_string(1000 + i)};
    person.name = names[i];
    people.push_back(std::move(person));
  }
  return Roster{1, {}, std::move(people)};
}

}  // namespace tocsin::roster
