// Checks the record of an incident: everything that journal/verify.h checks, that each author's
// certificate was in force when their events were made, and that a clock that went back is
// recorded.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "journal/verify.h"
#include "record/journals.h"

namespace tocsin::record {

// An event that is earlier than the one before it, or that says so.
struct SetBack {
  std::uint64_t event = 0;
  base::Milliseconds by{0};
  // Whether it is a clock-set-back event that says by how much. Programs before 2026-11-29 wrote
  // none.
  bool is_recorded = false;
};

struct Verified : journal::Verified {
  std::vector<SetBack> set_back;  // of the sound events, in order
};

// The key of the incident's journal. Faults: as journal::open_store_key; a journal that cannot be
// made sense of is damaged (untrusted) to who examines it.
seal::StoreKey open_store(const Listed& incident, const seal::OpeningKey& reader);

// Faults: as journal::verify.
Verified verify(const Listed& incident, const seal::VerifyKey& organisation,
                const seal::StoreKey& store,
                const std::optional<journal::HeadDigits>& expected_head);

// "event 41 does not follow from the one before it".
std::string words_of(const journal::Flaw& flaw);
// "the clock went back by 24 h before event 41".
std::string words_of(const SetBack& set_back);

nlohmann::json to_json(const Listed& incident, const Verified& verified);

}  // namespace tocsin::record
