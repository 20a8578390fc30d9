// A fingerprint that two people can read to each other over the telephone: six words from a list of
// 256. 48 bits: enough against a forger who must act while the two are talking, not against a
// search at leisure.
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
