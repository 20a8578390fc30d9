// The incidents that a home has journals of, and which of them somebody means, however damaged they
// are. Only the first event of each is looked at; whether it can be trusted is for verify.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "home/home.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::record {

struct Listed {
  seal::MessageId id;
  std::filesystem::path path;
  std::string label;       // "MI-20261122-2240"; empty when its first event cannot be read
  base::Instant declared;  // the beginning of time, then
};

// The latest first.
std::vector<Listed> incidents(const home::Home& home, const seal::OpeningKey& reader);

// `wanted` is a label, an id, or the beginning of one that fits no other; empty means the latest.
// Faults (usage) when none or several fit.
Listed find_incident(const home::Home& home, const seal::OpeningKey& reader,
                     std::string_view wanted);

}  // namespace tocsin::record
