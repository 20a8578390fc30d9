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

}  // namespace tocsin::cli
