// The record of an incident as JSON lines, for an inquiry: what happened, in order, who answers for
// it, and the hash that ties each line to the journal. Sealed in the journal; readable here: hand
// it to nobody who may not read it.
#pragma once

#include <functional>
#include <string_view>

#include "journal/verify.h"
#include "seal/at_rest.h"

namespace tocsin::record {

// One line, without its newline.
using WriteLine = std::function<void(std::string_view)>;

// Writes the events that `verified` found sound. An event that this program does not know is given
// as its bytes.
void export_lines(const std::filesystem::path& journal, const seal::StoreKey& store,
                  const journal::Verified& verified, const WriteLine& write);

}  // namespace tocsin::record
