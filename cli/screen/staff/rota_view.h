// How a rota looks: what an import planned, who is on call, and the overrides (tocsin-rota(1)).
#pragma once

#include <vector>

#include "document/finding.h"
#include "roster/rota/rota.h"
#include "screen/output.h"

namespace tocsin::cli {

enum class Done { yes, only_tried };  // only tried: --dry-run

void print_imported_rota(Output& out, Form form, const roster::Rota& rota,
                         const document::Findings& findings, Done done);

void print_overrides(Output& out, Form form, const std::vector<roster::Override>& overrides,
                     const roster::Roster& roster);

}  // namespace tocsin::cli
