// The columns that a rota may have, by their usual headings (tocsin-roster(5), ROTA): data only.
#pragma once

#include <span>

#include "roster/people/mapping.h"

namespace tocsin::roster {

// person, duty, from, until and so on.
std::span<const Field> rota_fields();

}  // namespace tocsin::roster
