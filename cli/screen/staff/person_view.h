// How people of the roster look: a list of them, and everything that is known about one
// (tocsin-staff(1)). Contact points are shown of one person only, and masked unless they are to be
// revealed.
#pragma once

#include <vector>

#include "control/contact_tests.h"
#include "roster/membership/membership.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_people(Output& out, Form form, const std::vector<const roster::Responder*>& people,
                  const roster::Membership& membership);

enum class Addresses { masked, revealed };

struct PersonShown {
  const roster::Responder& person;
  const roster::Membership& membership;
  const roster::Rota& rota;
  const control::ContactTests& tests;
  base::Instant now;
  Addresses addresses = Addresses::masked;
};
void print_person(Output& out, Form form, const PersonShown& shown);

}  // namespace tocsin::cli
