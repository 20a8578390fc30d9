// Checks the record of an incident: everything that journal/verify.h checks, and that each author's
// certificate was in force when their events were made.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "journal/verify.h"
#include "record/journals.h"

namespace tocsin::record {

// Faults: as journal::verify.
journal::Verified verify(const Listed& incident, const seal::VerifyKey& organisation,
                         const seal::StoreKey& store,
                         const std::optional<journal::HeadDigits>& expected_head);

// "event 41 does not follow from the one before it".
std::string words_of(const journal::Flaw& flaw);

nlohmann::json to_json(const Listed& incident, const journal::Verified& verified);

}  // namespace tocsin::record
