// How the organisation's devices look: those on the membership list, and those that wait to come
// onto it (tocsin-staff(1)). Shows no contact point.
#pragma once

#include "control/accepting.h"
#include "screen/output.h"

namespace tocsin::cli {

enum class Revoked { left_out, shown };
enum class Arrivals { waiting, accepted };  // what became of those that waited

void print_device_list(Output& out, Form form, const control::Looked& looked, Revoked revoked,
                       Arrivals arrivals);

}  // namespace tocsin::cli
