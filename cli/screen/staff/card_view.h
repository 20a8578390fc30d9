// How the contact card looks: on paper, and its JSON (tocsin-staff(1)).
#pragma once

#include "control/card.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_card(Output& out, Form form, const control::Card& card);

}  // namespace tocsin::cli
