// Changes the spellings of rosters to one form, so that "Staff Nurse" and "STAFF NURSE " are the
// same role, and "Zoë" and "Zoe" the same name. Knows Latin letters; others keep their bytes.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::roster {

// Lower case without accents: "Siân Ó Briain" becomes "sian o briain", "Æ" "ae", "ß" "ss". Curly
// apostrophes, dashes and spaces of a word processor become those of a keyboard.
std::string fold(std::string_view utf8);

// "Staff Nurse (Band 5)" becomes "staff-nurse-band-5": case, accents and punctuation do not matter.
// Letters, digits and - . _ / remain. At most 64 characters; may be empty.
std::string canonical_word(std::string_view utf8);

}  // namespace tocsin::roster
