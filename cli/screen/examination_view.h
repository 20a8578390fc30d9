// What `doctor` found, for people and for scripts.
#pragma once

#include "control/examination.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_examination(Output& out, const control::Examination& examined);
void print_examination_json(Output& out, const control::Examination& examined);

}  // namespace tocsin::cli
