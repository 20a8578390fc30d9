// How an import of a rota looks: what it planned, what it did not understand, and the words that
// the home keeps (tocsin-rota(1)).
#pragma once

#include "roster/reading/stint_reader.h"
#include "roster/rota/rota.h"
#include "screen/output.h"

namespace tocsin::cli {

enum class Done { yes, only_tried };  // only tried: --dry-run

// `rota` is what the home has now. Words that are not understood were left out of it.
void print_imported_rota(Output& out, Form form, const roster::Rota& rota,
                         const roster::ReadRota& read, const roster::Roster& roster, Done done);

// When faults, or words that are not understood, refuse the import.
void print_refused_rota(Output& out, Form form, const roster::ReadRota& read);

void print_meanings(Output& out, Form form, const roster::Meanings& meanings);

}  // namespace tocsin::cli
