// What a person wrote themselves: without the quoted original, the signature and what a telephone
// adds. And whether a person wrote it at all. Linear in time.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::incident {

// Of a text that is plainly spelled (spelling.h).
std::string own_words(std::string_view plain);

// Whether it is an out-of-office note, a bounce, or the answer of a telephone that is driving.
bool is_automatic(std::string_view plain);

}  // namespace tocsin::incident
