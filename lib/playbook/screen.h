// Looks for what could be a patient's: an NHS number, a date of birth, a hospital number. Nothing
// clinical may leave the building, so playbooks and a coordinator's own words are screened alike. A
// screen finds slips, not intent: it cannot know a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin::playbook {

enum class Suspicion : std::uint8_t { nhs_number, date_of_birth, hospital_number };
std::string_view to_text(Suspicion suspicion);  // "an NHS number"

struct Sighting {
  Suspicion suspicion = Suspicion::nhs_number;
  std::size_t offset = 0;  // bytes into the text
};

// `text`: words for people, in which every full date is reported. `remark`: a comment by the
// author, in which dates of past incidents are usual, so only a date that is called a birth date is
// reported.
enum class Screen : std::uint8_t { text, remark };

// Returns sightings in the order of the text. Telephone numbers (with a leading 0 or +) are not
// reported, except ten digits that begin with a day and a month: a Scottish CHI number.
std::vector<Sighting> find_patient_details(std::string_view text, Screen screen = Screen::text);

// Modulus 11 over exactly ten digits (NHS Data Dictionary: weights 10 to 2, check digit 11 minus
// the rest).
bool is_nhs_number(std::string_view ten_digits) noexcept;

}  // namespace tocsin::playbook
