// How an invitation looks: the code as a QR code and as text, what to do with it, and its JSON
// (tocsin-staff(1)).
#pragma once

#include "control/linking.h"
#include "home/home.h"
#include "roster/membership/enrolment.h"
#include "screen/output.h"

namespace tocsin::cli {

enum class QrCode { left_out, drawn };

void print_invitation(Output& out, Form form, const roster::Invitation& invitation,
                      const roster::Responder& person, const home::Home& home, QrCode qr);

// One with which an account is linked.
void print_link_invitation(Output& out, Form form, const control::LinkInvitation& invitation,
                           const roster::Responder& person, std::string_view channel, QrCode qr);

}  // namespace tocsin::cli
