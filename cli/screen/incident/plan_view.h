// How a plan looks: whom a call would wake and when, how the seats would fill, and which posts are
// at risk (tocsin-plan(1)).
#pragma once

#include "incident/loop/plan.h"
#include "screen/output.h"

namespace tocsin::cli {

// `at`: when it would be declared.
void print_plan(Output& out, Form form, const incident::Plan& plan, base::Instant at);

}  // namespace tocsin::cli
