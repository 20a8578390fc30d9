// A fingerprint that two people can compare over the telephone: six words from a list of 256. Its
// 48 bits are enough against a forger who has only the time of the call, and not against one who
// can search for days.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "seal/key.h"

namespace tocsin::seal {

// One word for each of the first six bytes of the key id: "amber canal thistle …", lower case.
std::string fingerprint_words(const PublicIdentity& identity);

std::span<const std::string_view, 256> fingerprint_word_list() noexcept;

}  // namespace tocsin::seal
