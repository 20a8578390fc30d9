#include "screen/staff/invitation_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "screen/qr.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

void draw_qr(Output& out, const std::string& code) {
  // With colour we set the background. Without, assume a dark one, which most terminals have.
  const auto lines = qr_lines(code, out.has_colour() ? Ground::light : Ground::dark);
  if (!lines || base::display_width(lines->front()) > out.columns()) {
    out.note(fmt::format(
        "the terminal is too narrow for the QR code{}",
        lines ? fmt::format(", which takes {} columns", base::display_width(lines->front()))
              : std::string{}));
    return;
  }
  for (const std::string& line : *lines)
    out.line(out.has_colour() ? "\x1b[38;5;16;48;5;231m" + line + "\x1b[0m" : line);
}

}  // namespace

void print_invitation(Output& out, Form form, const roster::Invitation& invitation,
                      const roster::Responder& person, const home::Home& home, QrCode qr) {
  const std::string code = roster::to_code(invitation);
  const auto link = roster::to_link(invitation);
  const std::string words = seal::fingerprint_words(home.organisation());
  if (form == Form::json)
    return out.json({{"person", person.id.str()},
                     {"name", person.name},
                     {"code", code},
                     {"link", link ? nlohmann::json(*link) : nlohmann::json(nullptr)},
                     {"expires", base::to_rfc3339(invitation.expires())},
                     {"fingerprint", words}});
  if (qr == QrCode::drawn) draw_qr(out, link.value_or(code));
  out.line(link.value_or(code));
  out.line("");
  out.line(fmt::format("For {} ({}), for one device, until {}.", base::printable(person.name),
                       person.id.str(), base::local_stamp(invitation.expires())));
  out.line(link ? "They open it on their phone, or run: tocsin respond enrol, and compare the "
                  "organisation's words: " +
                      words
                : "They run: tocsin respond enrol, and compare the organisation's words: " + words);
  out.line(home.settings().enrolment == home::Acceptance::automatic
               ? "Then you run: tocsin staff enrolled"
               : "Then they read out the words of their device, and you run: tocsin staff enrolled "
                 "--words \"...\"");
  out.note("whoever has it first can enrol as this person: hand it over, do not post it");
  if (!link)
    out.note("phones need a relay that is reached by https://, so this is no link for them");
}

void print_link_invitation(Output& out, Form form, const control::LinkInvitation& invitation,
                           const roster::Responder& person, std::string_view channel, QrCode qr) {
  const bool has_link = !invitation.link.empty();
  if (form == Form::json)
    return out.json({{"person", person.id.str()},
                     {"name", person.name},
                     {"channel", channel},
                     {"code", invitation.code},
                     {"link", has_link ? nlohmann::json(invitation.link) : nlohmann::json(nullptr)},
                     {"expires", base::to_rfc3339(invitation.expires)}});
  if (qr == QrCode::drawn && has_link) draw_qr(out, invitation.link);
  if (has_link) out.line(invitation.link);
  out.line(invitation.code);
  out.line("");
  out.line(fmt::format("For {} ({}), for one account, until {}.", base::printable(person.name),
                       person.id.str(), base::local_stamp(invitation.expires)));
  out.line(has_link
               ? fmt::format("They open the link on their telephone and send what it shows to {}.",
                             invitation.whom)
               : fmt::format("They send the code to {}.", invitation.whom));
  out.line("Then you run: tocsin staff linked");
  out.note("whoever sends it first links their account: hand it over, do not post it");
}

}  // namespace tocsin::cli
