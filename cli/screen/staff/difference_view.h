// How it looks what an import would change (tocsin-rota(1), rota diff).
#pragma once

#include <vector>

#include "document/finding.h"
#include "roster/people/roster.h"
#include "roster/rota/difference.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_differences(Output& out, Form form,
                       const std::vector<roster::PlanDifference>& differences,
                       const roster::Roster& roster, const document::Findings& findings);

}  // namespace tocsin::cli
