// A fingerprint that two people can read to each other over the telephone: six words from a list of
// 256. 48 bits: enough against a forger who must act while the two are talking, not against a
// search at leisure.
#pragma once

#include <string>

#include "seal/key.h"

namespace tocsin::seal {

std::string fingerprint_words(
    const PublicIdentity& identity);  // "amber canal thistle …", lower case

}  // namespace tocsin::seal
