// The record of an incident as JSON lines, for an inquiry: what happened, in order, whose signature
// covers it, and the hash that ties each line to the journal. The journal is sealed but this text
// is not: give it only to people who may read it.
#pragma once

#include <functional>
#include <string_view>

#include "journal/verify.h"
#include "seal/at_rest.h"

namespace tocsin::record {

// One line, without its newline.
using WriteLine = std::function<void(std::string_view)>;

// Writes the events that `verified` calls sound. An event that this program does not know is
// written as its bytes.
void export_lines(const std::filesystem::path& journal, const seal::StoreKey& store,
                  const journal::Verified& verified, const WriteLine& write);

}  // namespace tocsin::record
